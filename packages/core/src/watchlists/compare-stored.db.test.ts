import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { compareStored } from "./compare-stored";
import { LostLease, openLease } from "./lease";
import { getWatchlist } from "./list-watchlists";
import { matchChanges } from "./match-changes";
import type { WatchlistCall } from "./require-watchlist";
import { add, create, found, freshAdmin, ingestAndPublish } from "./testing";
import { updateWatchlist } from "./update-watchlist";

let db: Db;
let ctx: Context;
let owner: WatchlistCall;

beforeAll(async () => {
  db = await testDb();
  let time = Date.parse("2026-11-21T12:00:00.000Z");
  ctx = testContext(db, { now: () => new Date(time++) });
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await freshAdmin(ctx);
});

/** A minute goes by, of which the clock has to show something: leases are told apart by their ends, in milliseconds. */
const endLease = async () => {
  await ctx.sql.query("UPDATE watchlist_progress SET comparing = now() - interval '1 second'");
  await ctx.sql.query("SELECT pg_sleep(0.002)");
};
const comparing = async (id: string) => (await getWatchlist(owner, { watchlistId: id })).data.entries.comparing;

/** Something else happens when what is stored has been read. */
function whileWalking(work: () => Promise<unknown>): Pick<Context, "sql" | "now"> {
  const query: Context["sql"]["query"] = async (text, values) => {
    const rows = await ctx.sql.query(text, values);
    if (/FROM ioc\s+WHERE withdrawn_at IS NULL/.test(text)) await work();
    return rows as never;
  };
  return { now: ctx.now, sql: { ...ctx.sql, query } };
}

it("a process whose lease ended leaves that of the one after it alone", async () => {
  const id = await create(owner);
  expect(await openLease(ctx)).toBeNull();
  await add(owner, id, "example.org");
  const slow = await openLease(ctx);
  expect(await openLease(ctx)).toBeNull();
  await slow?.extend();
  await endLease();
  const next = await openLease(ctx);
  await expect(slow?.extend()).rejects.toThrow(LostLease);
  await slow?.end();
  expect(await openLease(ctx)).toBeNull();
  await next?.extend();
  await next?.end();
  expect(await openLease(ctx)).not.toBeNull();
});

it("what one process found after another took over is left to that one", async () => {
  const id = await create(owner);
  await ingestAndPublish(ctx, [{ value: "a.example.org" }]);
  await add(owner, id, "example.org");
  let other: Awaited<ReturnType<typeof openLease>> = null;
  const slow = whileWalking(async () => {
    await endLease();
    other = await openLease(ctx);
  });
  expect(await compareStored(slow)).toBe(0);
  expect([await found(owner, id), await comparing(id)]).toEqual([[], 1]);
  await endLease();
  expect([other !== null, await compareStored(ctx)]).toEqual([true, 1]);
  expect(await found(owner, id)).toHaveLength(1);
});

it("what came while a list was off is found, though the list was off and on in the middle of a walk", async () => {
  const id = await create(owner);
  await add(owner, id, "example.org");
  const during = whileWalking(async () => {
    await updateWatchlist(owner, { watchlistId: id, enabled: false });
    await ingestAndPublish(ctx, [{ value: "a.example.org" }]);
    await matchChanges(ctx);
    await updateWatchlist(owner, { watchlistId: id, enabled: true });
  });
  await compareStored(during);
  expect([await found(owner, id), await comparing(id)]).toEqual([[], 1]);
  await compareStored(ctx);
  expect([await found(owner, id), await comparing(id)]).toEqual([[["a.example.org", "example.org", "subdomain"]], 0]);
});
