import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testContext } from "../testing";
import { ageIocs } from "./age-iocs";
import { foldTally } from "./fold-tally";
import { ingestIocs } from "./ingest-iocs";
import { purgeIocs } from "./purge-iocs";
import type { FeedFacts } from "./record";
import { retractRecords } from "./retract-records";
import { readTally } from "./tally";

const tallyFor = async (ctx: Parameters<typeof readTally>[0]) => (await readTally(ctx, undefined)).tally;

const start = Date.parse("2026-11-21T12:00:00.000Z");
const day = 86_400_000;
const feed: FeedFacts = {
  id: "alpha",
  name: "Alpha",
  category: "threat-feed",
  confidence: "low",
  tlp: "clear",
  lifetimeDays: { ipv4: 7 },
};

let db: Db;
let clock = start;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

const ctx = () => testContext(db, { now: () => new Date(clock) });

/** The same numbers for the same seed; TALLY_SEED tries another order of steps. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

type Counted = Record<string, unknown>;
const inOrder = (rows: readonly Counted[]) => rows.map((row) => JSON.stringify(row)).sort();

/** What a count of the whole table says. */
async function counted() {
  const facets = await db.sql.query<Counted>(
    `SELECT type, confidence, risk_score AS "riskScore", COALESCE(cardinality(warnings), 0) > 0 AS warned,
       withdrawn_at IS NOT NULL AS withdrawn, sources, categories, industries, count(*)::int AS n
     FROM ioc GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
  );
  const hours = await db.sql.query<Counted>(
    `SELECT floor(date_part('epoch', updated_at) / 3600)::int AS hour, COALESCE(cardinality(warnings), 0) > 0 AS warned,
       withdrawn_at IS NOT NULL AS withdrawn, count(*)::int AS n FROM ioc GROUP BY 1, 2, 3`,
  );
  return { facets: inOrder(facets), hours: inOrder(hours) };
}

async function kept() {
  const { facets, hours } = await tallyFor(ctx());
  return { facets: inOrder(facets.map(({ facet: _, ...rest }) => rest)), hours: inOrder(hours as readonly Counted[]) };
}

const ip = (n: number) => ({ value: `198.51.${n >> 8}.${n & 255}`, record: `indicator--${n}` });

it("is what a count of the whole table says, after merges, revocations, ageing, marks, purges and folds in any order", {
  timeout: 600_000,
}, async () => {
  const random = randomOf(Number(process.env.TALLY_SEED ?? 1));
  const steps = [
    () => {
      const from = random(300);
      const observations = Array.from({ length: 1 + random(200) }, (_, n) => ({
        ...ip(from + n),
        tags: [`tag${random(3)}`],
        industries: random(3) === 0 ? (["energy"] as const) : [],
      }));
      const id = `feed-${random(3)}`;
      return ingestIocs(ctx(), { feed: { ...feed, id }, observations, pulledAt: new Date(clock) });
    },
    () =>
      retractRecords(ctx(), {
        feedId: `feed-${random(3)}`,
        records: Array.from({ length: 50 }, () => `indicator--${random(500)}`),
      }),
    () => ageIocs(ctx(), { batch: 100 }),
    () => purgeIocs(ctx(), { days: 5, batch: 50 }),
    () =>
      db.sql.query(
        `UPDATE ioc SET warnings = CASE WHEN warnings = '{}' OR warnings IS NULL THEN '{known}'::text[] ELSE '{}'::text[] END,
           updated_at = updated_at + interval '1 second' WHERE right(id::text, 1) = $1::text`,
        [random(10).toString()],
      ),
    () => foldTally(ctx(), { batch: 1 + random(20) }),
    async () => {
      clock += random(3) * day + random(3_600_000);
    },
  ];
  for (let round = 0; round < 40; round++) {
    await steps[random(steps.length)]?.();
    // Some are read by a process that knows the state before, some after several changes.
    if (random(2) === 0) expect(await kept()).toEqual(await counted());
  }
  while ((await foldTally(ctx(), { batch: 30 })).full);
  expect(await kept()).toEqual(await counted());
  expect((await counted()).facets.length).toBeGreaterThan(0);
});

it("knows nothing of what was rolled back", async () => {
  const before = await kept();
  const failed = db.sql.begin(async (sql) => {
    await ingestIocs(
      { ...ctx(), sql: { ...db.sql, query: sql.query } },
      { feed, observations: [ip(9_000)], pulledAt: new Date(clock) },
    );
    throw new Error("killed");
  });
  await expect(failed).rejects.toThrow("killed");
  expect(await kept()).toEqual(before);
  expect(before).toEqual(await counted());
});

it("starts anew when the table is emptied, for whoever knew it before", async () => {
  await ingestIocs(ctx(), { feed, observations: [ip(1), ip(2)], pulledAt: new Date(clock) });
  await kept();
  await db.sql.query("TRUNCATE ioc, sighting");
  expect(await kept()).toEqual({ facets: [], hours: [] });
  await ingestIocs(ctx(), { feed, observations: [ip(3)], pulledAt: new Date(clock) });
  expect(await kept()).toEqual(await counted());
  expect((await tallyFor(ctx())).rows).toBe(1);
});

it("is read again only when something has changed", async () => {
  await ingestIocs(ctx(), { feed, observations: [ip(4)], pulledAt: new Date(clock) });
  const first = await tallyFor(ctx());
  expect(await tallyFor(ctx())).toBe(first);
  await ingestIocs(ctx(), { feed, observations: [ip(4)], pulledAt: new Date(clock) });
  expect(await tallyFor(ctx())).toBe(first);
  await foldTally(ctx());
  expect((await tallyFor(ctx())).rows).toBe(first.rows);
});
