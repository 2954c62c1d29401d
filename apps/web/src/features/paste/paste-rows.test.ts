import { expect, it } from "vitest";
import { csvOf } from "./paste-file";
import { pasteSearch, rowsFor } from "./paste-search";
import type { Found } from "./use-analysis";

const looked = (score: number): NonNullable<Found["looked"]> => ({
  ...{ found: true, ioc_value: "x", ioc_type: "domain", note: null, confidence: "high", first_seen: null },
  ...{ last_seen: null, total_occurrences: 2, reporting_sources: 2, threat_type: null, malware_family: null },
  ...{ tags: ["a", "b"], mitre_techniques: [], mitre: [], warnings: [], related: [], sources: [] },
  risk: { score, level: "high", factors: [] },
});
const found = (value: string, line: number, more: Partial<Found> = {}): Found => ({
  ...{ type: "domain", value, role: "indicator", line, place: "text", defanged: true, occurrences: 1, context: "" },
  looked: null,
  ...more,
});
const rows = [
  found("a.example", 1),
  found("b.example", 2, { looked: looked(80) }),
  found("https://c.example/", 3, { type: "url", role: "reference", looked: looked(20) }),
];
const values = (search: object) => rowsFor(rows, pasteSearch({ ...search })).map(({ value }) => value);

it("shows the riskiest first, and what the filters leave", () => {
  expect(values({})).toEqual(["b.example", "https://c.example/", "a.example"]);
  expect(values({ order: "text" })).toEqual(["a.example", "b.example", "https://c.example/"]);
  expect(values({ status: "risky" })).toEqual(["b.example"]);
  expect(values({ status: "unknown" })).toEqual(["a.example"]);
  expect(values({ role: "reference" })).toEqual(["https://c.example/"]);
  expect(values({ type: "domain", q: "A.EX" })).toEqual(["a.example"]);
  expect(values({ role: "nonsense", order: 1 })).toHaveLength(3);
});

it("writes rows as CSV that no spreadsheet takes for formulas", () => {
  expect(csvOf([found("=cmd,1", 4)])).toContain('\r\ndomain,"\'=cmd,1",indicator,4,1,,,,,,\r\n');
  expect(csvOf(rows.slice(1, 2))).toContain(",true,80,2,,,a;b");
});
