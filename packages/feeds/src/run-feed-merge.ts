import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@tocsin/core/context";
import { type FeedFacts, ingestIocs, type Observation } from "@tocsin/core/iocs";
import { type BadLine, maxBadLines, type RunCounts } from "@tocsin/core/runs";
import { BodyError, type Layout, type Parsed, type ReadState } from "./layout";
import { storable } from "./run-feed-text";

const batchSize = 5_000;

/** What is known of a body before any of it is merged. */
export type Checked = { records: number; lines: number; more: NonNullable<ReadState["more"]> };

/** A body in the spool, and the layout that reads it. */
export type Readable = { file: string; path: string; layout: Layout };

/**
 * Reads a body to its end and keeps nothing. It comes before the merge because a cut shows only at the end: to read
 * twice costs a little time, to hold what was read would cost memory without bound, and one transaction around the
 * merge would hold locks on shared rows for as long as a feed is large. Throws BodyError for a body not to be merged.
 */
export async function check(body: Readable, signal: AbortSignal): Promise<Checked> {
  const state: ReadState = { lines: 0 };
  let good = 0;
  let bad = 0;
  let first: string | undefined;
  for await (const group of body.layout.read(chunksOf(body.path), state)) {
    signal.throwIfAborted();
    for (const record of group) {
      if ("problem" in record) {
        bad++;
        first ??= record.problem;
      } else good++;
    }
  }
  if (state.cut !== undefined) throw new BodyError(`the body seems to be cut: ${state.cut}`);
  if (good === 0 && bad > 0) throw new BodyError(`none of ${bad} records could be read; the first: ${first}`);
  return { records: good + bad, lines: state.lines, more: state.more ?? [] };
}

/** One record on its way through the merge; it may be spread over batches. */
type Tally = { line: number; text: string; kept: number; problem: string | undefined };

/** Reads a body again and merges it in batches, counting into `counts` and `badLines` as it goes. */
export async function merge(
  ctx: Context,
  body: Readable,
  into: {
    feed: FeedFacts;
    pulledAt: Date;
    counts: RunCounts;
    badLines: BadLine[];
    redact: (text: string) => string;
    signal: AbortSignal;
    onBatch: () => void;
  },
): Promise<void> {
  const { counts } = into;
  const linesBefore = counts.lines;
  const state: ReadState = { lines: 0 };
  let batch: { observation: Observation; tally: Tally }[] = [];

  const refuse = (line: number, reason: string, text: string) => {
    counts.bad++;
    if (into.badLines.length >= maxBadLines) return;
    into.badLines.push({
      file: body.file,
      line,
      reason: storable(into.redact(reason), 300),
      text: storable(into.redact(text), 200),
    });
  };
  const flush = async (closeAll: boolean) => {
    const sent = batch;
    batch = [];
    if (sent.length > 0) {
      const result = await ingest(
        ctx,
        into,
        sent.map(({ observation }) => observation),
      );
      counts.iocsNew += result.iocsNew;
      counts.iocsChanged += result.iocsChanged;
      counts.sightingsNew += result.sightingsNew;
      for (const { tally } of sent) tally.kept++;
      for (const { index, problem } of result.rejected) {
        const tally = sent[index]?.tally;
        if (!tally) continue;
        tally.kept--;
        tally.problem ??= problem;
      }
    }
    const open = closeAll ? undefined : sent.at(-1)?.tally;
    for (const tally of new Set(sent.map((entry) => entry.tally))) {
      if (tally === open) continue;
      if (tally.kept > 0) counts.good++;
      if (tally.problem !== undefined) refuse(tally.line, tally.problem, tally.text);
    }
    counts.lines = linesBefore + state.lines;
    into.onBatch();
  };
  const take = async (record: Parsed) => {
    if ("problem" in record) return refuse(record.line, record.problem, record.text);
    if (batch.length + record.observations.length > batchSize) await flush(true);
    const tally: Tally = { line: record.line, text: record.text, kept: 0, problem: undefined };
    for (const observation of record.observations) {
      if (batch.length === batchSize) await flush(false);
      batch.push({ observation, tally });
    }
  };

  for await (const group of body.layout.read(chunksOf(body.path), state)) {
    for (const record of group) {
      into.signal.throwIfAborted();
      await take(record);
    }
  }
  into.signal.throwIfAborted();
  await flush(true);
}

/** Two feeds that name the same values may meet in a deadlock; PostgreSQL ends one of them, which then tries again. */
async function ingest(
  ctx: Context,
  into: { feed: FeedFacts; pulledAt: Date; signal: AbortSignal },
  observations: readonly Observation[],
) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ingestIocs(ctx, { feed: into.feed, observations, pulledAt: into.pulledAt });
    } catch (error) {
      if (attempt === 4 || !isConflict(error)) throw error;
      await sleep(100 * 2 ** attempt * Math.random(), undefined, { signal: into.signal });
    }
  }
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === "40P01" || error.code === "40001";
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of fs.createReadStream(path, { highWaterMark: 64 * 1024 })) yield chunk as Uint8Array;
}
