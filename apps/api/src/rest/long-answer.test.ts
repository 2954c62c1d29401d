import { expect, it } from "vitest";
import { isLong, writeLongAnswer } from "./long-answer";

const records = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    n % 7 === 3 ? undefined : { n, text: `"${n}\u2028`, at: new Date(n), none: undefined },
  );

it.each([
  { meta: { total: 3, next_cursor: null }, data: records(500), links: undefined, more: ["é"] },
  { data: [...records(200), [1, [2]], "text", null] },
])("is the text that JSON.stringify writes", async (answer) => {
  let turns = 0;
  const take = {
    ms: 0,
    turn: async () => {
      turns += 1;
    },
  };
  expect(await writeLongAnswer(answer, take)).toBe(JSON.stringify(answer));
  expect(turns).toBeGreaterThan(200);
});

it("is for many records alone", () => {
  expect(isLong({ data: records(101) })).toBe(true);
  for (const answer of [{ data: records(100) }, { data: { id: "a" } }, null, "text"])
    expect(isLong(answer)).toBe(false);
});
