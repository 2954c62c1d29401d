import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "../context";
import { ingestIocs } from "../iocs";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { acknowledgeMatches } from "./acknowledge-matches";
import { addEntries } from "./add-entries";
import { compareStored } from "./compare-stored";
import { createWatchlist } from "./create-watchlist";
import { matchChanges } from "./match-changes";
import { notifyMatches } from "./notify-matches";
import { removeEntries } from "./remove-entries";
import type { WatchlistCall } from "./require-watchlist";
import { addEntriesInput, createWatchlistInput } from "./shape";
import { publish, testFeed } from "./testing";

let db: Db;
let ctx: Context;
let owner: WatchlistCall;

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
  owner = await testWorkspace(ctx);
  await ctx.db.feed.create({ data: { id: "test", name: "Test feed", category: "threat-feed" } });
});
afterAll(() => db.close());

const create = async () => (await createWatchlist(owner, createWatchlistInput.parse({ name: "Ours" }))).data.id;
const add = (watchlistId: string, text: string) => addEntries(owner, addEntriesInput.parse({ watchlistId, text }));
const ingest = (values: string[]) =>
  ingestIocs(ctx, { feed: testFeed, observations: values.map((value) => ({ value })), pulledAt: ctx.now() });

it("matches each IOC once, with many consumers, writers that commit out of order and entries that come and go", async () => {
  const id = await create();
  await add(id, "192.0.2.0/24\nexample.org\n2001:db8::/32");
  let open = true;
  const until = async (work: () => Promise<unknown>) => {
    while (open) await work();
  };
  const consumers = [1, 2, 3].map(() => until(() => matchChanges(ctx)));
  const others = [
    until(() => publish(ctx)),
    until(() => compareStored(ctx)),
    until(() => notifyMatches(ctx, { email: false })),
    until(() => acknowledgeMatches(owner, { watchlistId: id, acknowledged: true })),
    until(() => acknowledgeMatches(owner, { watchlistId: id, acknowledged: false })),
  ];
  const expected = new Set<string>();
  const writers = [1, 2, 3, 4].map(async (writer) => {
    for (let round = 0; round < 8; round++) {
      const values = Array.from({ length: 12 }, (_, index) => `w${writer}r${round}n${index}.example.org`);
      for (const value of values) expected.add(value);
      // The longer a transaction is, the later it commits, whenever it began.
      await ctx.sql.begin(async ({ query }) => {
        const slow = { ...ctx, sql: { ...ctx.sql, query } };
        await ingestIocs(slow, {
          feed: testFeed,
          observations: values.map((value) => ({ value })),
          pulledAt: ctx.now(),
        });
        await query("SELECT pg_sleep($1::float8)", [((writer * 17 + round * 31) % 60) / 1_000]);
      });
      const temporary = await add(id, `198.51.100.${writer * 10 + round}`);
      if (round % 2) await ingest([`198.51.100.${writer * 10 + round}`]);
      const ids = await entryIds(id, temporary.data[0]?.value ?? "");
      await removeEntries(owner, { watchlistId: id, ids });
    }
  });
  await Promise.all(writers);
  for (let quiet = 0; quiet < 3; ) {
    await publish(ctx);
    await compareStored(ctx);
    quiet = (await isDone()) ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  open = false;
  await Promise.all([...consumers, ...others]);
  const rows = await ctx.sql.query<{ value: string; n: number }>(
    `SELECT ioc.value, count(*) AS n FROM watchlist_match m JOIN ioc ON ioc.id = m.subject_id
     JOIN watchlist_entry e ON e.id = m.entry_id WHERE e.value = 'example.org' GROUP BY 1`,
  );
  expect(new Set(rows.map(({ value }) => value))).toEqual(expected);
  expect(rows.every(({ n }) => Number(n) === 1)).toBe(true);
});

async function entryIds(watchlistId: string, value: string): Promise<string[]> {
  const rows = await ctx.sql.query<{ id: string }>(
    "SELECT id FROM watchlist_entry WHERE watchlist_id = $1::uuid AND value = $2",
    [watchlistId, value],
  );
  return rows.map(({ id }) => id);
}

async function isDone(): Promise<boolean> {
  const [row] = await ctx.sql.query<{ done: boolean }>(
    `SELECT NOT EXISTS (SELECT 1 FROM ioc_change)
       AND NOT EXISTS (SELECT 1 FROM watchlist_change) AS done`,
  );
  return row?.done ?? false;
}

it("an entry and an IOC that are committed at the same time find each other", async () => {
  for (let round = 0; round < 20; round++) {
    const id = await create();
    const value = `203.0.113.${round}`;
    const told = [ingest([value]).then(() => publish(ctx)), add(id, value), matchChanges(ctx), compareStored(ctx)];
    await Promise.all(told);
    await publish(ctx);
    await matchChanges(ctx);
    await compareStored(ctx);
    const found = await ctx.sql.query("SELECT 1 FROM watchlist_match WHERE watchlist_id = $1::uuid", [id]);
    expect(found, `round ${round}`).toHaveLength(1);
    await ctx.sql.query("DELETE FROM watchlist WHERE id = $1::uuid", [id]);
  }
});
