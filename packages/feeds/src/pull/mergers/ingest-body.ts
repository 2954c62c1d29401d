import { prepareIngest, type Rejected } from "@tocsin/core/iocs";
import type { Observation } from "@tocsin/core/values";
import { warninglistsOf } from "@tocsin/core/warninglists";
import type { BadRecord, Labels, Layout, Parsed, ReadState } from "../../definition/layout";
import { readSpooled } from "../../fetch/spool";
import { unreadTime } from "../../parse/parsed";
import { factsOf, noteBadLine, type Pull } from "../pull";
import { openLanes } from "./ingest-lanes";

const batchSize = 5_000;

/** One record on its way through the merge; it may be spread over batches. */
type RecordTally = { line: number; text: string; kept: number; problem: string | undefined };

type Entry = { observation: Observation; record: RecordTally };

/** What one statement writes. `open`: its last record goes on in the next batch. */
type Batch = { entries: readonly Entry[]; open: boolean };

/** What is left out of a body by its label, or by its age. */
type Passed = { red: number; old: number };
type IsOld = (observation: Observation) => boolean;

type Refuse = (line: number, reason: string, text: string) => void;

/** A body that has been checked, and the layout that reads it. */
export type CheckedFile = {
  name: string;
  path: string;
  layout: Layout;
  revokedRecords: ReadonlySet<string>;
  labels?: Labels;
  /** Of what has no time of its own; undefined: of now. */
  day: Date | undefined;
  /** Whether something says so. */
  isStated: boolean;
  /** What has a time before that is passed over. */
  since: Date | undefined;
};

/**
 * Reads a body again and merges it in batches, counting into the pull's tally as it goes. Gives the records that it
 * takes back: more than the first reading saw, where what makes them so stands at its end.
 */
export async function ingestBody(
  pull: Pull<"indicators">,
  file: CheckedFile,
  onBatch: () => void,
): Promise<ReadonlySet<string>> {
  const { ctx, run, signal } = pull;
  const { counts } = pull.tally;
  const linesBefore = counts.lines;
  const revokedRecords = new Set(file.revokedRecords);
  const state: ReadState = {
    lines: 0,
    file: file.name,
    revokedRecords,
    ...(file.labels ? { labels: file.labels } : {}),
  };
  const lanes = openLanes(ctx, signal);
  const feed = factsOf(pull.feed, pull.run);
  const { warningsOf } = warninglistsOf(ctx);
  const refuse: Refuse = (line, reason, text) => {
    counts.bad++;
    if (reason === unreadTime) pull.tally.unreadTimes++;
    noteBadLine(pull, { file: file.name, line, reason, text });
  };
  const passOver = ({ red = 0, old = 0 }: Partial<Passed>) => {
    pull.tally.red += red;
    pull.tally.old += old;
  };
  const isOld: IsOld = ({ firstSeen, lastSeen }) => {
    const time = lastSeen ?? firstSeen ?? (file.isStated ? file.day : undefined);
    return file.since !== undefined && time !== undefined && time < file.since;
  };
  try {
    for await (const { entries, open } of batchesOf(file, state, { refuse, passOver, isOld }, signal)) {
      const observations = entries.map(({ observation }) => observation);
      const prepared = prepareIngest({ feed, pulledAt: run.startedAt, dated: file.day, observations, warningsOf });
      if (!file.isStated) pull.tally.undated += observations.filter(hasNoTime).length;
      const good = account(entries, prepared.rejected, open, refuse);
      const lines = linesBefore + state.lines;
      // Comes back before the batch is written: the next one is read meanwhile.
      await lanes.send(prepared, (result) => {
        counts.iocsNew += result.iocsNew;
        counts.iocsChanged += result.iocsChanged;
        counts.sightingsNew += result.sightingsNew;
        counts.good += good;
        counts.lines = Math.max(counts.lines, lines);
        onBatch();
      });
    }
  } finally {
    await lanes.end();
  }
  return revokedRecords;
}

const hasNoTime = ({ firstSeen, lastSeen }: Observation) => !firstSeen && !lastSeen;

async function* batchesOf(
  { path, layout }: CheckedFile,
  state: ReadState,
  { refuse, passOver, isOld }: { refuse: Refuse; passOver: (passed: Partial<Passed>) => void; isOld: IsOld },
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const pending: { entries: Entry[] } = { entries: [] };
  for await (const group of layout.read(readSpooled(path), state)) {
    signal.throwIfAborted();
    for (const record of group) {
      const kept = "problem" in record ? refused(record, refuse) : withoutOld(record, isOld, passOver);
      if (kept) yield* add(pending, kept);
    }
  }
  signal.throwIfAborted();
  yield { entries: pending.entries, open: false };
}

function refused({ line, problem, text }: BadRecord, refuse: Refuse): null {
  refuse(line, problem, text);
  return null;
}

/** What of a record is young enough; null where nothing is. */
function withoutOld(record: Exclude<Parsed, BadRecord>, isOld: IsOld, passOver: (passed: Partial<Passed>) => void) {
  const observations = record.observations.filter((observation) => !isOld(observation));
  const isAllOld = observations.length === 0 && record.observations.length > 0;
  passOver({ red: record.red ?? 0, old: isAllOld ? 1 : 0 });
  return isAllOld ? null : { ...record, observations };
}

/** Puts a record into the batch that is filled, and gives the batches that it fills. */
function* add(pending: { entries: Entry[] }, record: Exclude<Parsed, BadRecord>): Generator<Batch> {
  const take = (open: boolean): Batch => {
    const { entries } = pending;
    pending.entries = [];
    return { entries, open };
  };
  const { line, text, observations } = record;
  if (pending.entries.length + observations.length > batchSize) yield take(false);
  const tally: RecordTally = { line, text, kept: 0, problem: undefined };
  for (const observation of observations) {
    if (pending.entries.length === batchSize) yield take(true);
    pending.entries.push({ observation, record: tally });
  }
}

/** Refuses the records of which nothing was kept, and gives how many were good; an open one is counted with the next batch. */
function account(entries: readonly Entry[], rejected: readonly Rejected[], open: boolean, refuse: Refuse): number {
  for (const { record } of entries) record.kept++;
  for (const { index, problem } of rejected) {
    const record = entries[index]?.record;
    if (!record) continue;
    record.kept--;
    record.problem ??= problem;
  }
  const records = new Set(entries.map(({ record }) => record));
  const last = entries.at(-1)?.record;
  if (open && last) records.delete(last);
  let good = 0;
  for (const { line, text, kept, problem } of records) {
    if (kept > 0) good++;
    if (problem !== undefined) refuse(line, problem, text);
  }
  return good;
}
