import { type Observation, resolveObservation, type Warninglists } from "@tocsin/core/values";
import { BodyError, type Labels, type Layout, type Parsed, type ReadState } from "../../definition/layout";
import { readSpooled } from "../../fetch/spool";
import { type Checked, firstLines } from "../quarantine";

/** Whether a record would be kept: readable, an IOC, and not a well-known harmless value. */
export type Judge = (record: Parsed) => boolean;

export function judgeWith({ warningsOf }: Pick<Warninglists, "warningsOf">): Judge {
  const isFit = (observation: Observation) => {
    const found = resolveObservation(observation);
    return found.ok && warningsOf(found.type, found.value).length === 0;
  };
  return (record) => !("problem" in record) && (record.observations.length === 0 || record.observations.some(isFit));
}

/** What is known of a body of indicators before any of it is merged. */
export type CheckedBody = Checked & {
  lines: number;
  revoked: number;
  /** What the body revokes anywhere, so that no older version of it is taken. */
  revokedRecords: ReadonlySet<string>;
  more: NonNullable<ReadState["more"]>;
  isTree?: true | undefined;
  /** When the document was published, as it says itself. */
  dated?: Date | undefined;
  /** What the merge must know from the first record on. */
  labels?: Labels;
};

/**
 * Reads a body to its end and keeps nothing. It comes before the merge because a cut shows only at the end: to read
 * twice costs a little time, to keep what was read would cost memory without bound, and one transaction around the
 * merge would keep locks on shared rows for as long as a feed is large. Throws BodyError for a body not to be merged.
 */
export async function checkBody(
  path: string,
  layout: Layout,
  {
    file,
    signal,
    judge,
    onBytes,
  }: { file: string; signal: AbortSignal; judge: Judge; onBytes: (bytes: number) => void },
): Promise<CheckedBody> {
  const state: ReadState = { lines: 0, file };
  const census = startCensus(judge);
  for await (const group of layout.read(readSpooled(path, onBytes), state)) {
    signal.throwIfAborted();
    for (const record of group) count(census, record);
  }
  const { good, bad, sampled, unfit, first, problem } = census;
  if (state.cut !== undefined) throw new BodyError(`the body seems to be cut: ${state.cut}`);
  if (good === 0 && bad > 0) throw new BodyError(`none of ${bad} records could be read; the first: ${problem}`);
  return {
    figures: { records: good + bad, sampled, unfit },
    first,
    lines: state.lines,
    revoked: state.revoked ?? 0,
    revokedRecords: state.revokedRecords ?? new Set(),
    more: state.more ?? [],
    dated: state.dated,
    isTree: state.isTree,
    ...(state.labels ? { labels: state.labels } : {}),
  };
}

type Census = {
  judge: Judge;
  good: number;
  bad: number;
  sampled: number;
  unfit: number;
  first: string[];
  /** What was wrong with the first bad record. */
  problem: string | undefined;
};

function startCensus(judge: Judge): Census {
  return { judge, good: 0, bad: 0, sampled: 0, unfit: 0, first: [], problem: undefined };
}

function count(census: Census, record: Parsed): void {
  if (isSampled(census.good + census.bad)) {
    census.sampled++;
    if (!census.judge(record)) census.unfit++;
  }
  if (census.first.length < firstLines) census.first.push(record.text);
  if ("problem" in record) {
    census.bad++;
    census.problem ??= record.problem;
  } else census.good++;
}

/** The first records of a body and then one of many: enough to know a share, and next to no time. */
function isSampled(index: number): boolean {
  return index < 1_000 || index % 64 === 0;
}
