import { indicatorFeeds } from "../catalog/registry";
import type { Parsed, ReadState } from "../definition/layout";

export type ReadBody = {
  layout: string;
  rows: Parsed[];
  cut: string | undefined;
  lines: number;
  more: ReadState["more"];
};

/** What the layouts of a feed of indicators make of a body that comes in chunks of these sizes, over and over; null when none fits. */
export async function readBody(
  feedId: string,
  body: Uint8Array,
  sizes: readonly number[] = [65_536],
): Promise<ReadBody | null> {
  const feed = indicatorFeeds.find(({ id }) => id === feedId);
  if (!feed) throw new Error(`there is no feed ${feedId}`);
  const head = new TextDecoder().decode(body.subarray(0, 65_536), { stream: true });
  const layout = feed.layouts.find((candidate) => candidate.fits(head));
  if (!layout) return null;
  const state: ReadState = { lines: 0 };
  const rows: Parsed[] = [];
  for await (const group of layout.read(chunksOf(body, sizes), state)) rows.push(...group);
  return { layout: layout.name, rows, cut: state.cut, lines: state.lines, more: state.more };
}

async function* chunksOf(body: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < body.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    yield body.subarray(at, at + size);
    at += size;
  }
}
