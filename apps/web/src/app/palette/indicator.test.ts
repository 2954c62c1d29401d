import { expect, it } from "vitest";
import { isLikeIndicator } from "./indicator";

it.each([
  "198.51.100.7",
  "198[.]51[.]100[.]7",
  "2001:db8::7",
  "evil.example",
  "evil[dot]example",
  "hxxps://evil[.]example/a",
  "a@evil.example",
  "CVE-2026-12345",
  "T1059.001",
  "d41d8cd98f00b204e9800998ecf8427e",
])("takes %s for an indicator", (text) => expect(isLikeIndicator(` ${text} `)).toBe(true));

it.each(["", "a", "keys", "SIEM Frankfurt", "deadbeef", "...", "a".repeat(3_000), "12:30", `${"[".repeat(2_000)}`])(
  "does not ask about %s",
  (text) => expect(isLikeIndicator(text)).toBe(false),
);
