import type { ReadState } from "../definition/layout";
import { decodeText } from "./decode";

/** One line without its end. `open` when the body ended without one, `long` when it was cut at `maxLine`. */
export type Line = { line: number; text: string; open: boolean; long: boolean };

/** Characters of one line; the longest URLs of real feeds have 9,000. */
const maxLine = 256 * 1024;

/** The lines of a body, in one group a chunk. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, state: ReadState): AsyncGenerator<Line[]> {
  let carry = "";
  for await (const text of decodeText(chunks)) {
    const group: Line[] = [];
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      group.push(lineOf(++state.lines, append(carry, text, start, end), false));
      carry = "";
      start = end + 1;
    }
    carry = append(carry, text, start, text.length);
    if (group.length > 0) yield group;
  }
  if (carry !== "") yield [lineOf(++state.lines, carry, true)];
}

function lineOf(line: number, text: string, open: boolean): Line {
  const long = text.length > maxLine;
  return { line, text: long ? text.slice(0, maxLine) : text, open, long };
}

/** Never more than one character over the limit: that one shows that there were more. */
function append(carry: string, text: string, start: number, end: number): string {
  const left = maxLine + 1 - carry.length;
  const piece = text.slice(start, Math.min(end, start + left));
  return carry === "" ? piece : carry + piece;
}
