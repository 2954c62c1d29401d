import { maxBatch, retractRecords } from "@tocsin/core/iocs";
import { warninglistsOf } from "@tocsin/core/warninglists";
import { dateOfPath } from "../../parse/dates";
import { preflight } from "../../parse/preflight";
import { type Pull, reportProgress } from "../pull";
import { compareFile } from "../quarantine";
import { reportsSince } from "../tree";
import { checkBody, judgeWith } from "./check-body";
import { ingestBody } from "./ingest-body";
import { retryConflicts } from "./ingest-lanes";
import type { Merged, SpooledFile } from "./merger";

/** Reads a list of indicators twice: to know that it is whole and like those before it, then to keep it. */
export async function mergeIndicators(pull: Pull<"indicators">, file: SpooledFile): Promise<Merged> {
  const { ctx, feed, run, signal, tally } = pull;
  const { name, body } = file;
  const layout = await preflight(body, feed.layouts);
  const report = (phase: "check" | "merge", bytes: number) =>
    reportProgress(pull, { file: name, phase, bytes, totalBytes: body.bytes });

  const judge = judgeWith(warninglistsOf(ctx));
  const checked = await checkBody(body.path, layout, {
    file: name,
    signal,
    judge,
    onBytes: (bytes) => report("check", bytes),
  });
  const compared = compareFile(pull, { ...file, kind: "indicators" }, checked);
  if (compared.quarantined) return compared;

  const { lines, more, revoked, revokedRecords, labels, dated, isTree } = checked;
  tally.revoked += revoked;
  const before = tally.counts.lines;
  const onBatch = () => {
    const share = lines > 0 ? (tally.counts.lines - before) / lines : 1;
    report("merge", Math.round(body.bytes * share));
  };
  onBatch();
  const known = { revokedRecords, ...(labels ? { labels } : {}) };
  const since = file.isOfTree ? reportsSince(pull) : undefined;
  const { day, isStated } = dayOf(feed, { name, dated, now: run.startedAt });
  await retract(
    pull,
    await ingestBody(pull, { name, path: body.path, layout, day, isStated, since, ...known }, onBatch),
  );
  return { ...compared, more, isTree };
}

/**
 * Of what day an archive is where its rows do not say: its document's, its file's or its folder's; else one that is early
 * enough for all that the feed has. What is listed, or logged without a time, is of now.
 */
function dayOf(
  { nature, undated }: Pull<"indicators">["feed"],
  { name, dated, now }: { name: string; dated: Date | undefined; now: Date },
): { day: Date | undefined; isStated: boolean } {
  if (nature !== "archive") return { day: undefined, isStated: true };
  const day = dated ?? dateOfPath(name, now);
  return { day: day ?? new Date(undated ?? "1990-01-01"), isStated: day !== undefined };
}

/** Ends what a feed said in records that a body of it revokes; comes after the merge of that body. */
async function retract({ ctx, feed, signal, tally }: Pull, revokedRecords: ReadonlySet<string>): Promise<void> {
  const all = [...revokedRecords];
  for (let from = 0; from < all.length; from += maxBatch) {
    signal.throwIfAborted();
    const records = all.slice(from, from + maxBatch);
    const { ended } = await retryConflicts(() => retractRecords(ctx, { feedId: feed.id, records }), signal);
    tally.ended += ended;
  }
}
