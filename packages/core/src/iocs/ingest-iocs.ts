import type { Context } from "../context";
import { type BatchRow, maxBatch, prepareBatch, type Rejected } from "./batch";
import { mergeStatement } from "./merge-statement";
import type { Observation } from "./observation";
import type { FeedFacts } from "./record";

export type IngestInput = { feed: FeedFacts; observations: readonly Observation[]; pulledAt: Date };
export type Ingested = { iocsNew: number; iocsChanged: number; sightingsNew: number; rejected: Rejected[] };

/**
 * Merges what one feed says into what is held, at most 5,000 observations a call: one sighting for each value, one IOC
 * for each type and value. Saying the same again changes nothing.
 */
export async function ingestIocs(
  ctx: Pick<Context, "sql" | "now">,
  { feed, observations, pulledAt }: IngestInput,
): Promise<Ingested> {
  if (observations.length > maxBatch) throw new RangeError(`at most ${maxBatch} observations a call`);
  const { rows, rejected } = prepareBatch(feed, observations, pulledAt);
  if (rows.length === 0) return { iocsNew: 0, iocsChanged: 0, sightingsNew: 0, rejected };
  const [counts] = await ctx.sql.query<{ iocs_new: number; iocs_changed: number; sightings_new: number }>(
    mergeStatement,
    [...columnsOf(rows), feed.id, feed.category, feed.tlp, ctx.now().toISOString()],
  );
  return {
    iocsNew: counts?.iocs_new ?? 0,
    iocsChanged: counts?.iocs_changed ?? 0,
    sightingsNew: counts?.sightings_new ?? 0,
    rejected,
  };
}

const separator = "\u001f";

function columnsOf(rows: readonly BatchRow[]): unknown[] {
  return [
    rows.map((row) => row.id),
    rows.map((row) => row.type),
    rows.map((row) => row.value),
    rows.map((row) => row.confidence),
    rows.map((row) => isoTime(row.firstSeen)),
    rows.map((row) => isoTime(row.lastSeen)),
    rows.map((row) => row.tags.join(separator)),
    rows.map((row) => row.mitreTechniques.join(separator)),
    rows.map((row) => row.threatType),
    rows.map((row) => row.malwareFamily),
    rows.map((row) => row.referenceUrl),
    rows.map((row) => row.context),
  ];
}

const isoTime = (time: number) => new Date(time).toISOString();
