import fs from "node:fs";
import type { Context } from "@tocsin/core/context";
import { type FeedFacts, prepareIngest, type Rejected } from "@tocsin/core/iocs";
import { type BadLine, type FileFigures, maxBadLines, type RunCounts } from "@tocsin/core/runs";
import type { Observation } from "@tocsin/core/values";
import { warninglistsOf } from "@tocsin/core/warninglists";
import { BodyError, type Layout, type ReadState } from "../definition/layout";
import { storable } from "../parse/storable";
import { openLanes } from "./ingest-lanes";
import { firstLines, isSampled, type Judge } from "./quarantine";

const batchSize = 5_000;

/** What is known of a body before any of it is merged. */
export type Checked = {
  figures: FileFigures;
  /** The first records as they stand there. */
  first: string[];
  lines: number;
  revoked: number;
  revokedRecords: ReadonlySet<string>;
  more: NonNullable<ReadState["more"]>;
};

/** A body in the spool, and the layout that reads it. */
export type Readable = { file: string; path: string; layout: Layout };

/**
 * Reads a body to its end and keeps nothing. It comes before the merge because a cut shows only at the end: to read
 * twice costs a little time, to hold what was read would cost memory without bound, and one transaction around the
 * merge would hold locks on shared rows for as long as a feed is large. Throws BodyError for a body not to be merged.
 */
export async function check(
  body: Readable,
  { signal, judge, onBytes }: { signal: AbortSignal; judge: Judge; onBytes: (bytes: number) => void },
): Promise<Checked> {
  const state: ReadState = { lines: 0 };
  let good = 0;
  let bad = 0;
  let sampled = 0;
  let unfit = 0;
  let problem: string | undefined;
  const first: string[] = [];
  for await (const group of body.layout.read(chunksOf(body.path, onBytes), state)) {
    signal.throwIfAborted();
    for (const record of group) {
      if (isSampled(good + bad)) {
        sampled++;
        if (!judge(record)) unfit++;
      }
      if (first.length < firstLines) first.push(record.text);
      if ("problem" in record) {
        bad++;
        problem ??= record.problem;
      } else good++;
    }
  }
  if (state.cut !== undefined) throw new BodyError(`the body seems to be cut: ${state.cut}`);
  if (good === 0 && bad > 0) throw new BodyError(`none of ${bad} records could be read; the first: ${problem}`);
  return {
    figures: { records: good + bad, sampled, unfit },
    first,
    lines: state.lines,
    revoked: state.revoked ?? 0,
    revokedRecords: state.revokedRecords ?? new Set(),
    more: state.more ?? [],
  };
}

/** One record on its way through the merge; it may be spread over batches. */
type Tally = { line: number; text: string; kept: number; problem: string | undefined };

type Refuse = (line: number, reason: string, text: string) => void;

type Merging = {
  feed: FeedFacts;
  pulledAt: Date;
  counts: RunCounts;
  badLines: BadLine[];
  /** What the body revokes anywhere, so that no older version of it is taken. */
  revokedRecords: ReadonlySet<string>;
  redact: (text: string) => string;
  signal: AbortSignal;
  onBatch: () => void;
};

/** Reads a body again and merges it in batches, counting into `counts` and `badLines` as it goes. */
export async function merge(ctx: Context, body: Readable, into: Merging): Promise<void> {
  const { counts, feed, pulledAt, signal } = into;
  const linesBefore = counts.lines;
  const state: ReadState = { lines: 0, revokedRecords: new Set(into.revokedRecords) };
  const lanes = openLanes(ctx, signal);
  const { warningsOf } = warninglistsOf(ctx);
  let batch: { observation: Observation; tally: Tally }[] = [];

  const refuse = refuserOf(body.file, into);
  /** Comes back before the batch is written: the next one is read meanwhile. */
  const flush = async (closeAll: boolean) => {
    const sent = batch;
    batch = [];
    const prepared = prepareIngest({
      feed,
      pulledAt,
      observations: sent.map(({ observation }) => observation),
      warningsOf,
    });
    const good = account(sent, prepared.rejected, closeAll, refuse);
    const lines = linesBefore + state.lines;
    await lanes.send(prepared, (result) => {
      counts.iocsNew += result.iocsNew;
      counts.iocsChanged += result.iocsChanged;
      counts.sightingsNew += result.sightingsNew;
      counts.good += good;
      counts.lines = Math.max(counts.lines, lines);
      into.onBatch();
    });
  };
  try {
    for await (const group of body.layout.read(chunksOf(body.path), state)) {
      signal.throwIfAborted();
      for (const record of group) {
        if ("problem" in record) {
          refuse(record.line, record.problem, record.text);
          continue;
        }
        if (batch.length + record.observations.length > batchSize) await flush(true);
        const tally: Tally = { line: record.line, text: record.text, kept: 0, problem: undefined };
        for (const observation of record.observations) {
          if (batch.length === batchSize) await flush(false);
          batch.push({ observation, tally });
        }
      }
    }
    signal.throwIfAborted();
    await flush(true);
  } finally {
    await lanes.end();
  }
}

function refuserOf(file: string, { counts, badLines, redact }: Merging): Refuse {
  return (line, reason, text) => {
    counts.bad++;
    if (badLines.length >= maxBadLines) return;
    badLines.push({ file, line, reason: storable(redact(reason), 300), text: storable(redact(text), 200) });
  };
}

/** Refuses the records of which nothing was kept, and gives how many were good; the last one may go on in the next batch. */
function account(
  sent: readonly { tally: Tally }[],
  rejected: readonly Rejected[],
  closeAll: boolean,
  refuse: Refuse,
): number {
  for (const { tally } of sent) tally.kept++;
  for (const { index, problem } of rejected) {
    const tally = sent[index]?.tally;
    if (!tally) continue;
    tally.kept--;
    tally.problem ??= problem;
  }
  const open = closeAll ? undefined : sent.at(-1)?.tally;
  let good = 0;
  let last: Tally | undefined;
  for (const { tally } of sent) {
    if (tally === last || tally === open) continue;
    last = tally;
    if (tally.kept > 0) good++;
    if (tally.problem !== undefined) refuse(tally.line, tally.problem, tally.text);
  }
  return good;
}

async function* chunksOf(path: string, onBytes?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of fs.createReadStream(path, { highWaterMark: 64 * 1024 })) {
    yield chunk as Uint8Array;
    bytes += (chunk as Uint8Array).length;
    onBytes?.(bytes);
  }
}
