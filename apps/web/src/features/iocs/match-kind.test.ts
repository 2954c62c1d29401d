import { expect, it } from "vitest";
import { matchKind } from "./match-kind";

it.each([
  ["evil.example", ["evil.example"], "exact"],
  ["EVIL[.]example", ["evil.example"], "exact"],
  ["hxxps://evil[.]example", ["https://evil.example/"], "exact"],
  ["a[at]evil[dot]example", ["a@evil.example"], "exact"],
  ["192.0.2.7", ["192.0.2.7", "192.0.2.0/24"], "exact"],
  ["192.0.2.7", ["192.0.2.0/24"], "networks"],
  ["2001:db8::7", ["2001:db8::/32"], "networks"],
  ["evil.exampel", ["evil.example"], "similar"],
  ["evil", ["http://evil.example/24"], "similar"],
] as const)("of %s, %j is %s", (q, values, kind) => {
  expect(matchKind(q, values)).toBe(kind);
});
