import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { confidences, iocTypes } from "../values";
import { recencySteps, riskFormula } from "./risk-formula";
import { type RiskFacts, scoreRisk } from "./score";
import { confidenceSql, nextStepSql, type RiskColumns, riskScoreSql } from "./score-sql";

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

const now = new Date("2026-11-21T12:00:00.000Z");
const hour = 3_600_000;
const edges = Object.values(recencySteps).flatMap((steps) => steps.map(({ withinDays }) => (withinDays ?? 9_999) * 24));
const words = riskFormula.threat.flatMap((kind) => kind.words);
const anyFacts: fc.Arbitrary<RiskFacts> = fc.record({
  type: fc.constantFrom(...iocTypes),
  value: fc.oneof(
    fc.constantFrom(
      "192.0.2.7",
      "192.0.2.0/24",
      "http://192.0.2.7:8080/x",
      "http://192.0.2.7",
      "https://plain.example/4711-1-2/",
    ),
    fc
      .tuple(
        fc.constantFrom("", "http://", "https://"),
        fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom("a", "b", "4", "-", ".", ":", "/", "ä", "\\") }),
      )
      .map((parts) => parts.join("")),
  ),
  stated: fc.constantFrom(...confidences),
  certainty: fc.option(
    fc.oneof(
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom(...riskFormula.confidence.map(({ atLeast }) => atLeast)),
    ),
  ),
  active: fc.option(fc.boolean()),
  company: fc.integer({ min: 0, max: 9 }),
  // Of an earlier time than the last one only here and there: the span may as well be negative.
  firstSeen: fc.integer({ min: 0, max: 40_000 }).map((hours) => new Date(now.getTime() - hours * hour)),
  reputation: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(39, 40, 54, 55, 69, 70, 84, 85)),
  independentSources: fc.integer({ min: 1, max: 9 }),
  lastSeen: fc
    .tuple(fc.oneof(fc.integer({ min: 0, max: 30_000 }), fc.constantFrom(...edges)), fc.constantFrom(-1, 0, 1))
    .map(([hours, ms]) => new Date(now.getTime() - hours * hour + ms)),
  threatType: fc.option(
    fc.oneof(
      fc
        .tuple(fc.string({ maxLength: 3 }), fc.constantFrom(...words), fc.string({ maxLength: 3 }))
        .map((parts) => parts.join("")),
      // What LIKE would read as a pattern.
      fc.string({ maxLength: 12, unit: fc.constantFrom("%", "_", "\\", "c", "2", "'", "ä") }),
    ),
  ),
  malwareFamily: fc.option(fc.constantFrom("", "emotet")),
  warnings: fc.array(fc.constantFrom("Resolvers", "Top domains"), { maxLength: 2 }),
  withdrawn: fc.boolean(),
});

const columns: RiskColumns = {
  type: "t.type",
  stated: "t.stated",
  reputation: "t.reputation",
  independentSources: "t.sources",
  value: "t.value",
  certainty: "t.certainty",
  active: "t.active",
  company: "t.company",
  firstSeen: "t.first_seen::timestamptz",
  lastSeen: "t.last_seen::timestamptz",
  threatType: "t.threat",
  malwareFamily: "t.family",
  warnings: "string_to_array(t.warnings, ',')",
  withdrawn: "t.withdrawn",
  now: "$15::timestamptz",
};

it("gives the same score, confidence and next step in SQL and in TypeScript", async () => {
  const rows = fc.sample(anyFacts, 3_000);
  const scored = await db.sql.query<{ score: number; confidence: number; next: Date | null }>(
    `SELECT ${riskScoreSql(columns)} AS score, ${confidenceSql(columns)} AS confidence, ${nextStepSql(columns)} AS next
     FROM unnest($1::text[], $2::int2[], $3::int2[], $4::int2[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bool[],
       $10::text[], $11::int2[], $12::bool[], $13::int2[], $14::text[])
     WITH ORDINALITY AS t(type, stated, reputation, sources, last_seen, threat, family, warnings, withdrawn, value, certainty,
       active, company, first_seen, place)
     ORDER BY place`,
    [
      rows.map((row) => row.type),
      rows.map((row) => confidences.indexOf(row.stated) + 1),
      rows.map((row) => row.reputation),
      rows.map((row) => row.independentSources),
      rows.map((row) => row.lastSeen.toISOString()),
      rows.map((row) => row.threatType),
      rows.map((row) => row.malwareFamily),
      // No warnings come as an empty list and, where nothing is known, as null.
      rows.map((row, index) => (row.warnings.length === 0 && index % 2 === 0 ? null : row.warnings.join(","))),
      rows.map((row) => row.withdrawn),
      rows.map((row) => row.value),
      rows.map((row) => row.certainty),
      rows.map((row) => row.active),
      rows.map((row) => row.company),
      rows.map((row) => row.firstSeen.toISOString()),
      now.toISOString(),
    ],
  );
  const judged = rows.map((row) => scoreRisk(row, now));
  expect(scored.map(({ score, confidence }) => [score, confidence])).toEqual(
    judged.map(({ score, confidence }) => [score, confidences.indexOf(confidence) + 1]),
  );
  for (const [index, row] of rows.entries()) {
    const next = scored[index]?.next;
    const score = (at: number) => scoreRisk({ ...row, warnings: [], withdrawn: false }, new Date(at)).score;
    const today = score(now.getTime());
    // Nothing changes until the step, and something does right after it.
    if (next) {
      expect(next.getTime()).toBeGreaterThanOrEqual(now.getTime());
      expect([score(next.getTime()), score(next.getTime() + 1) < today]).toEqual([today, true]);
    } else expect(score(now.getTime() + 20_000 * 24 * hour)).toBe(today);
  }
});
