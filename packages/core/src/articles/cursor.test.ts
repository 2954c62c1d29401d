import { expect, it } from "vitest";
import { decodeArticleCursor, encodeArticleCursor } from "./cursor";
import { listArticlesInput } from "./shape";

it("writes and reads what clients hold from before", () => {
  const place = { time: new Date("2026-03-04T05:06:07.089Z"), id: "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11" };
  for (const [text, score, asked] of [
    ["AUsBnLc9MnFvHY0aWKRdP5ybD08PfCoRMf2fGtTMNNw", 7.5, {}],
    ["AQABnLc9MnFvHY0aWKRdP5ybD08PfCoRVZEjN7smFR8", 0, { q: "x", sort: "severity:desc" }],
  ] as const) {
    const input = listArticlesInput.parse(asked);
    expect(decodeArticleCursor(text, input)).toEqual({ ok: true, position: { score, ...place } });
    expect(encodeArticleCursor({ score, ...place }, input)).toBe(text);
  }
  expect(
    decodeArticleCursor("AUsBnLc9MnFvHY0aWKRdP5ybD08PfCoRMf2fGtTMNNw", listArticlesInput.parse({ q: "x" })),
  ).toEqual({
    ok: false,
    problem: "was made with another query",
  });
});
