import { expect, it } from "vitest";
import { latency, share, statusLabel } from "./usage-figures";

it.each([
  [0.1, "0.1 ms"],
  [9.94, "9.9 ms"],
  [9.96, "10 ms"],
  [412.4, "412 ms"],
  [999.6, "1.0 s"],
  [12_345, "12.3 s"],
])("writes %s as %s", (ms, text) => expect(latency(ms)).toBe(text));

it.each([
  [1, "100%"],
  [0.99999, "99.99%"],
  [0.9903, "99.03%"],
  [0, "0%"],
])("writes %s as %s", (part, text) => expect(share(part, "en")).toBe(text));

it("names a status, where it has a name", () => {
  expect([statusLabel("429"), statusLabel("418")]).toEqual(["429 Too many requests", "418"]);
});
