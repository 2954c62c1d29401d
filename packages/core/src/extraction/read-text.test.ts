import { describe, expect, it } from "vitest";
import { readText } from "./read-text";
import { extractCostOf, longestText } from "./shape";

const report = [
  "The loader fetched hxxp://malware[.]example/dropper and asked 198.51.100[.]7 (T1105), which Emotet does.",
  "It spares 192.0.2.9. CVE-2026-12345 lets it in.",
  "CVE-2026-12345 is fixed.",
  "## Indicators",
  "- 203.0.113.9",
  "- malware[.]example",
  "",
  "## References",
  "- https://vendor.example/blog/loader",
].join("\n");

describe("a text", () => {
  it("gives each value once with type, role, line, section and how often it is there", () => {
    const found = readText(report).values.map(({ context: _, ...rest }) => rest);
    const text = { place: "text", occurrences: 1, defanged: false };
    expect(found).toEqual([
      { ...text, type: "url", value: "http://malware.example/dropper", role: "indicator", line: 1, defanged: true },
      { ...text, type: "ipv4", value: "198.51.100.7", role: "indicator", line: 1, defanged: true },
      { ...text, type: "ipv4", value: "192.0.2.9", role: "mention", line: 2 },
      { ...text, type: "cve", value: "CVE-2026-12345", role: "indicator", line: 2, occurrences: 2 },
      { ...text, type: "ipv4", value: "203.0.113.9", role: "indicator", line: 5, place: "indicators" },
      {
        ...text,
        type: "domain",
        value: "malware.example",
        role: "indicator",
        line: 6,
        place: "indicators",
        defanged: true,
      },
      {
        ...text,
        type: "url",
        value: "https://vendor.example/blog/loader",
        role: "reference",
        line: 9,
        place: "references",
      },
    ]);
  });

  it("gives techniques and names of malware", () => {
    const { techniques, malwareFamilies, complete } = readText(report);
    expect(techniques).toEqual(["T1105"]);
    expect(malwareFamilies.map(({ name }) => name)).toEqual(["Emotet"]);
    expect(complete).toBe(true);
  });

  it("places a value where it is first meant as an indicator", () => {
    const [found] = readText("See 192.0.2.9.\n\nC2: 192.0.2[.]9").values;
    expect(found).toMatchObject({ role: "indicator", line: 3, occurrences: 2, defanged: true });
  });

  it("says where it names more values than are kept", () => {
    const many = Array.from({ length: 10_050 }, (_, n) => `n${n}[.]example`).join("\n");
    const { values, complete } = readText(many);
    expect(values).toHaveLength(10_000);
    expect(complete).toBe(false);
  });
});

it.each([
  [{ text: "a" }, 1],
  [{ text: "a".repeat(20_001) }, 2],
  [{ text: "a".repeat(longestText) }, 25],
  [{ text: "a".repeat(longestText + 1) }, 1],
  [null, 1],
])("a body costs by its characters (case %#)", (body, cost) => {
  expect(extractCostOf(body)).toBe(cost);
});
