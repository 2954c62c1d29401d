import type { Authorized, KeyCaller, SessionCaller } from "../access";
import { articlesOfCves } from "../articles";
import type { Call } from "../context";
import { warninglistsOf } from "../warninglists";
import { answerOf, huntingOf, matchedOf } from "./answer";
import { candidatesOf } from "./candidates";
import { readReports, withReports } from "./own-reports";
import { knownAmong, readSightings, readStored } from "./read-stored";
import type { Lookup, LookupInput } from "./shape";
import { subjectOf } from "./subject";

/**
 * Everything known of one value. A value that no feed reported is an answer too. The tier's lookback does not count
 * here: whoever asks for one value must not be told "unknown" of what is known.
 */
export async function lookupIoc(ctx: Call<Authorized<KeyCaller | SessionCaller>>, input: LookupInput): Promise<Lookup> {
  const now = ctx.now();
  const subject = subjectOf(input);
  const candidates = subject.reserved ? [] : candidatesOf(subject.type, subject.value);
  const stored = await readStored(ctx, [candidates]);
  const known = knownAmong(candidates, stored);
  const matched = matchedOf(subject, known).map((one) => one.stored);
  const [sightings, reports] = await Promise.all([
    readSightings(ctx, idsOf(matched), stored.own),
    stored.reports ? readReports(ctx, [candidates]) : null,
  ]);
  const articles = await articlesOfCves(ctx, subject.type === "cve" ? [subject.value] : []);
  const parts = { now, warninglists: warninglistsOf(ctx), articles };
  const answer = withReports(answerOf(subject, known, sightings, parts), candidates, reports, now);
  return {
    meta: { generated_at: now.toISOString(), feed_version: "1.0", source: ctx.instance.name },
    data: { ...answer, hunting: huntingOf(subject, known, answer, { instanceName: ctx.instance.name, now }) },
  };
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
