import { describe, expect, it } from "vitest";
import { detect } from "../detect";
import { normalise } from "../normalise";
import { anyIocInWords, iocTypeCatalog, iocTypes } from ".";

describe.each(iocTypes)("the type %s", (type) => {
  const { example, defang, recency } = iocTypeCatalog[type];

  it("has an example that is canonical and is told from every other type", () => {
    expect(normalise(type, example)).toEqual({ ok: true, type, value: example });
    expect(detect(example)).toEqual({ ok: true, type, value: example });
  });

  it("reads its example again after it was defanged", () => {
    expect(detect(defang?.(example) ?? example)).toEqual({ ok: true, type, value: example });
  });

  it("loses points as time goes by", () => {
    const days = recency.map(({ withinDays }) => withinDays ?? Number.POSITIVE_INFINITY);
    const points = recency.map((step) => step.points);
    expect(days).toEqual([...days].sort((a, b) => a - b));
    expect(points).toEqual([...points].sort((a, b) => b - a));
    expect(points.length).toBeGreaterThan(0);
  });
});

it("what may be asked for is one sentence that names every type", () => {
  expect(anyIocInWords).toMatch(
    /^an IPv4 or IPv6 address or network, domain, URL, MD5, SHA-1, SHA-256 or SHA-512 hash, /,
  );
  for (const type of iocTypes) expect(anyIocInWords).toContain(iocTypeCatalog[type].inWords);
});
