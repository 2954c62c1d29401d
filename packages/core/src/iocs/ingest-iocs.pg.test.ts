import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testContext } from "../testing";
import { ingestIocs } from "./ingest-iocs";
import type { FeedFacts } from "./record";

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

it("loses no source when many feeds merge the same values at once, whatever their order", async () => {
  const pulledAt = new Date("2026-11-21T12:00:00.000Z");
  const values = Array.from({ length: 1_500 }, (_, n) => ({ value: `h${1_000 + n}.example` }));
  const feeds = Array.from({ length: 6 }, (_, n): FeedFacts => {
    const category = n % 2 === 0 ? "threat-feed" : "community";
    return { id: `feed-${n}`, name: `Feed ${n}`, category, confidence: n === 3 ? "high" : "low", tlp: "clear" };
  });
  const ingests = feeds.flatMap((feed, n) => {
    const tagged = values.map((value) => ({ ...value, tags: [feed.id] }));
    const turned = n % 2 === 0 ? tagged : tagged.toReversed();
    return [turned.slice(0, 1_000), turned.slice(500)].map((observations) =>
      ingestIocs(testContext(db), { feed, observations, pulledAt }),
    );
  });
  const results = await Promise.all(ingests);
  const sum = (count: "iocsNew" | "sightingsNew") => results.reduce((total, result) => total + result[count], 0);
  expect(sum("iocsNew")).toBe(values.length);
  expect(sum("sightingsNew")).toBe(values.length * feeds.length);
  const [row] = await db.sql.query<Record<string, number>>(
    `SELECT count(*) AS rows, min(sources_count) AS least, min(cardinality(sources)) AS sources, min(cardinality(tags)) AS tags,
            min(cardinality(categories)) AS categories, min(confidence) AS confidence, count(DISTINCT risk_score) AS scores FROM ioc`,
  );
  expect(row).toEqual({
    rows: values.length,
    least: feeds.length,
    sources: feeds.length,
    tags: feeds.length,
    categories: 2,
    confidence: 3,
    scores: 1,
  });
});
