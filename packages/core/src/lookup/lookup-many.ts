import type { Authorized, KeyCaller, SessionCaller } from "../access";
import { articlesOfCves } from "../articles";
import type { Call } from "../context";
import { type AppError, invalidInput, invalidParameter } from "../errors";
import { mapInSlices, type Turn } from "../lib";
import { warninglistsOf } from "../warninglists";
import { answerOf, huntingOf, matchedOf } from "./answer";
import { type BulkLookup, type BulkLookupInput, type BulkResult, bulkErrorShape } from "./bulk-shape";
import { candidatesOf } from "./candidates";
import { readReports, withReports } from "./own-reports";
import { knownAmong, readSightings, readStored, type StoredSighting } from "./read-stored";
import { lookupInput } from "./shape";
import { findSubject, type Subject } from "./subject";

/** What is known of each of many values, in their order: three statements at most for all of them. Many are read by turns. */
export async function lookupMany(
  ctx: Call<Authorized<KeyCaller | SessionCaller>>,
  input: BulkLookupInput,
  take?: Turn,
): Promise<BulkLookup> {
  const now = ctx.now();
  const asked = await mapInSlices(input.values, (item) => read(item, input.type), take);
  const cves = asked.flatMap(({ subject }) => (subject?.type === "cve" ? [subject.value] : []));
  const articles = await articlesOfCves(ctx, [...new Set(cves)]);
  const about = { instanceName: ctx.instance.name, now, warninglists: warninglistsOf(ctx), articles };
  const wanted = await mapInSlices(
    asked,
    ({ subject }) => (subject === null || subject.reserved ? [] : candidatesOf(subject.type, subject.value)),
    take,
  );
  const stored = await readStored(ctx, wanted);
  const reports = stored.reports ? await readReports(ctx, wanted) : null;
  const known = wanted.map((candidates) => knownAmong(candidates, stored));
  const matches = asked.flatMap(({ subject }, at) => (subject ? matchedOf(subject, known[at] ?? []) : []));
  const sightingsOf = await readAllSightings(
    ctx,
    matches.map((one) => one.stored.id),
    stored.own,
  );
  const resultOf = ({ value, subject, error }: Asked, at: number): BulkResult => {
    if (subject === null) return { value, result: null, error };
    const records = known[at] ?? [];
    const matched = matchedOf(subject, records).map((one) => one.stored.id);
    const told = answerOf(subject, records, sightingsOf(matched), about);
    const answer = withReports(told, wanted[at] ?? [], reports, now);
    const hunting = input.include_hunting ? { hunting: huntingOf(subject, records, answer, about) } : {};
    return { value, result: { ...answer, ...hunting }, error: null };
  };
  const data = await mapInSlices(asked, resultOf, take);
  return {
    meta: {
      generated_at: now.toISOString(),
      feed_version: "1.0",
      source: ctx.instance.name,
      total: data.length,
      found: data.filter(({ result }) => result?.found).length,
      failed: data.filter(({ error }) => error !== null).length,
    },
    data,
  };
}

type Asked = { value: string | null } & (
  | { subject: Subject; error: null }
  | { subject: null; error: NonNullable<BulkResult["error"]> }
);

/** One of the values; what is wrong with it is said in words of a request for it alone. */
function read(item: unknown, type: BulkLookupInput["type"]): Asked {
  const given = typeof item === "string" ? { value: item } : item;
  const parsed = lookupInput.safeParse(type && isPlain(given) ? { type, ...given } : given);
  if (!parsed.success)
    return { value: textOf(given), subject: null, error: errorOf(invalidInput(parsed.error, "value")) };
  const found = findSubject(parsed.data);
  if (found.ok) return { value: parsed.data.ioc, subject: found.subject, error: null };
  const problem = invalidParameter({ ...found.problem, field: "value" });
  return { value: parsed.data.ioc, subject: null, error: errorOf(problem) };
}

function errorOf({ message, details }: AppError): NonNullable<BulkResult["error"]> {
  return bulkErrorShape.parse({ code: "invalid_parameter", message, details });
}

function isPlain(given: unknown): given is object {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

function textOf(given: unknown): string | null {
  const value = isPlain(given) && "value" in given ? given.value : null;
  return typeof value === "string" ? value : null;
}

/** Reads the sightings of all ids at once; the answer gives those of some, latest first. */
async function readAllSightings(
  ctx: Call<Authorized<KeyCaller | SessionCaller>>,
  ids: readonly string[],
  own: boolean,
): Promise<(ids: readonly string[]) => StoredSighting[]> {
  const all = new Map<string, { sighting: StoredSighting; at: number }[]>();
  for (const [at, sighting] of (await readSightings(ctx, [...new Set(ids)], own)).entries()) {
    const those = all.get(sighting.iocId);
    if (those) those.push({ sighting, at });
    else all.set(sighting.iocId, [{ sighting, at }]);
  }
  return (wanted) =>
    wanted
      .flatMap((id) => all.get(id) ?? [])
      .sort((a, b) => a.at - b.at)
      .map(({ sighting }) => sighting);
}
