import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confidences } from "./observation";
import { levelOf, type RiskFacts, scoreRisk } from "./score";

const now = new Date("2026-11-21T12:00:00.000Z");
const facts = (some: Partial<RiskFacts> = {}): RiskFacts => ({
  confidence: "medium",
  sourcesCount: 1,
  lastSeen: now,
  threatType: null,
  malwareFamily: null,
  ...some,
});

describe("scoreRisk", () => {
  it.each([
    [facts(), 57, "medium"],
    [facts({ confidence: "low", lastSeen: new Date("2020-01-01Z"), threatType: "scanner" }), 20, "low"],
    [facts({ confidence: "high", threatType: "phishing" }), 76, "high"],
    [facts({ confidence: "high", threatType: "botnet_cc", malwareFamily: "Emotet" }), 85, "critical"],
    [facts({ confidence: "high", sourcesCount: 5, threatType: "ransomware", malwareFamily: "x" }), 100, "critical"],
  ])("%o is %i, %s", (input, score, level) => {
    expect(scoreRisk(input, now)).toMatchObject({ score, level });
  });

  it("is the sum of its factors, none over its most, from 0 to 100", () => {
    const any = fc.record({
      confidence: fc.constantFrom(...confidences),
      sourcesCount: fc.integer({ min: 1, max: 100 }),
      lastSeen: fc.date({ noInvalidDate: true }),
      threatType: fc.option(fc.string()),
      malwareFamily: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(any, (input) => {
        const { score, level, factors } = scoreRisk(input, now);
        expect(factors.reduce((sum, { weight }) => sum + weight, 0)).toBe(score);
        for (const { weight, most } of factors) expect(weight >= 0 && weight <= most).toBe(true);
        expect(score >= 0 && score <= 100 && level === levelOf(score)).toBe(true);
      }),
    );
  });

  it("never rises as time passes", () => {
    fc.assert(
      fc.property(fc.nat(4_000), fc.nat(4_000), (a, b) => {
        const at = (hours: number) => scoreRisk(facts(), new Date(now.getTime() + hours * 3_600_000)).score;
        expect(at(Math.max(a, b))).toBeLessThanOrEqual(at(Math.min(a, b)));
      }),
    );
  });
});
