import { deriveTechniques } from "../attack";
import { hourMs } from "../lib";
import {
  confidences,
  type Detected,
  type IocType,
  iocId,
  normalise,
  type Observation,
  recordId,
  resolveObservation,
  strictestOf,
  strictestTlp,
  type Tlp,
} from "../values";
import type { FeedFacts } from "./record";

/** Most observations of one call, so that one statement stays well under a second. */
export const maxBatch = 5_000;
/** Most tags, and most techniques, that one IOC keeps. */
export const maxTags = 50;

/** What one feed says of one value, ready for the database; times in milliseconds. */
export type BatchRow = {
  id: string;
  type: IocType;
  value: string;
  /** 1 low, 2 medium, 3 high */
  confidence: number;
  firstSeen: number;
  lastSeen: number;
  tags: string[];
  mitreTechniques: string[];
  threatType: string | null;
  malwareFamily: string | null;
  referenceUrl: string | null;
  context: string | null;
  industries: readonly string[];
  articleId: string | null;
  /** The source's records that say so, as UUIDs. */
  records: readonly string[];
  /** The records' own label where it is stricter than the feed's. */
  tlp: Tlp | null;
};
export type Rejected = { index: number; problem: string };
export type Batch = { rows: BatchRow[]; rejected: Rejected[] };

/** When a feed was pulled, and from when what it says is where an observation has no time of its own. */
export type PullTimes = { pulledAt: number; dated: number };

/** Observations as rows, one for each type and value; those that are no IOC are named by their index. */
export function prepareBatch(feed: FeedFacts, observations: readonly Observation[], times: PullTimes): Batch {
  const rows = new Map<string, BatchRow>();
  const rejected: Rejected[] = [];
  for (const [index, observation] of observations.entries()) {
    const found = observation.tlp === "red" ? named : resolveObservation(observation);
    if (!found.ok) {
      rejected.push({ index, problem: found.problem });
      continue;
    }
    const row = rowOf(found, observation, feed, times);
    const known = rows.get(row.id);
    if (known) mergeInto(known, row);
    else rows.set(row.id, row);
  }
  return { rows: [...rows.values()], rejected };
}

/** No feed is for one workspace alone, and RED is for its named recipients: what is not stored cannot get out. */
const named = {
  ok: false,
  problem: "is labelled TLP:RED, for named recipients, and the feed is for everybody here",
} as const;

function rowOf(
  found: Extract<Detected, { ok: true }>,
  observation: Observation,
  feed: Pick<FeedFacts, "confidence" | "tlp" | "nature">,
  times: PullTimes,
): BatchRow {
  const threatType = plainLine(observation.threatType, 100)?.toLowerCase() ?? null;
  const malwareFamily = plainLine(observation.malwareFamily, 100);
  const port = found.port === undefined ? null : `port ${found.port}`;
  const context = [port, plainLine(observation.context, 2_000)].filter((part) => part !== null).join("; ");
  return {
    id: iocId(found.type, found.value),
    type: found.type,
    value: found.value,
    confidence: confidences.indexOf(observation.confidence ?? feed.confidence) + 1,
    ...timesOf(observation, feed.nature, times),
    tags: distinctLines(observation.tags),
    mitreTechniques: techniquesOf(observation, deriveTechniques(threatType, malwareFamily)),
    threatType,
    malwareFamily,
    referenceUrl: webAddress(observation.referenceUrl),
    context: context === "" ? null : cut(context, 2_000),
    industries: observation.industries ?? [],
    articleId: observation.articleId ?? null,
    records: observation.record === undefined ? noRecords : [recordId(observation.record)],
    tlp: stricterThan(feed.tlp, observation.tlp),
  };
}

const noRecords: readonly string[] = [];

function stricterThan(feed: Tlp, own: Tlp | undefined): Tlp | null {
  return own !== undefined && own !== feed && strictestTlp(feed, own) === own ? own : null;
}

