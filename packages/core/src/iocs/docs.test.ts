import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { iocTypes } from "../values";
import { graceDays } from "./age-iocs";
import { lifetimeDays } from "./lifetime";
import { recordSteps } from "./reputation";
import { confidenceLevels, recencySteps, riskFormula, riskLevels } from "./risk-formula";
import { type RiskFacts, scoreRisk } from "./score";

const someFacts: RiskFacts = {
  type: "ipv4",
  value: "192.0.2.7",
  stated: "low",
  certainty: null,
  reputation: 0,
  independentSources: 1,
  active: null,
  company: 0,
  firstSeen: new Date(0),
  lastSeen: new Date(0),
  threatType: null,
  malwareFamily: null,
  warnings: [],
  withdrawn: false,
};

describe("docs/operations.md", () => {
  const text = fs.readFileSync(path.resolve(import.meta.dirname, "../../../../docs/operations.md"), "utf8");
  const part = (heading: string) => {
    const start = text.indexOf(`\n## ${heading}\n`);
    return text.slice(start, text.indexOf("\n## ", start + 1));
  };
  const rows = (of: string) =>
    of
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  const score = part("The risk score");
  const cells = new Map(rows(score).map(([name = "", ...rest]) => [name, rest]));

  it("gives the points of each factor", () => {
    const { certaintyOf, activity, keptOnWarninglist, keptWhenWithdrawn } = riskFormula;
    const steps = (table: readonly { atLeast: number; points: number }[]) =>
      table.map(({ atLeast, points }, index) => `${index === 0 ? "from " : ""}${atLeast}: ${points}`).join(", ");
    for (const name of ["confidence", "reputation", "corroboration", "company"] as const) {
      expect(cells.get(name)?.[0]).toContain(steps(riskFormula[name]));
    }
    const days = riskFormula.age.map(({ withinDays, points }) => `${withinDays}: ${points}`).join(", ");
    expect(cells.get("age")?.[0]).toContain(`up to ${days}`);
    expect(score).toContain(`low ${certaintyOf.low}, medium ${certaintyOf.medium}, high ${certaintyOf.high}`);
    expect(cells.get("family")?.[0]).toContain(`${riskFormula.family} when`);
    const { online, unknown, offline } = activity;
    expect(cells.get("activity")?.[0]).toContain(`online ${online}, unknown ${unknown}, offline ${offline}`);
    expect(cells.get("warninglists")?.[0]).toContain(`of 100 points ${keptOnWarninglist} stay`);
    expect(cells.get("withdrawn")?.[0]).toContain(`of 100 points ${keptWhenWithdrawn} stay`);
    const factors = scoreRisk(someFacts, new Date(0)).factors;
    for (const { name, most } of factors) expect([name, Number(cells.get(name)?.[1])]).toEqual([name, most]);
    expect(factors.reduce((sum, { most }) => sum + most, 0)).toBe(100);
  });

  it("gives the points of what a value is like, and what a record is worth", () => {
    for (const { look, points } of riskFormula.looks) expect(cells.get(look)).toEqual([`${points}`]);
    expect(cells.get("any other")).toEqual([`${riskFormula.otherLook}`]);
    const told = score.replace(/\s+/g, " ");
    const { least, confirmed, harmless } = recordSteps;
    expect(told).toContain(`at least ${least} indicators`);
    for (const { from, points } of [...confirmed, ...harmless]) {
      expect(told).toMatch(new RegExp(`${from * 100} %[^.]{0,60} by ${Math.abs(points)}`));
    }
  });

  it("gives the steps of recency of each type", () => {
    const table = rows(score).filter(([types = ""]) => types.split(", ").some((type) => type in recencySteps));
    const told = new Map(table.flatMap(([types = "", ...days]) => types.split(", ").map((type) => [type, days])));
    for (const type of iocTypes) {
      const steps = [20, 15, 10, 5].map((points) => {
        const step = recencySteps[type].find((each) => each.points === points);
        return step === undefined ? "" : `${step.withinDays ?? "for ever"}`;
      });
      expect([type, told.get(type)]).toEqual([type, steps]);
    }
  });

  it("gives the points and the words of each threat", () => {
    for (const { kind, points, words } of riskFormula.threat) {
      expect(cells.get(kind)).toEqual([`${points}`, words.join(", ")]);
    }
    expect(cells.get("anything else")?.[0]).toBe(`${riskFormula.otherThreat}`);
  });

  it("gives the levels of risk and of confidence", () => {
    const [critical, high, medium] = riskLevels;
    expect(score).toContain(`from ${medium.from} medium, from ${high.from} high, from ${critical.from} critical`);
    const [sure, fair] = confidenceLevels;
    expect(score.replace(/\s+/g, " ")).toContain(`high from ${sure.from}, medium from ${fair.from}, else low`);
  });

  it("gives the lifetime of each type", () => {
    const ageing = part("How IOCs age");
    const told = new Map(rows(ageing).flatMap(([types = "", days]) => types.split(", ").map((type) => [type, days])));
    for (const type of iocTypes) expect([type, told.get(type)]).toEqual([type, `${lifetimeDays[type] ?? "for ever"}`]);
    expect(ageing).toContain(`for ${graceDays} days past their end`);
  });
});
