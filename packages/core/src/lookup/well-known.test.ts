import { expect, it } from "vitest";
import { detect } from "../iocs/detect";
import { falsePositiveOf, wellKnown } from "./well-known";

it.each([...wellKnown.keys()])("%s is written as lookups have it", (value) => {
  const found = detect(value);
  expect(found).toMatchObject({ ok: true, value });
  if (found.ok) expect(falsePositiveOf(found.type, value)).toContain(value);
});

it("warns of the host of a URL, and of nothing else", () => {
  expect(falsePositiveOf("url", "https://github.com:8443/a/b")).toContain("act on the full URL");
  expect(falsePositiveOf("url", "https://evil.example/github.com")).toBeNull();
  expect(falsePositiveOf("domain", "github.com.evil.example")).toBeNull();
  expect(falsePositiveOf("email", "a@github.com")).toBeNull();
});
