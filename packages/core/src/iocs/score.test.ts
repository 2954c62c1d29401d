import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confidences, iocTypes } from "../values";
import { confidenceLevels, recencySteps, riskFormula, riskLevels } from "./risk-formula";
import { levelOf, type RiskFacts, scoreRisk } from "./score";

const now = new Date("2026-11-21T12:00:00.000Z");
const day = 86_400_000;
const facts = (some: Partial<RiskFacts> = {}): RiskFacts => ({
  type: "ipv4",
  stated: "medium",
  reputation: 60,
  sourcesCount: 1,
  lastSeen: now,
  threatType: null,
  malwareFamily: null,
  warnings: [],
  withdrawn: false,
  ...some,
});
const anyFacts = fc.record({
  type: fc.constantFrom(...iocTypes),
  stated: fc.constantFrom(...confidences),
  reputation: fc.integer({ min: 0, max: 100 }),
  sourcesCount: fc.integer({ min: 1, max: 100 }),
  lastSeen: fc.date({ noInvalidDate: true }),
  threatType: fc.option(fc.oneof(fc.string(), fc.constantFrom("c2", "ransomware", "phishing", "tor-exit-node"))),
  malwareFamily: fc.option(fc.string()),
  warnings: fc.array(fc.string(), { maxLength: 2 }),
  withdrawn: fc.boolean(),
});

describe("scoreRisk", () => {
  it.each([
    ["medium, common feed, now", {}, 52, "medium", "medium"],
    ["a C2 server of a good feed", { stated: "high", reputation: 90, threatType: "botnet_cc" }, 80, "high", "high"],
    [
      "the same in three feeds, family named",
      { stated: "high", reputation: 90, sourcesCount: 3, threatType: "c2", malwareFamily: "Emotet" },
      95,
      "critical",
      "high",
    ],
    [
      "everything at once",
      { stated: "high", reputation: 100, sourcesCount: 9, threatType: "ransomware", malwareFamily: "x" },
      100,
      "critical",
      "high",
    ],
    ["a Tor exit", { stated: "low", reputation: 75, threatType: "tor-exit-node" }, 39, "low", "low"],
    [
      "on a warninglist",
      { stated: "high", reputation: 90, threatType: "botnet_cc", warnings: ["Resolvers"] },
      24,
      "low",
      "low",
    ],
    [
      "withdrawn",
      { stated: "high", reputation: 90, threatType: "c2", lastSeen: new Date(0), withdrawn: true },
      30,
      "low",
      "high",
    ],
    ["medium in three feeds", { sourcesCount: 3 }, 62, "medium", "high"],
    ["low in three feeds", { stated: "low", reputation: 45, sourcesCount: 3 }, 49, "medium", "medium"],
    ["high in a feed that nobody trusts", { stated: "high", reputation: 20 }, 55, "medium", "medium"],
  ] as const)("%s", (_, some, score, level, confidence) => {
    expect(scoreRisk(facts(some), now)).toMatchObject({ score, level, confidence });
  });

  it("is the sum of its factors, none over its most, from 0 to 100", () => {
    fc.assert(
      fc.property(anyFacts, (input) => {
        const { score, level, factors } = scoreRisk(input, now);
        expect(factors.reduce((sum, { weight }) => sum + weight, 0)).toBe(score);
        for (const { weight, most } of factors) expect(Number.isInteger(weight) && weight <= most).toBe(true);
        const lowering = factors.filter(({ weight }) => weight < 0).map(({ name }) => name);
        expect(["warninglists", "withdrawn"]).toEqual(expect.arrayContaining(lowering));
        expect(score >= 0 && score <= 100 && level === levelOf(score)).toBe(true);
        expect(new Set(factors.map(({ name }) => name)).size).toBe(factors.length);
      }),
    );
  });

  it("can reach 100 and not more", () => {
    const most = scoreRisk(facts(), now).factors.reduce((sum, factor) => sum + factor.most, 0);
    expect(most).toBe(100);
  });

  it("is never more than low on a warninglist, however sure the sources are", () => {
    fc.assert(
      fc.property(anyFacts, (input) => {
        expect(scoreRisk({ ...input, warnings: ["Top domains"] }, now)).toMatchObject({
          level: "low",
          confidence: "low",
        });
      }),
    );
  });

  it("never rises as time passes, nor falls with a better source, another source or a surer one", () => {
    const hours = fc.nat(30_000);
    fc.assert(
      fc.property(anyFacts, hours, hours, (input, a, b) => {
        const base = { ...input, lastSeen: now };
        const at = (later: number) => scoreRisk(base, new Date(now.getTime() + later * 3_600_000)).score;
        expect(at(Math.max(a, b))).toBeLessThanOrEqual(at(Math.min(a, b)));
        const { score } = scoreRisk(base, now);
        const better = { ...base, reputation: Math.min(100, base.reputation + 20) };
        expect(scoreRisk(better, now).score).toBeGreaterThanOrEqual(score);
        expect(scoreRisk({ ...base, sourcesCount: base.sourcesCount + 1 }, now).score).toBeGreaterThanOrEqual(score);
        expect(scoreRisk({ ...base, stated: "high" }, now).score).toBeGreaterThanOrEqual(score);
      }),
    );
  });

  it("lets an address go stale faster than a hash", () => {
    const seen = (type: RiskFacts["type"], days: number) =>
      scoreRisk(facts({ type }), new Date(now.getTime() + days * day)).factors.find(({ name }) => name === "recency")
        ?.weight;
    expect([seen("ipv4", 20), seen("sha256", 20)]).toEqual([5, 20]);
    expect([seen("ipv4", 40), seen("sha256", 40)]).toEqual([0, 15]);
  });
});

describe("the figures", () => {
  it("stand in the order in which they are read", () => {
    const falls = (numbers: number[]) => expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    falls(riskFormula.reputation.map(({ atLeast }) => atLeast));
    falls(riskFormula.corroboration.map(({ atLeast }) => atLeast));
    falls(riskFormula.threat.map(({ points }) => points));
    falls(riskLevels.map(({ from }) => from));
    falls(confidenceLevels.map(({ from }) => from));
    for (const steps of Object.values(recencySteps)) {
      falls(steps.map(({ points }) => points));
      falls(steps.map(({ withinDays }) => -(withinDays ?? Number.POSITIVE_INFINITY)));
    }
  });
});
