import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testContext } from "../testing";
import { ageIocs } from "./age-iocs";
import type { FeedStanding } from "./forget-feeds";
import { ingestIocs } from "./ingest-iocs";
import { judgeFeeds } from "./judge-feeds";
import type { FeedFacts } from "./record";
import { decideRecord, recordSteps } from "./reputation";
import { rescoreIocs } from "./rescore-iocs";

const start = Date.parse("2026-11-21T12:00:00.000Z");
const day = 86_400_000;
const facts = (id: string): FeedFacts => ({
  ...{ id, name: id, category: "threat-feed", confidence: "medium", tlp: "clear", reputation: 60 },
});
const feeds: FeedStanding[] = [
  { id: "alpha", tlp: "clear", reputation: 60, kin: ["mirror"] },
  { id: "beta", tlp: "clear", reputation: 60 },
  { id: "mirror", tlp: "clear", reputation: 60, kin: ["alpha"] },
];

let db: Db;
let clock = start;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  clock = start;
  await db.sql.query("TRUNCATE ioc, sighting, ioc_change, publication, feed, score_marking CASCADE");
  await db.sql.query(
    "INSERT INTO feed (id, name, category) SELECT id, id, 'threat-feed' FROM unnest($1::text[]) AS id",
    [feeds.map(({ id }) => id)],
  );
});

const ctx = () => testContext(db, { now: () => new Date(clock) });
const ingest = (id: string, values: readonly string[], warningsOf?: () => readonly string[]) =>
  ingestIocs(ctx(), {
    ...{ feed: facts(id), observations: values.map((value) => ({ value })), pulledAt: new Date(clock) },
    ...(warningsOf ? { warningsOf } : {}),
  });
const rows = () =>
  db.sql.query<Record<string, unknown>>(
    "SELECT value, risk_score, reputation, independent_sources, updated_at FROM ioc ORDER BY value",
  );
const queued = async () => (await db.sql.query("DELETE FROM ioc_change RETURNING seq")).length;
async function rescore(standings = feeds): Promise<{ changed: number; batches: number }> {
  const sum = { changed: 0, batches: 0 };
  for (;;) {
    const { changed, done } = await rescoreIocs(ctx(), { feeds: standings, batch: 2 });
    sum.changed += changed;
    sum.batches += 1;
    if (done) return sum;
  }
}
const names = (count: number, word: string) => Array.from({ length: count }, (_, n) => `${word}${n}.example`);

describe("rescoreIocs", () => {
  it("brings what an earlier formula left to the present one, a batch at a time, and publishes only that, once", async () => {
    await ingest("alpha", names(5, "a"));
    const scored = await rows();
    await queued();
    // As rows are that were scored before there were these figures.
    await db.sql.query(
      "UPDATE ioc SET risk_score = 1, independent_sources = NULL, certainty = NULL WHERE value IN ('a1.example', 'a3.example')",
    );
    clock += 1_000;
    expect(await rescore()).toEqual({ changed: 2, batches: 3 });
    expect(await queued()).toBe(2);
    expect((await rows()).map(({ value, updated_at }) => [value, (updated_at as Date).getTime() > start])).toEqual(
      names(5, "a").map((value) => [value, /[13]/.test(value)]),
    );
    expect((await rows()).map(({ updated_at: _, ...row }) => row)).toEqual(
      scored.map(({ updated_at: _, ...row }) => row),
    );
    // All is done, and another look finds nothing to do.
    expect(await rescoreIocs(ctx(), { feeds })).toEqual({ read: 0, changed: 0, done: true });
  });

  it("begins anew when a feed is trusted otherwise, and counts those that repeat each other once", async () => {
    await ingest("alpha", ["a.example", "b.example"]);
    await ingest("mirror", ["a.example"]);
    await ingest("beta", ["a.example"]);
    await rescore();
    expect(await rows()).toMatchObject([{ independent_sources: 2 }, { independent_sources: 1 }]);
    const [, alone] = await rows();
    await queued();
    await db.sql.query("UPDATE feed SET record = 10 WHERE id = 'alpha'");
    expect(await rescore()).toMatchObject({ changed: 2 });
    expect(await rows()).toMatchObject([
      { reputation: 70 },
      { reputation: 70, risk_score: Number(alone?.risk_score) + 2 },
    ]);
    await db.sql.query("UPDATE feed SET record = -15 WHERE id = 'alpha'");
    await rescore();
    expect(await rows()).toMatchObject([{ reputation: 60 }, { reputation: 45 }]);
    // A reputation that makes no difference to the score is no new version.
    await queued();
    await rescore(feeds.map((feed) => ({ ...feed, reputation: 61 })));
    expect([await queued(), (await rows())[0]?.reputation]).toEqual([0, 61]);
  });

  it("leaves what has ended as pollers were told of it", async () => {
    await ingest("alpha", ["192.0.2.1"]);
    clock += 40 * day;
    await db.sql.query("UPDATE feed SET enabled = false");
    expect(await ageIocs(ctx())).toMatchObject({ withdrawn: 1 });
    await queued();
    await db.sql.query("UPDATE feed SET record = 10");
    expect(await rescore()).toMatchObject({ changed: 0 });
    expect(await queued()).toBe(0);
  });
});

describe("judgeFeeds", () => {
  it("raises who is confirmed and lowers who lists what is harmless, once a day", async () => {
    const count = recordSteps.least;
    await ingest("alpha", names(count, "a"));
    await ingest("mirror", names(count, "a"));
    await ingest("beta", names(count / 2, "a"));
    await ingest("beta", names(count, "popular"), () => ["Top domains"]);
    expect(await judgeFeeds(ctx(), { feeds })).toEqual({ judged: 3 });
    const records = () => db.sql.query("SELECT id, record FROM feed ORDER BY id");
    expect(await records()).toEqual([
      { id: "alpha", record: 10 },
      { id: "beta", record: -5 },
      { id: "mirror", record: 10 },
    ]);
    await db.sql.query("UPDATE feed SET record = 0");
    expect(await judgeFeeds(ctx(), { feeds })).toEqual({ judged: 0 });
    clock += day;
    expect(await judgeFeeds(ctx(), { feeds })).toEqual({ judged: 3 });
  });

  it("does not take two feeds of one source for two", async () => {
    await ingest("alpha", names(60, "a"));
    await ingest("mirror", names(60, "a"));
    expect(await judgeFeeds(ctx(), { feeds })).toEqual({ judged: 0 });
  });
});

describe("decideRecord", () => {
  it.each([
    [{ listed: 1_000, confirmed: 0, harmless: 0 }, 0, 0],
    [{ listed: 1_000, confirmed: 400, harmless: 0 }, 0, 10],
    [{ listed: 1_000, confirmed: 150, harmless: 0 }, 0, 5],
    [{ listed: 1_000, confirmed: 0, harmless: 200 }, 0, -15],
    [{ listed: 1_000, confirmed: 150, harmless: 15 }, 10, 0],
    [{ listed: recordSteps.least - 1, confirmed: 40, harmless: 0 }, 0, 0],
    // Near an edge all stays as it is, on both of its sides.
    [{ listed: 1_000, confirmed: 95, harmless: 0 }, 5, 5],
    [{ listed: 1_000, confirmed: 105, harmless: 0 }, 0, 0],
    [{ listed: 1_000, confirmed: 70, harmless: 0 }, 5, 0],
  ])("%j with %i comes to %i", (figures, present, record) => {
    expect(decideRecord(figures, present)).toBe(record);
  });
});
