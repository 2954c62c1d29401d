import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confidences, iocTypes } from "../values";
import { confidenceLevels, recencySteps, riskFormula, riskLevels } from "./risk-formula";
import { levelOf, type RiskFacts, scoreRisk } from "./score";

const now = new Date("2026-11-21T12:00:00.000Z");
const day = 86_400_000;
const facts = (some: Partial<RiskFacts> = {}): RiskFacts => ({
  type: "ipv4",
  value: "192.0.2.7",
  stated: "medium",
  certainty: null,
  reputation: 60,
  independentSources: 1,
  active: null,
  company: 0,
  firstSeen: now,
  lastSeen: now,
  threatType: null,
  malwareFamily: null,
  warnings: [],
  withdrawn: false,
  ...some,
});
const anyFacts = fc.record({
  type: fc.constantFrom(...iocTypes),
  value: fc.oneof(
    fc.string(),
    fc.constantFrom("http://192.0.2.7:8080/x", "a.example", "login-4711-x.example", "192.0.2.0/24"),
  ),
  stated: fc.constantFrom(...confidences),
  certainty: fc.option(fc.integer({ min: 0, max: 100 })),
  reputation: fc.integer({ min: 0, max: 100 }),
  independentSources: fc.integer({ min: 1, max: 100 }),
  active: fc.option(fc.boolean()),
  company: fc.integer({ min: 0, max: 9 }),
  firstSeen: fc.constant(new Date(0)),
  lastSeen: fc.date({ noInvalidDate: true }),
  threatType: fc.option(fc.oneof(fc.string(), fc.constantFrom("c2", "ransomware", "phishing", "tor-exit-node"))),
  malwareFamily: fc.option(fc.string()),
  warnings: fc.array(fc.string(), { maxLength: 2 }),
  withdrawn: fc.boolean(),
});

describe("scoreRisk", () => {
  it.each([
    ["medium, common feed, now", {}, 57, "medium", "medium"],
    ["a C2 server of a good feed", { stated: "high", reputation: 90, threatType: "botnet_cc" }, 76, "high", "high"],
    [
      "the same, which answers, among others of its network",
      { stated: "high", reputation: 90, threatType: "botnet_cc", active: true, company: 5, malwareFamily: "Emotet" },
      83,
      "high",
      "high",
    ],
    [
      "the same in three feeds, family named",
      { stated: "high", reputation: 90, independentSources: 3, threatType: "c2", malwareFamily: "Emotet" },
      86,
      "critical",
      "high",
    ],
    [
      "everything at once",
      {
        type: "url",
        value: "http://192.0.2.7:8080/x",
        stated: "high",
        certainty: 100,
        reputation: 100,
        independentSources: 9,
        threatType: "ransomware",
        malwareFamily: "x",
        active: true,
        company: 9,
      },
      100,
      "critical",
      "high",
    ],
    ["a Tor exit", { stated: "low", reputation: 75, threatType: "tor-exit-node" }, 47, "medium", "low"],
    [
      "on a warninglist",
      { stated: "high", reputation: 90, threatType: "botnet_cc", warnings: ["Resolvers"] },
      22,
      "low",
      "low",
    ],
    [
      "withdrawn",
      {
        stated: "high",
        reputation: 90,
        threatType: "c2",
        lastSeen: new Date(0),
        firstSeen: new Date(0),
        withdrawn: true,
      },
      28,
      "low",
      "high",
    ],
    ["medium in three feeds", { independentSources: 3 }, 65, "high", "high"],
    ["low in three feeds", { stated: "low", reputation: 45, independentSources: 3 }, 55, "medium", "medium"],
    ["high in a feed that nobody trusts", { stated: "high", reputation: 20 }, 60, "medium", "medium"],
    ["a row of which its source is not so sure", { stated: "high", certainty: 75, reputation: 90 }, 67, "high", "high"],
    ["one that did not answer", { active: false }, 55, "medium", "medium"],
  ] as const)("%s", (_, some, score, level, confidence) => {
    expect(scoreRisk(facts(some), now)).toMatchObject({ score, level, confidence });
  });

  it.each([
    ["url", "http://192.0.2.7/x", 10],
    ["url", "https://192.0.2.7:8443/", 10],
    ["url", "https://192.0.2.7.example/", 10],
    ["url", "https://secure-login-4.example/", 10],
    ["url", "https://a.b.c.example/", 10],
    ["url", "https://plain.example/4711-1-2/", 0],
    ["url", "https://plain.example:8443/", 0],
    ["url", "https://shop2.example/", 6],
    ["domain", "plain.example", 0],
    ["domain", "a-b.example", 6],
    ["domain", "x7k2q9.example", 10],
    ["ipv4", "192.0.2.7", 6],
    ["ipv4", "192.0.2.0/24", 3],
    ["sha256", "0".repeat(64), 6],
    ["cve", "CVE-2026-12345", 4],
  ] as const)("weighs what a value is like: %s %s", (type, value, points) => {
    expect(scoreRisk(facts({ type, value }), now).factors.find(({ name }) => name === "value")?.weight).toBe(points);
  });

  it("says of each factor why", () => {
    const some = { certainty: 65, active: true, company: 2, firstSeen: new Date(now.getTime() - 40 * day) };
    const why = new Map(scoreRisk(facts(some), now).factors.map((factor) => [factor.name, factor.why]));
    expect(Object.fromEntries(why)).toEqual({
      confidence: "reported with a confidence of 65 of 100",
      reputation: "the best source's reputation is 60 of 100",
      corroboration: "1 independent source",
      recency: "last seen within a day",
      age: "first seen 40 days before it was last seen",
      threat: "no particular kind",
      family: "no malware family named",
      activity: "it answered when a source last looked",
      company: "a source lists 2 others of its network beside it",
      value: "one address",
    });
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
        const surer = { ...base, certainty: 100, active: true, company: base.company + 1 };
        expect(scoreRisk(surer, now).score).toBeGreaterThanOrEqual(score);
        const better = { ...base, reputation: Math.min(100, base.reputation + 20) };
        expect(scoreRisk(better, now).score).toBeGreaterThanOrEqual(score);
        expect(
          scoreRisk({ ...base, independentSources: base.independentSources + 1 }, now).score,
        ).toBeGreaterThanOrEqual(score);
        expect(
          scoreRisk({ ...base, certainty: base.certainty === null ? null : 100, stated: "high" }, now).score,
        ).toBeGreaterThanOrEqual(score);
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
    falls(riskFormula.confidence.map(({ atLeast }) => atLeast));
    falls(riskFormula.company.map(({ atLeast }) => atLeast));
    falls(riskFormula.age.map(({ withinDays }) => -withinDays));
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
