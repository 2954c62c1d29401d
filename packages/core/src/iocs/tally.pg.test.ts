import { createDb, type Db } from "@tocsin/db";
import { testDatabaseUrl } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testContext } from "../testing";
import { ageIocs } from "./age-iocs";
import { foldTally } from "./fold-tally";
import { ingestIocs } from "./ingest-iocs";
import type { FeedFacts } from "./record";
import { readTally } from "./tally";

const tallyFor = async (ctx: Parameters<typeof readTally>[0]) => (await readTally(ctx, undefined)).tally;

const start = Date.parse("2026-11-21T12:00:00.000Z");
const feed: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "low", tlp: "clear" };

let node: Db;
let other: Db;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await testDatabaseUrl();
  drop = database.drop;
  node = await createDb({ url: database.url });
  other = await createDb({ url: database.url, name: "tocsin-victim" });
});
afterAll(async () => {
  await node.close();
  await other.close();
  await drop();
});

const at = (db: Db, days: number) => testContext(db, { now: () => new Date(start + days * 86_400_000) });
const observations = (from: number) =>
  Array.from({ length: 200 }, (_, n) => ({ value: `203.0.${(from + n) >> 8}.${(from + n) & 255}` }));
const ingest = (db: Db, id: string, from: number, days: number) =>
  ingestIocs(at(db, days), {
    feed: { ...feed, id },
    observations: observations(from),
    pulledAt: new Date(start + days * 86_400_000),
  });

async function stored(): Promise<number> {
  const [row] = await node.sql.query<{ n: number }>("SELECT count(*)::int AS n FROM ioc WHERE withdrawn_at IS NULL");
  return row?.n ?? 0;
}
async function kept(db: Db): Promise<number> {
  const { facets } = await tallyFor(at(db, 0));
  return facets.reduce((sum, { n, withdrawn }) => sum + (withdrawn ? 0 : n), 0);
}

it("stays exact while two nodes merge, age and fold at once, and connections are killed amid that", {
  timeout: 600_000,
}, async () => {
  let done = false;
  let killed = 0;
  const killer = (async () => {
    while (!done) {
      const rows = await node.sql.query<{ gone: boolean }>(
        `SELECT pg_terminate_backend(pid) AS gone FROM pg_stat_activity
         WHERE application_name = 'tocsin-victim' AND state = 'active' AND query LIKE '%WITH input AS%' LIMIT 1`,
      );
      killed += rows.length;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const merges = async (db: Db, id: string) => {
    for (let round = 0; round < 6; round++) {
      // A killed connection takes its statement with it, and with it what that counted.
      await ingest(db, id, round * 90, round * 4).catch(() => {});
      await ageIocs(at(db, round * 4), { batch: 200 }).catch(() => {});
      await foldTally(at(db, 0), { batch: 50 }).catch(() => {});
    }
  };
  try {
    await Promise.all([merges(node, "alpha"), merges(node, "beta"), merges(other, "gamma"), merges(other, "alpha")]);
    // At least one dies.
    for (let tries = 0; killed === 0 && tries < 300; tries++)
      await ingest(other, `late-${tries}`, 2_000 + tries, 50).catch(() => {});
  } finally {
    done = true;
    await killer;
  }
  expect(killed).toBeGreaterThan(0);
  const exact = await stored();
  expect(exact).toBeGreaterThan(200);
  expect([await kept(node), await kept(other)]).toEqual([exact, exact]);
  while ((await foldTally(at(node, 0))).full);
  expect([await kept(node), await kept(other)]).toEqual([exact, exact]);
});