/** The source's own, and of the derived ones those that they do not say already by a sub-technique. */
function techniquesOf({ mitreTechniques }: Observation, derived: readonly string[]): string[] {
  const own = distinctLines(mitreTechniques).flatMap((text) => {
    const technique = normalise("mitre_attack", text);
    return technique.ok ? [technique.value] : [];
  });
  if (own.length === 0) return [...derived];
  return union(
    own,
    derived.filter((id) => !own.some((sub) => sub.startsWith(`${id}.`))),
  );
}

const halfDay = 12 * hourMs;
// Nobody watched before; feeds write 0 and 1970 for "unknown".
export const earliest = Date.UTC(1990, 0);

/**
 * A list that gives no time of its own says what is bad now: the pull's time stands in, in steps of 12 hours, so that
 * listing a value again does not rewrite its row at every pull. What stands in a log or an archive was seen when its row
 * says, or its report, and no pull renews that.
 */
function timesOf(
  { firstSeen, lastSeen }: Observation,
  nature: FeedFacts["nature"] = "list",
  { pulledAt, dated }: PullTimes,
): { firstSeen: number; lastSeen: number } {
  const first = timeOf(firstSeen, pulledAt);
  const last = timeOf(lastSeen, pulledAt) ?? (nature === "list" ? null : first);
  if (last !== null) return { firstSeen: Math.min(first ?? last, last), lastSeen: Math.max(first ?? last, last) };
  return { firstSeen: first ?? dated, lastSeen: Math.max(first ?? dated, dated) };
}

export function listedAt(pulledAt: number): number {
  return Math.floor(pulledAt / halfDay) * halfDay;
}

function timeOf(date: Date | undefined, pulledAt: number): number | null {
  const time = date?.getTime() ?? Number.NaN;
  return time >= earliest ? Math.min(time, pulledAt) : null;
}

function mergeInto(known: BatchRow, row: BatchRow): void {
  known.confidence = Math.max(known.confidence, row.confidence);
  known.firstSeen = Math.min(known.firstSeen, row.firstSeen);
  known.lastSeen = Math.max(known.lastSeen, row.lastSeen);
  known.tags = union(known.tags, row.tags);
  known.mitreTechniques = union(known.mitreTechniques, row.mitreTechniques);
  known.threatType ??= row.threatType;
  known.malwareFamily ??= row.malwareFamily;
  known.referenceUrl ??= row.referenceUrl;
  known.articleId ??= row.articleId;
  if (row.records.length > 0) known.records = [...new Set([...known.records, ...row.records])];
  known.tlp = strictestOf([known.tlp, row.tlp]);
  known.industries = [...new Set([...known.industries, ...row.industries])];
  if (known.context === null) known.context = row.context;
  else if (row.context !== null && !known.context.split("; ").includes(row.context)) {
    known.context = cut(`${known.context}; ${row.context}`, 2_000);
  }
}

const union = (a: string[], b: readonly string[]) =>
  b.length === 0 ? a : [...new Set([...a, ...b])].slice(0, maxTags);

function distinctLines(texts: readonly string[] = []): string[] {
  if (texts.length === 0) return [];
  const lines = texts.map((text) => plainLine(text, 100)).filter((line) => line !== null);
  return [...new Set(lines)].slice(0, maxTags);
}

/** One line of at most `max` UTF-16 units that every database takes; null when nothing is left. */
function plainLine(text: string | undefined, max: number): string | null {
  if (text === undefined) return null;
  // Most texts of most feeds need no cleaning.
  if (text.length <= max && /^[!-~]+(?: [!-~]+)*$/.test(text)) return text;
  const line = cut(
    text
      .slice(0, 4 * max)
      .replace(/[\p{Cc}\s]+/gu, " ")
      .trim(),
    max,
  );
  return line === "" ? null : line;
}

function cut(text: string, max: number): string {
  return text.slice(0, max).replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Only what a browser may follow: a reference becomes a link. */
function webAddress(text: string | undefined): string | null {
  const line = plainLine(text, 2_048);
  return line !== null && /^https?:\/\/[^\s]+$/i.test(line) ? line : null;
}
