import { expect, it } from "vitest";
import { encodingOf } from "./encoding";

it.each([
  [undefined, null],
  ["", null],
  ["gzip, deflate, br", "br"],
  ["gzip;q=0.5, br", "br"],
  ["gzip, br;q=0.5", "gzip"],
  ["gzip", "gzip"],
  ["*", "br"],
  ["*;q=0", null],
  ["gzip;q=0, *;q=0", null],
  ["identity", null],
  ["identity, gzip;q=0.5", null],
  ["gzip;q=0.5", "gzip"],
  ["deflate", null],
] as const)("takes %j for %j", (accept, encoding) => {
  expect(encodingOf(accept)).toBe(encoding);
});
