import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { confidences } from "./observation";
import { riskScoreSql, scoreRisk } from "./score";

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

it("gives the same score in SQL and in TypeScript", async () => {
  const now = new Date("2026-11-21T12:00:00.000Z");
  const hours = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(0, 24, 168, 720, 2_160));
  const threat = fc.constantFrom(
    "c2",
    "botnet_cc",
    "ransomware",
    "malware_download",
    "phishing",
    "scanner",
    "ssh bruteforce",
    "",
  );
  const facts = fc.record({
    confidence: fc.constantFrom(...confidences),
    sourcesCount: fc.integer({ min: 1, max: 9 }),
    lastSeen: fc.tuple(hours, fc.constantFrom(-1, 0, 1)).map(([h, ms]) => new Date(now.getTime() - h * 3_600_000 + ms)),
    threatType: fc.option(
      fc.oneof(
        threat,
        fc.string({ maxLength: 12 }).filter((text) => !text.includes("\0")),
      ),
    ),
    malwareFamily: fc.option(fc.constantFrom("", "emotet")),
  });
  const rows = fc.sample(facts, 500);
  const score = riskScoreSql({
    confidence: "t.confidence",
    sourcesCount: "t.sources",
    lastSeen: "t.last_seen::timestamptz",
    threatType: "t.threat",
    malwareFamily: "t.family",
    now: "$6::timestamptz",
  });
  const scored = await db.sql.query<{ score: number }>(
    `SELECT ${score} AS score FROM unnest($1::int2[], $2::int2[], $3::text[], $4::text[], $5::text[])
     WITH ORDINALITY AS t(confidence, sources, last_seen, threat, family, place) ORDER BY place`,
    [
      rows.map((row) => confidences.indexOf(row.confidence) + 1),
      rows.map((row) => row.sourcesCount),
      rows.map((row) => row.lastSeen.toISOString()),
      rows.map((row) => row.threatType),
      rows.map((row) => row.malwareFamily),
      now.toISOString(),
    ],
  );
  expect(scored.map((row) => row.score)).toEqual(rows.map((row) => scoreRisk(row, now).score));
});
