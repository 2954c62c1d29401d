import { deriveTechniques } from "../attack";
import { hourMs } from "../lib";
import {
  type Confidence,
  confidenceOf,
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
import { riskFormula } from "./risk-formula";

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
  /** How sure, 0 to 100. */
  certainty: number;
  /** Whether it answered when the source last looked; null where it does not look. */
  active: boolean | null;
  /** Others of its host or its /24 in this batch. */
  company: number;
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
  const distinct = [...rows.values()];
  countCompany(distinct);
  return { rows: distinct, rejected };
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
    ...surenessOf(observation, feed.confidence, found.port),
    active: observation.active ?? null,
    company: 0,
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

/**
 * A word and a figure; of a source that gives one of them, what it comes to in the other. Who names a port on which no web
 * server is to be expected has seen more than an address.
 */
function surenessOf({ certainty, confidence }: Observation, assumed: Confidence, port: number | undefined) {
  const figure = certainty === undefined ? undefined : Math.round(Math.min(100, Math.max(0, certainty)));
  const word = confidence ?? (figure === undefined ? assumed : confidenceOf(figure));
  const more = port === undefined || webPorts.has(port) ? 0 : oddPort;
  return {
    confidence: confidences.indexOf(word) + 1,
    certainty: Math.min(100, (figure ?? riskFormula.certaintyOf[word]) + more),
  };
}

const webPorts: ReadonlySet<number> = new Set([80, 443, 8_000, 8_080, 8_443]);
const oddPort = 5;

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
  known.active = laterState(known, row);
  known.confidence = Math.max(known.confidence, row.confidence);
  known.certainty = Math.max(known.certainty, row.certainty);
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

/** The later word counts; of two of one time, that it did not answer. The merge decides likewise. */
function laterState(known: BatchRow, row: BatchRow): boolean | null {
  if (row.active === null || known.active === null) return known.active ?? row.active;
  if (row.lastSeen === known.lastSeen) return known.active && row.active;
  return row.lastSeen > known.lastSeen ? row.active : known.active;
}

/** What a listing names side by side is hardly there by chance: told of a source's rows as they come, a batch at a time. */
function countCompany(rows: readonly BatchRow[]): void {
  const places = rows.map(placeOf);
  const sizes = new Map<string, number>();
  for (const place of places) if (place !== null) sizes.set(place, (sizes.get(place) ?? 0) + 1);
  for (const [index, row] of rows.entries()) {
    const place = places[index] ?? null;
    if (place !== null) row.company = Math.min(mostCompany, (sizes.get(place) ?? 1) - 1);
  }
}

const mostCompany = 9;

/** The host of a URL, the /24 of an address; nothing of what has neither. */
function placeOf({ type, value }: BatchRow): string | null {
  if (type === "ipv4") return value.includes("/") ? null : value.slice(0, value.lastIndexOf("."));
  if (type !== "url") return null;
  const start = value.indexOf("//") + 2;
  const end = value.indexOf("/", start);
  return value.slice(start, end === -1 ? undefined : end).replace(/:\d+$/, "");
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
