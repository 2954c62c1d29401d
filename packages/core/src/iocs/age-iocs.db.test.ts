import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testContext } from "../testing";
import { type Confidence, confidences, type IocType, type Observation } from "../values";
import { ageIocs } from "./age-iocs";
import { ingestIocs } from "./ingest-iocs";
import { lifetimeDays } from "./lifetime";
import { purgeIocs } from "./purge-iocs";
import type { FeedFacts } from "./record";
import { scoreRisk } from "./score";

const start = Date.parse("2026-11-21T12:00:00.000Z");
const day = 86_400_000;
const alpha: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "medium", tlp: "clear" };
const beta: FeedFacts = { ...alpha, id: "beta", name: "Beta", lifetimeDays: { ipv4: 7, domain: null } };

let db: Db;
let clock = start;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  clock = start;
  await db.sql.query("TRUNCATE ioc, sighting, ioc_change, publication, feed CASCADE");
});

const ctx = () => testContext(db, { now: () => new Date(clock) });
const ingest = (feed: FeedFacts, observations: Observation[], warningsOf?: () => readonly string[]) =>
  ingestIocs(ctx(), { feed, observations, pulledAt: new Date(clock), ...(warningsOf ? { warningsOf } : {}) });
async function age(): Promise<{ changed: number; withdrawn: number }> {
  const sum = { changed: 0, withdrawn: 0 };
  for (;;) {
    const { changed, withdrawn, full } = await ageIocs(ctx(), { batch: 3 });
    sum.changed += changed;
    sum.withdrawn += withdrawn;
    if (!full) return sum;
  }
}
const pass = (days: number) => {
  clock += days * day;
};
const rows = () => db.sql.query<Record<string, unknown>>("SELECT * FROM ioc ORDER BY value");
const row = async () => (await rows())[0];
const queued = async () => (await db.sql.query("DELETE FROM ioc_change RETURNING seq")).length;

