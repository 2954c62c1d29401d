import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { expect, it } from "vitest";
import { batchedLines } from "./batched-lines";

it("writes the lines of one turn together and in order, and those of the next apart", async () => {
  const written: string[] = [];
  const lines = batchedLines({ write: (text) => written.push(text) });
  lines.write("one\n");
  lines.write("two\n");
  expect(written).toEqual([]);
  await turnOfTheLoop();
  lines.write("three\n");
  await turnOfTheLoop();
  expect(written).toEqual(["one\ntwo\n", "three\n"]);
});
