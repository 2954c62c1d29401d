import type { ReadState } from "../layout";
import { decodeText } from "./decode";

/** One line without its end. `open` when the body ended without one, `long` when it was cut at `maxLine`. */
export type Line = { line: number; text: string; open: boolean; long: boolean };

/** Characters of one line; the longest URLs of real feeds have 9,000. */
export const maxLine = 256 * 1024;

/** The lines of a body, in one group a chunk. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, state: ReadState): AsyncGenerator<Line[]> {
  let held = "";
  let long = false;
  for await (const text of decodeText(chunks)) {
    const group: Line[] = [];
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      const whole = hold(held, text, start, end);
      group.push({
        line: ++state.lines,
        text: whole.slice(0, maxLine),
        open: false,
        long: long || whole.length > maxLine,
      });
      held = "";
      long = false;
      start = end + 1;
    }
    held = hold(held, text, start, text.length);
    if (held.length > maxLine) {
      held = held.slice(0, maxLine);
      long = true;
    }
    if (group.length > 0) yield group;
  }
  if (held !== "") yield [{ line: ++state.lines, text: held, open: true, long }];
}

function hold(held: string, text: string, start: number, end: number): string {
  if (held === "") return text.slice(start, end);
  return held.length > maxLine ? held : held + text.slice(start, Math.min(end, start + maxLine + 1 - held.length));
}