describe("the score", () => {
  it("takes its steps with time, each a new version that is queued once", async () => {
    await ingest(alpha, [{ value: "198.51.100.7" }]);
    expect([(await row())?.risk_score, await queued()]).toEqual([57, 1]);
    pass(1);
    expect(await age()).toEqual({ changed: 0, withdrawn: 0 });
    pass(1.1);
    expect(await age()).toEqual({ changed: 1, withdrawn: 0 });
    expect(await row()).toMatchObject({ risk_score: 52, updated_at: new Date(clock), withdrawn_at: null });
    expect(await queued()).toBe(1);
    expect(await age()).toEqual({ changed: 0, withdrawn: 0 });
    // Two steps at once, after a long rest.
    pass(20);
    expect(await age()).toEqual({ changed: 1, withdrawn: 0 });
    expect((await row())?.risk_score).toBe(42);
  });

  it("is at any time what the formula says, and nothing is due that the formula leaves alone", async () => {
    const observation = fc.record({
      value: fc.constantFrom(
        "198.51.100.1",
        "198.51.100.2",
        "a.example",
        "http://b.example/x",
        "CVE-2026-12345",
        "T1566",
      ),
      confidence: fc.constantFrom(...confidences),
      lastSeen: fc.integer({ min: 0, max: 800 }).map((days) => new Date(start - days * day)),
      threatType: fc.constantFrom("c2", "phishing", "scanner"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(observation, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (observations, steps, warned) => {
          clock = start;
          await db.sql.query("TRUNCATE ioc, sighting, ioc_change");
          await ingest(alpha, observations, () => (warned ? ["Top domains"] : []));
          for (const hours of steps) {
            clock += hours * 3_600_000;
            await age();
            for (const held of await rows()) {
              const risk = scoreRisk(factsOf(held), new Date(clock));
              expect([held.risk_score, held.confidence]).toEqual([
                risk.score,
                confidences.indexOf(risk.confidence) + 1,
              ]);
              expect(held.withdrawn_at !== null).toBe(
                held.valid_until !== null && (held.valid_until as Date).getTime() < clock,
              );
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("an end", () => {
  it("comes when the lifetime is over since a source last listed the value, and never sooner", async () => {
    await ingest(alpha, [{ value: "198.51.100.7" }, { value: "a.example" }, { value: "CVE-2026-12345" }]);
    pass((lifetimeDays.ipv4 ?? 0) - 0.1);
    expect(await age()).toMatchObject({ withdrawn: 0 });
    pass(0.2);
    await queued();
    expect(await age()).toMatchObject({ withdrawn: 1 });
    // The domain took a step of its score meanwhile.
    expect(await queued()).toBe(2);
    expect(await rows()).toMatchObject([
      { type: "ipv4", withdrawn_at: new Date(clock), updated_at: new Date(clock), stale_at: null },
      { type: "cve", withdrawn_at: null },
      { type: "domain", withdrawn_at: null },
    ]);
    pass(10_000);
    expect(await age()).toMatchObject({ withdrawn: 1 });
    expect(await rows()).toMatchObject([{}, { type: "cve", valid_until: null, withdrawn_at: null }, {}]);
  });

  it("is the latest of its sources', whichever came first", async () => {
    await ingest(beta, [{ value: "198.51.100.7" }]);
    await ingest(alpha, [{ value: "198.51.100.7" }, { value: "a.example" }]);
    await ingest(beta, [{ value: "a.example" }]);
    pass(8);
    expect(await age()).toMatchObject({ withdrawn: 0 });
    pass(23);
    expect(await age()).toMatchObject({ withdrawn: 1 });
    pass(1_000);
    expect(await age()).toMatchObject({ withdrawn: 0 });
  });

  it("never comes while the value is listed, though the end moves on only now and then", async () => {
    const listed = [{ value: "198.51.100.7", lastSeen: new Date(start - 100 * day) }];
    await ingest(beta, listed);
    let moved = 0;
    let end = (await row())?.valid_until as Date;
    for (let pull = 0; pull < 60; pull++) {
      pass(0.5);
      await ingest(beta, listed);
      expect(await age()).toMatchObject({ withdrawn: 0 });
      const now = (await row())?.valid_until as Date;
      expect(now.getTime()).toBeGreaterThan(clock + 5 * day);
      if (now > end) moved++;
      end = now;
    }
    expect(moved).toBeLessThan(20);
    expect(await row()).toMatchObject({ generation: 0, withdrawn_at: null });
  });

  it("is taken back by a source that lists the value again: another generation", async () => {
    await ingest(alpha, [{ value: "198.51.100.7" }]);
    pass(31);
    await age();
    expect(await row()).toMatchObject({ generation: 0, withdrawn_at: new Date(clock) });
    pass(10);
    expect(await ingest(alpha, [{ value: "198.51.100.7" }])).toMatchObject({ iocsNew: 0, iocsChanged: 1 });
    expect(await row()).toMatchObject({
      generation: 1,
      withdrawn_at: null,
      created_at: new Date(clock),
      risk_score: 56,
    });
    expect(await ingest(alpha, [{ value: "198.51.100.7" }])).toMatchObject({ iocsChanged: 0 });
    pass(31);
    await age();
    await ingest(beta, [{ value: "198.51.100.7" }]);
    expect(await row()).toMatchObject({ generation: 2, withdrawn_at: null, sources: ["alpha", "beta"] });
  });

  it("waits for a feed that nobody could reach, but not for ever, and not for one that is paused or gone", async () => {
    const feed = { id: "alpha", name: "Alpha", category: "threat-feed" };
    await db.prisma.feed.create({ data: { ...feed, lastSuccessAt: new Date(clock) } });
    await ingest(alpha, [{ value: "198.51.100.7" }]);
    pass(40);
    expect(await age()).toMatchObject({ withdrawn: 0 });
    // It answers again, and does not list the value.
    await db.prisma.feed.update({ where: { id: "alpha" }, data: { lastSuccessAt: new Date(clock) } });
    pass(1.1);
    expect(await age()).toMatchObject({ withdrawn: 1 });

    await ingest(alpha, [{ value: "198.51.100.8" }]);
    pass(59);
    expect(await age()).toMatchObject({ withdrawn: 0 });
    pass(3);
    expect(await age()).toMatchObject({ withdrawn: 1 });

    await ingest(alpha, [{ value: "198.51.100.9" }]);
    await db.prisma.feed.update({ where: { id: "alpha" }, data: { enabled: false } });
    pass(31);
    expect(await age()).toMatchObject({ withdrawn: 1 });
  });
});

describe("what was withdrawn", () => {
  it("is deleted after its retention, with its sightings, once that is published", async () => {
    await ingest(alpha, [{ value: "198.51.100.7" }, { value: "198.51.100.8" }, { value: "a.example" }]);
    pass(31);
    await age();
    pass(364);
    expect(await purgeIocs(ctx(), { days: 365 })).toEqual({ purged: 0, full: false });
    const [, second] = await rows();
    await db.prisma.publication.create({
      data: {
        ...{ stixId: `${second?.id}`, iocId: `${second?.id}`, generation: 0, kind: 1 },
        ...{ dateAdded: new Date(clock), modified: new Date(clock) },
      },
    });
    pass(2);
    expect(await purgeIocs(ctx(), { days: 365, batch: 1 })).toEqual({ purged: 1, full: true });
    expect(await purgeIocs(ctx(), { days: 365, batch: 1 })).toEqual({ purged: 0, full: false });
    expect((await rows()).map(({ value }) => value)).toEqual(["198.51.100.8", "a.example"]);
    const left = await db.sql.query("SELECT 1 FROM sighting");
    expect(left).toHaveLength(2);
  });
});

function factsOf(held: Record<string, unknown>) {
  return {
    type: held.type as IocType,
    value: held.value as string,
    stated: confidences[(held.stated as number) - 1] as Confidence,
    certainty: held.certainty as number | null,
    reputation: held.reputation as number,
    independentSources: held.independent_sources as number,
    active: held.active as boolean | null,
    company: held.company as number,
    firstSeen: held.first_seen as Date,
    lastSeen: held.last_seen as Date,
    threatType: held.threat_type as string | null,
    malwareFamily: held.malware_family as string | null,
    warnings: (held.warnings ?? []) as string[],
    withdrawn: held.withdrawn_at !== null,
  };
}
