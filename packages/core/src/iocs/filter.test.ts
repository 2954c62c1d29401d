import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Tier, tiers } from "../access";
import { industries, industryOf } from "../values";
import { decideFilters } from "./filter";
import { iocListShape, iocSearchShape, listIocsInput, searchIocsInput } from "./shape";

const now = new Date("2026-11-21T12:00:00.000Z");
const unlimited: Tier = { ...tiers.pro, resultsPerRequest: null };

function decide(query: Record<string, unknown>, tier: Tier = tiers.pro) {
  const decided = decideFilters(listIocsInput.parse(query), tier, now);
  if (!decided.ok) throw new Error(`${decided.problem.field} ${decided.problem.problem}`);
  return decided;
}

describe("the query string", () => {
  it.each([
    [{ type: "ipv9" }],
    [{ type: "" }],
    [{ type: "ipv4,,url" }],
    [{ type: ["ipv4", "url"] }],
    [{ type: `ipv4${",ipv4".repeat(200)}` }],
    [{ category: "bad" }],
    [{ confidence: "99" }],
    [{ industry: "circus" }],
    [{ since: "yesterday" }],
    [{ since: "2026-02-30" }],
    [{ since: "2026-01-01T25:00:00Z" }],
    [{ until: "1".repeat(5_000) }],
    [{ limit: "0" }],
    [{ limit: "-1" }],
    [{ limit: "1.5" }],
    [{ limit: "1e3" }],
    [{ limit: "10001" }],
    [{ limit: "9".repeat(400) }],
    [{ limit: "ten" }],
    [{ limit: "" }],
    [{ limit: ["1", "2"] }],
    [{ offset: "-1" }],
    [{ offset: "99999999999" }],
    [{ min_risk: "101" }],
    [{ include_false_positives: "maybe" }],
    [{ include_false_positives: ["true", "false"] }],
    [{ tag: "a\u0000b" }],
    [{ tag: "\ud800" }],
    [{ tag: "t".repeat(101) }],
    [{ source: "\u0000" }],
    [{ source: ["a", "b"] }],
    [{ cursor: ["a", "b"] }],
    [{ cursor: "c".repeat(201) }],
    [{ format: "xml" }],
  ])("%o is refused", (query) => {
    expect(listIocsInput.safeParse(query).success).toBe(false);
  });

  it("has defaults, and ignores what it does not know", () => {
    const defaults = { limit: 100, offset: 0, format: "json", include_false_positives: false };
    expect(listIocsInput.parse({ utm_source: "x" })).toEqual(defaults);
    expect(listIocsInput.parse(undefined)).toEqual(defaults);
  });

  it.each([
    [{ type: "mitre-attack" }, { type: ["mitre_attack"] }],
    [{ type: "IPv4, url,ipv4" }, { type: ["ipv4", "url"] }],
    [{ type: "all" }, { type: undefined }],
    [{ industry: "Finance" }, { industry: "financial-services" }],
    [{ industry: "all" }, { industry: undefined }],
    [{ since: "2026-11-20" }, { since: new Date("2026-11-20T00:00:00Z") }],
    [{ since: "2026-11-20T10:00:00" }, { since: new Date("2026-11-20T10:00:00Z") }],
    [{ since: "2026-11-20T10:00:00 02:00" }, { since: new Date("2026-11-20T08:00:00Z") }],
    [{ limit: "all" }, { limit: "all" }],
    [{ limit: 7 }, { limit: 7 }],
  ])("%o reads as %o", (query, read) => {
    expect(listIocsInput.parse(query)).toMatchObject(read);
  });

  it("can be described", () => {
    for (const input of [listIocsInput, searchIocsInput]) {
      expect(z.toJSONSchema(input, { io: "input" })).toMatchObject({ type: "object" });
    }
    for (const output of [iocListShape, iocSearchShape]) {
      // A shape with an id of its own is described once, under that name.
      const { $ref = "", $defs = {} } = z.toJSONSchema(output, { io: "output" });
      expect($defs[$ref.replace("#/$defs/", "")]).toMatchObject({ type: "object" });
    }
  });
});

describe("decideFilters", () => {
  it("echoes every filter, and `all` where there is none", () => {
    expect(decide({}).echoed).toEqual({
      type: "all",
      category: "all",
      confidence: "all",
      industry: "all",
      since: "all",
      until: "all",
      source: "all",
      tag: "all",
      min_risk: "all",
      include_false_positives: false,
    });
    const query = {
      type: "url,domain",
      category: "community",
      confidence: "high",
      industry: "finance",
      since: "2026-11-01T00:00:00Z",
      until: "2026-11-02T00:00:00+02:00",
      source: "urlhaus",
      tag: "x",
      min_risk: "0",
      include_false_positives: "true",
    };
    expect(decide(query).echoed).toEqual({
      type: "url,domain",
      category: "community",
      confidence: "high",
      industry: "financial-services",
      since: "2026-11-01T00:00:00.000Z",
      until: "2026-11-01T22:00:00.000Z",
      source: "urlhaus",
      tag: "x",
      min_risk: 0,
      include_false_positives: true,
    });
  });

  it("clamps a limit to the tier's, and lets `all` through where there is none", () => {
    expect(decide({ limit: "5000" }, tiers.free).filters.limit).toBe(100);
    expect(decide({ limit: "99" }, tiers.free).filters.limit).toBe(99);
    expect(decide({ limit: "10000" }).filters.limit).toBe(10_000);
    expect(decide({ limit: "all" }, unlimited).filters.limit).toBeNull();
    expect(() => decide({ limit: "all" })).toThrow("limit");
  });

  it("clamps since to the lookback, which holds without since too", () => {
    expect(decide({ since: "2020-01-01" }, tiers.free).echoed.since).toBe("2026-11-20T12:00:00.000Z");
    expect(decide({}, tiers.free).filters.since).toEqual(new Date("2026-11-20T12:00:00.000Z"));
    expect(
      decide({ since: "0000-01-01", until: "0000-01-02" }, { ...tiers.pro, iocLookbackDays: 1e9 }).filters,
    ).toMatchObject({
      since: new Date(0),
      until: new Date(0),
    });
  });

  it("refuses since after until, yet not an until before the lookback", () => {
    expect(() => decide({ since: "2026-11-02", until: "2026-11-01" })).toThrow("since is later than until");
    expect(decide({ since: "2026-01-01", until: "2026-01-02" }, tiers.free).filters.until).toEqual(
      new Date("2026-01-02Z"),
    );
  });
});

it("knows the sixteen sectors by their slugs and synonyms", () => {
  expect(industries).toHaveLength(16);
  for (const industry of industries) expect(industryOf(industry)).toBe(industry);
  expect(industryOf("Food & Agriculture")).toBe("food-agriculture");
  expect(industryOf("banking")).toBe("financial-services");
  expect(industryOf("")).toBeNull();
});
