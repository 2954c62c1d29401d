import { describe, expect, it } from "vitest";
import { verdictOf } from "./verdict";

const source = {
  source_feed: "Alpha",
  source_category: "threat-feed",
  ioc_value: "a.example",
  reference_url: null,
  first_seen: "2026-11-01T00:00:00.000Z",
  last_seen: "2026-11-20T00:00:00.000Z",
  occurrence_count: 1,
  confidence: "high",
  context: null,
} as const;
const facts = (score: number, more: object = {}) => ({
  found: true,
  ioc_type: "domain" as const,
  ioc_value: "a.example",
  risk: { score, level: "high" as const, factors: [] },
  warnings: [],
  reporting_sources: 1,
  confidence: "high" as const,
  malware_family: "Emotet",
  threat_type: "botnet_cc",
  sources: [source],
  ...more,
});

describe("the verdict", () => {
  it.each([
    [100, "malicious"],
    [65, "malicious"],
    [64, "suspicious"],
    [40, "suspicious"],
    [39, "noted"],
  ])("of a score of %i is %s, and says who reported it as what", (score, verdict) => {
    expect(verdictOf(facts(score))).toEqual({
      verdict,
      reason: "Reported by Alpha as Emotet, botnet cc, with high confidence.",
    });
  });

  it("of what nobody reported is unknown, never harmless", () => {
    expect(verdictOf(facts(0, { found: false, risk: null })).verdict).toBe("unknown");
  });

  it("of what is probably harmless is noted, for that reason", () => {
    expect(verdictOf(facts(50, { warnings: ["Probably a false positive."] }))).toEqual({
      verdict: "noted",
      reason: "Probably a false positive.",
    });
    expect(verdictOf(facts(70, { warnings: ["Last reported 120 days ago."] })).verdict).toBe("malicious");
  });

  it("of a CVE is noted, however often it is reported", () => {
    expect(verdictOf(facts(95, { ioc_type: "cve", reporting_sources: 3 }))).toEqual({
      verdict: "noted",
      reason: "Reported by 3 sources as Emotet, botnet cc, with high confidence.",
    });
  });
});
