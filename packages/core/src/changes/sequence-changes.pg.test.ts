import { setTimeout as sleep } from "node:timers/promises";
import { createDb, type Db } from "@tocsin/db";
import { testDatabaseUrl } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "../context";
import { ingestIocs } from "../iocs";
import { type PageQuery, pageObjects } from "../taxii";
import { testContext } from "../testing";
import { kinds } from "../values";
import { sequenceChanges } from "./sequence-changes";

const feed = { id: "test", name: "Test", category: "threat-feed", confidence: "high", tlp: "clear" } as const;
const start = "2000-01-01T00:00:00.000000Z";
const writers = 6;
const rounds = 12;

let db: Db;
let drop: () => Promise<void>;
let ctx: Context;

beforeAll(async () => {
  const database = await testDatabaseUrl();
  drop = database.drop;
  db = await createDb({ url: database.url, connections: writers + 6, idleTransactionMs: 60_000 });
  ctx = testContext(db, { now: () => new Date() });
});
afterAll(async () => {
  await db.close();
  await drop();
});

/** Transactions that begin together and commit in any order: some values are their own, some are everybody's. */
async function write(writer: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await db.sql.begin(async (tx) => {
      const now = new Date();
      const values = [`w${writer}r${round}.malware.example`, `198.51.100.${(writer * rounds + round) % 250}`];
      if (round % 3 === 0) values.push(`shared${round % 2}.malware.example`);
      await ingestIocs(
        { sql: { ...ctx.sql, query: tx.query }, now: () => now },
        { feed, observations: values.map((value) => ({ value, lastSeen: now })), pulledAt: now },
      );
      await sleep((writer * 37 + round * 53) % 150);
    });
  }
}

const writeAll = () => Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));

/** What a sweep does, now and then: some are withdrawn; what is everybody's comes back by being listed again. */
async function withdraw(until: () => boolean): Promise<void> {
  for (; !until(); await sleep(40)) await withdrawSome({ shared: 0.5, others: 0.1 });
}

async function withdrawSome(chance: { shared: number; others: number }): Promise<void> {
  await db.sql.query(
    `WITH chosen AS (
       SELECT id FROM ioc WHERE withdrawn_at IS NULL
         AND random() < CASE WHEN value LIKE 'shared%' THEN $1::float8 ELSE $2::float8 END ORDER BY id FOR UPDATE
     ), changed AS (
       UPDATE ioc SET withdrawn_at = clock_timestamp(), valid_until = first_seen,
         updated_at = GREATEST(updated_at + interval '1 millisecond', clock_timestamp())
       FROM chosen WHERE ioc.id = chosen.id RETURNING ioc.id
     )
     INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`,
    [chance.shared, chance.others],
  );
}

/** What is withdrawn is listed again, and what is everybody's for certain: on a slow machine chance may have brought none. */
async function comeBack(): Promise<void> {
  await withdrawSome({ shared: 1, others: 0 });
  while ((await db.sql.query("SELECT FROM ioc_change LIMIT 1")).length > 0) await sleep(5);
  await writeAll();
}

async function sequence(until: () => boolean): Promise<void> {
  for (let calm = false; !calm; ) {
    const ended = until();
    const { taken } = await sequenceChanges(ctx, { batch: 7 });
    calm = ended && taken === 0;
    if (taken === 0) await sleep(5);
  }
}

/** Everything that a client meets: page after page, then again from where it was. */
async function poll(query: Pick<PageQuery, "kinds">, limit: number, until: () => boolean): Promise<string[]> {
  const seen: string[] = [];
  let after = start;
  for (let calm = false; !calm; ) {
    const ended = until();
    const { items, more } = await pageObjects(ctx, { ...query, after, ids: null, versions: null, limit });
    seen.push(...items.map(({ id, modified, record }) => `${id} ${modified.toISOString()} ${JSON.stringify(record)}`));
    after = items.at(-1)?.dateAdded ?? after;
    expect(items.length > 0 || !more).toBe(true);
    calm = ended && items.length === 0;
    if (!more) await sleep(3);
  }
  return seen;
}

it("misses and repeats nothing while transactions commit in any order", async () => {
  let written = false;
  let sequenced = false;
  const sequencers = Promise.all([sequence(() => written), sequence(() => written)]).then(() => {
    sequenced = true;
  });
  const pollers = Promise.all([
    poll({ kinds: null }, 3, () => sequenced),
    poll({ kinds: null }, 1_000, () => sequenced),
    poll({ kinds: [kinds.address, kinds.web] }, 5, () => sequenced),
  ]);
  let swept = false;
  const sweeping = withdraw(() => swept);
  await writeAll();
  swept = true;
  await sweeping;
  await comeBack();
  written = true;
  await sequencers;
  const seen = await pollers;
  const last = await pageObjects(ctx, { kinds: null, after: start, ids: null, versions: null, limit: 10_000 });
  const held = last.items.map(
    ({ id, modified, record }) => `${id} ${modified.toISOString()} ${JSON.stringify(record)}`,
  );
  const [{ n = -1 } = {}] = await db.sql.query<{ n: number }>("SELECT count(*) AS n FROM publication");
  expect(held).toHaveLength(n);
  expect(held.length).toBeGreaterThan(writers * rounds);
  expect(held.filter((text) => text.includes('"generation":1')).length).toBeGreaterThan(0);
  for (const poller of seen) {
    const versions = poller.map((text) => text.split(" ", 2).join(" "));
    expect(versions.length - new Set(versions).size).toBe(0);
    expect(held.filter((text) => !poller.includes(text))).toEqual([]);
  }
});

it("lets one of two take a batch", async () => {
  await db.sql.query("INSERT INTO ioc_change (ioc_id) SELECT gen_random_uuid() FROM generate_series(1, 20000)");
  const takes = await Promise.all([1, 2, 3].map(() => sequenceChanges(ctx, { batch: 20_000 })));
  expect(takes.map(({ taken }) => taken).sort((a, b) => a - b)).toEqual([0, 0, 20_000]);
});
