import type { Context } from "../context";
import type { IocType, Observation } from "../values";
import { type BatchRow, earliest, listedAt, maxBatch, prepareBatch, type Rejected } from "./batch";
import { lifetimeSeconds } from "./lifetime";
import { mergeStatement } from "./merge-statement";
import type { FeedFacts } from "./record";
import { reputationOf } from "./reputation";
import { retimeIocs } from "./retime-iocs";

export type IngestInput = {
  feed: FeedFacts;
  observations: readonly Observation[];
  pulledAt: Date;
  /** When an archive said what has no time of its own; absent, that is listed now. */
  dated?: Date | undefined;
  /** Names of the warninglists that a value is on; without it, what is stored of that stays. */
  warningsOf?: (type: IocType, value: string) => readonly string[];
};
export type Ingested = { iocsNew: number; iocsChanged: number; sightingsNew: number; rejected: Rejected[] };

/** What one feed says, decided and ready to be written. */
export type PreparedIngest = {
  /** Of the IOCs that it bears on. */
  ids: ReadonlySet<string>;
  rejected: Rejected[];
  /** The statement's parameters, without the time at which it is sent. */
  columns: unknown[];
  /** How sure each row is, whether it answered, and what is listed beside it. */
  signals: unknown[];
  /** The labels that are stricter than the feed's; null where no row has one. */
  labels: string | null;
  /** The source's records that say so, beside the IOCs that they speak of. */
  records: { record: string; iocId: string }[];
  feed: FeedFacts;
  pulledAt: Date;
};

/**
 * Merges what one feed says into what is stored, at most 5,000 observations a call: one sighting for each value, one IOC
 * for each type and value. Saying the same again changes nothing.
 */
export async function ingestIocs(ctx: Pick<Context, "sql" | "now">, input: IngestInput): Promise<Ingested> {
  const prepared = prepareIngest(input);
  return { ...(await writeIngest(ctx, prepared)), rejected: prepared.rejected };
}

/** The part of an ingest that needs no database. */
export function prepareIngest({ feed, observations, pulledAt, dated, warningsOf }: IngestInput): PreparedIngest {
  if (observations.length > maxBatch) throw new RangeError(`at most ${maxBatch} observations a call`);
  const pulled = pulledAt.getTime();
  const times = { pulledAt: pulled, dated: dated ? Math.min(dated.getTime(), pulled) : listedAt(pulled) };
  const { rows, rejected } = prepareBatch(feed, observations, times);
  const ids = new Set(rows.map(({ id }) => id));
  const records = rows.flatMap((row) => row.records.map((record) => ({ record, iocId: row.id })));
  const labels = rows.some(({ tlp }) => tlp !== null) ? texts(rows.map(({ tlp }) => tlp)) : null;
  const columns = columnsOf(rows, feed, warningsOf);
  return { ids, rejected, columns, signals: signalsOf(rows), labels, records, feed, pulledAt };
}

type Counts = { iocs_new: number; iocs_changed: number; sightings_new: number; retimed: string | null };

/** Writes what was prepared. Two that bear on one IOC are to be written one after the other, in their feed's order. */
export async function writeIngest(
  ctx: Pick<Context, "sql" | "now">,
  { ids, columns, signals, labels, records, feed, pulledAt }: PreparedIngest,
): Promise<Omit<Ingested, "rejected">> {
  if (ids.size === 0) return { iocsNew: 0, iocsChanged: 0, sightingsNew: 0 };
  if (records.length > 0) await ctx.sql.query(recordStatement, recordColumns(feed, records));
  const isListed = (feed.nature ?? "list") === "list";
  const [counts] = await ctx.sql.query<Counts>(mergeStatement, [
    ...columns,
    feed.id,
    feed.category,
    feed.tlp,
    reputationOf(feed),
    ctx.now().toISOString(),
    isoTime(isListed ? listedAt(pulledAt.getTime()) : earliest),
    labels,
    ...signals,
    [feed.id, ...(feed.kin ?? [])],
    !isListed,
  ]);
  if (counts?.retimed) await retimeIocs(ctx, { feedId: feed.id, ids: counts.retimed.split(",") });
  return {
    iocsNew: counts?.iocs_new ?? 0,
    iocsChanged: counts?.iocs_changed ?? 0,
    sightingsNew: counts?.sightings_new ?? 0,
  };
}

// Before the merge: a process that dies between the two leaves a record of a sighting that is not there, which ends nothing.
const recordStatement = `
INSERT INTO sighting_record (feed_id, record, ioc_id) SELECT $1::text, record, ioc_id
FROM unnest($2::uuid[], $3::uuid[]) AS t(record, ioc_id) ON CONFLICT DO NOTHING`;

function recordColumns(feed: FeedFacts, records: PreparedIngest["records"]): unknown[] {
  return [feed.id, records.map(({ record }) => record), records.map(({ iocId }) => iocId)];
}

/**
 * Whole columns as one text each: arrays of texts would be quoted element by element here and read character by
 * character there, which costs more than all else that is done with a row. What comes here holds no control character.
 */
function columnsOf(rows: readonly BatchRow[], feed: FeedFacts, warningsOf: IngestInput["warningsOf"]): unknown[] {
  return [
    `{${rows.map((row) => row.id).join()}}`,
    texts(rows.map((row) => row.type)),
    texts(rows.map((row) => row.value)),
    `{${rows.map((row) => row.confidence).join()}}`,
    `{${rows.map((row) => row.firstSeen).join()}}`,
    `{${rows.map((row) => row.lastSeen).join()}}`,
    texts(rows.map((row) => list(row.tags))),
    texts(rows.map((row) => list(row.mitreTechniques))),
    texts(rows.map((row) => row.threatType)),
    texts(rows.map((row) => row.malwareFamily)),
    texts(rows.map((row) => row.referenceUrl)),
    texts(rows.map((row) => row.context)),
    warningsOf ? texts(rows.map((row) => list(warningsOf(row.type, row.value).map(plain)))) : null,
    texts(rows.map((row) => list(row.industries))),
    `{${rows.map((row) => row.articleId ?? "NULL").join()}}`,
    `{${rows.map((row) => lifetimeSeconds(row.type, feed) ?? "NULL").join()}}`,
  ];
}

function signalsOf(rows: readonly BatchRow[]): unknown[] {
  return [
    `{${rows.map((row) => row.certainty).join()}}`,
    `{${rows.map((row) => row.active ?? "NULL").join()}}`,
    `{${rows.map((row) => row.company).join()}}`,
  ];
}

/** Record separators between elements, a group separator for null; an empty text would make an empty column. */
const texts = (column: readonly (string | null)[]) => column.map((text) => text ?? "\u001d").join("\u001e");
const list = (words: readonly string[]) => (words.length === 0 ? null : words.join("\u001f"));
const plain = (name: string) => name.replace(/\p{Cc}/gu, " ");

const isoTime = (time: number) => new Date(time).toISOString();
