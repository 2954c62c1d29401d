import type { Pace } from "../limits/pace";

/** Records that are written in one step: about a millisecond of work. */
const stepSize = 50;

/** The same records in small pages, each of which waits for its turn: between two of them short requests are answered. */
export async function* inSteps<Row>(pace: Pace, pages: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  for await (const page of pages) {
    for (let at = 0; at < page.length; at += stepSize) {
      await pace.turn();
      yield page.slice(at, at + stepSize);
    }
  }
}
