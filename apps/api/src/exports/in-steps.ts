import type { Pace } from "../limits/pace";

/** Records that are written in one step: about a millisecond of work. */
const stepSize = 50;

/** While no short request is under way, an export goes on for so long in one turn (milliseconds). */
const turnMs = 4;

/** The same records in small pages, each of which waits for its turn: between two of them short requests are answered. */
export async function* inSteps<Row>(pace: Pace, pages: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  let until = Number.NEGATIVE_INFINITY;
  for await (const page of pages) {
    for (let at = 0; at < page.length; at += stepSize) {
      if (pace.short() > 0 || performance.now() >= until) {
        await pace.turn();
        until = performance.now() + turnMs;
      }
      yield page.slice(at, at + stepSize);
    }
  }
}
