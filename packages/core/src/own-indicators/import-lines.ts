import { appendEvent } from "../audit";
import { AppError } from "../errors";
import { saveDrafts } from "./add-indicators";
import type { Counts, IndicatorResult } from "./shape";
import { batchRows, countOutcomes, noCounts, storeTarget, type Writer } from "./write-drafts";

/** Most refused lines that an answer names, and the longest line, in characters. */
const mostErrors = 1_000;
const longestLine = 65_536;

/** A line that was refused; `line` counts from 1. */
type RefusedLine = { line: number; error: NonNullable<IndicatorResult["error"]> };
export type Imported = { lines: number; counts: Counts; errors: RefusedLine[] };

/**
 * Adds the indicators of a stream of NDJSON, however long, batch by batch; each batch stands when it is written. `charge` is
 * asked before each. Sent again from its beginning, a stream that was cut gives what it would have given at once.
 * Throws what `charge` and the source throw, with what stands until then in `details.imported`.
 */
export async function importLines(
  ctx: Writer,
  source: AsyncIterable<Uint8Array>,
  charge: (lines: number) => Promise<void>,
): Promise<Imported> {
  const done: Imported = { lines: 0, counts: noCounts(), errors: [] };
  try {
    for await (const batch of batchesOf(linesOf(source))) {
      await charge(batch.length);
      await importBatch(ctx, batch, done);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const imported = { lines: done.lines, ...done.counts };
    throw new AppError(error.code, { message: error.message, details: { ...error.details, imported }, cause: error });
  } finally {
    const { created, updated } = done.counts;
    if (created + updated > 0) {
      const details = { lines: done.lines, ...done.counts };
      await appendEvent(ctx, { action: "indicator.import", target: storeTarget, details });
    }
  }
  return done;
}

type Line = { number: number; text: string };

async function importBatch(ctx: Writer, batch: readonly Line[], done: Imported): Promise<void> {
  const items = batch.map(({ text }) => parse(text));
  const results = await saveDrafts(ctx, items, { event: done.lines === 0 });
  const counts = countOutcomes(results);
  done.lines += batch.length;
  for (const outcome of ["created", "updated", "unchanged", "refused"] as const)
    done.counts[outcome] += counts[outcome];
  for (const { index, error } of results) {
    const line = batch[index]?.number;
    if (error && line !== undefined && done.errors.length < mostErrors) done.errors.push({ line, error });
  }
}

/** What is no JSON is no object either, and is refused as such. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function* batchesOf(lines: AsyncIterable<Line>): AsyncGenerator<Line[]> {
  let batch: Line[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Lines that hold something. Throws `malformed_body` for what is no UTF-8, `payload_too_large` for a line without an end. */
async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const read = textReader();
  let rest = "";
  let number = 0;
  for await (const chunk of source) {
    const parts = `${rest}${read(chunk, number)}`.split("\n");
    rest = parts.pop() ?? "";
    for (const text of parts) {
      number += 1;
      requireShort(text, number);
      if (text.trim() !== "") yield { number, text };
    }
    requireShort(rest, number + 1);
  }
  rest += read(null, number);
  if (rest.trim() !== "") yield { number: number + 1, text: rest };
}

/** Reads UTF-8 piece by piece; null for the end. */
function textReader(): (chunk: Uint8Array | null, after: number) => string {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return (chunk, after) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new AppError("malformed_body", { message: `The body is not UTF-8, after line ${after}.`, cause });
    }
  };
}

function requireShort(text: string, number: number): void {
  if (text.length <= longestLine) return;
  const message = `Line ${number} is longer than ${longestLine} characters.`;
  throw new AppError("payload_too_large", { message });
}
