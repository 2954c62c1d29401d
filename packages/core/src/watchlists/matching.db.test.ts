import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authenticated } from "../access";
import { type Context, noOrigin } from "../context";
import { testContext } from "../testing";
import { setSuspended, setSuspendedInput } from "../workspaces";
import { testWorkspace } from "../workspaces/testing";
import { compareStored } from "./compare-stored";
import { getWatchlist, listWatchlists } from "./list-watchlists";
import { matchChanges } from "./match-changes";
import { matchListShape } from "./match-shape";
import { notifyMatches } from "./notify-matches";
import type { WatchlistCall } from "./require-watchlist";
import { watchlistListShape } from "./shape";
import { add, create, found, freshAdmin, ingestAndPublish, matches, publish } from "./testing";
import { updateWatchlist } from "./update-watchlist";
import { keptADay } from "./write-matches";

let db: Db;
let ctx: Context;
let owner: WatchlistCall;
let time = new Date("2026-11-21T12:00:00.000Z");

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => time });
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await freshAdmin(ctx);
});

const withdraw = (value: string, gone: boolean) =>
  ctx.sql.query(
    `WITH changed AS (
       UPDATE ioc SET withdrawn_at = CASE WHEN $2::boolean THEN now() END, updated_at = updated_at + interval '1 second'
       WHERE value = $1 RETURNING id
     ) INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`,
    [value, gone],
  );

describe("matching", () => {
  it("finds what matches each kind, once, and notifies only of what is new", async () => {
    const id = await create(owner);
    await ingestAndPublish(ctx, [{ value: "192.0.2.9" }]);
    await matchChanges(ctx);
    await add(owner, id, "192.0.2.0/24\nterm: Example Stealer\nCVE-2026-12345");
    await add(owner, id, "example.org", { lookalikes: true });
    expect((await getWatchlist(owner, { watchlistId: id })).data.entries).toEqual({ total: 4, comparing: 4 });
    expect(await compareStored(ctx)).toBe(4);
    expect(await compareStored(ctx)).toBe(0);
    expect((await matches(owner, id)).data).toMatchObject([
      { held: true, reason: "inside", ioc: { value: "192.0.2.9" } },
    ]);
    expect(await notifyMatches(ctx, { email: false })).toBe(0);
    await ingestAndPublish(ctx, [
      { value: "192.0.2.9", tags: ["again"] },
      { value: "192.0.0.0/20" },
      { value: "http://192.0.2.77:8080/x" },
      { value: "198.51.100.1" },
      { value: "vpn.example.org" },
      { value: "https://example.org/a" },
      { value: "ceo@example.org" },
      { value: "exarnple.org" },
      { value: "notexample.org" },
      { value: "CVE-2026-12345" },
      { value: "c2.elsewhere.net", malwareFamily: "win.example_stealer" },
    ]);
    expect(await matchChanges(ctx)).toEqual({ changes: 11, matches: 8 });
    expect(await matchChanges(ctx)).toEqual({ changes: 0, matches: 0 });
    expect(await found(owner, id)).toEqual(
      [
        ["192.0.2.9", "192.0.2.0/24", "inside"],
        ["192.0.0.0/20", "192.0.2.0/24", "around"],
        ["http://192.0.2.77:8080/x", "192.0.2.0/24", "url_host"],
        ["vpn.example.org", "example.org", "subdomain"],
        ["https://example.org/a", "example.org", "url_host"],
        ["ceo@example.org", "example.org", "email_domain"],
        ["exarnple.org", "example.org", "lookalike.homoglyph"],
        ["CVE-2026-12345", "CVE-2026-12345", "exact"],
        ["c2.elsewhere.net", "Example Stealer", "term"],
      ].sort(),
    );
    const page = await matches(owner, id, { limit: 4 });
    expect(matchListShape.parse(page)).toEqual(page);
    expect(await notifyMatches(ctx, { email: false })).toBe(1);
    const notice = await ctx.db.notice.findFirstOrThrow({ where: { workspaceId: owner.caller.workspaceId } });
    expect(notice).toMatchObject({
      kind: "watchlist.match",
      details: { watchlist: { id, name: "Ours" }, count: 8, more: 0 },
    });
    const list = await listWatchlists(owner);
    expect(watchlistListShape.parse(list)).toEqual(list);
    expect(list.data[0]?.matches).toMatchObject({ total: 9, open: 9 });
    expect(list.data[0]?.matches.by_day.at(-1)).toEqual({ date: "2026-11-21", count: 9 });
  });

  it("leaves out what is withdrawn, switched off or of a suspended workspace; what returns matches anew", async () => {
    const [on, off] = [await create(owner), await create(owner, { enabled: false })];
    const other = await testWorkspace(ctx);
    const suspended = await create(other);
    for (const [admin, id] of [
      [owner, on],
      [owner, off],
      [other, suspended],
    ] as const) {
      await add(admin, id, "example.org");
    }
    await ctx.db.workspace.update({ where: { id: other.caller.workspaceId }, data: { suspendedAt: time } });
    await compareStored(ctx);
    await ingestAndPublish(ctx, [{ value: "a.example.org" }, { value: "b.example.org" }]);
    await withdraw("b.example.org", true);
    await publish(ctx);
    expect(await matchChanges(ctx)).toEqual({ changes: 3, matches: 1 });
    expect(await found(owner, off)).toEqual([]);
    for (const gone of [true, false]) {
      await withdraw("a.example.org", gone);
      await publish(ctx);
      expect((await matchChanges(ctx)).matches).toBe(gone ? 0 : 1);
    }
    await updateWatchlist(owner, { watchlistId: off, enabled: true });
    await compareStored(ctx);
    expect((await matches(owner, off)).data).toMatchObject([{ held: true, ioc: { value: "a.example.org" } }]);
  });

  it("finds what came while its workspace was suspended when that is over", async () => {
    const id = await create(owner);
    await add(owner, id, "example.org");
    await compareStored(ctx);
    const operator = { ...ctx, caller: authenticated({ kind: "system", name: "test" } as const), origin: noOrigin };
    const suspend = (suspended: boolean) =>
      setSuspended(operator, setSuspendedInput.parse({ workspaceId: owner.caller.workspaceId, suspended }));
    await suspend(true);
    await ingestAndPublish(ctx, [{ value: "a.example.org" }]);
    expect((await matchChanges(ctx)).matches).toBe(0);
    await suspend(false);
    expect(await compareStored(ctx)).toBe(1);
    expect(await found(owner, id)).toEqual([["a.example.org", "example.org", "subdomain"]]);
  });

  it("keeps a thousand matches of one entry a day and counts the rest", async () => {
    const id = await create(owner);
    await add(owner, id, "192.0.2.0/24\n198.51.0.0/16");
    await compareStored(ctx);
    const many = Array.from({ length: keptADay + 30 }, (_, index) => ({
      value: `198.51.${index >> 8}.${index & 255}`,
    }));
    await ingestAndPublish(ctx, [...many, { value: "192.0.2.1" }]);
    expect(await matchChanges(ctx)).toMatchObject({ matches: keptADay + 1 });
    const { data } = await getWatchlist(owner, { watchlistId: id });
    expect(data.matches).toMatchObject({ total: keptADay + 1, unlisted: 30 });
    await ingestAndPublish(ctx, [{ value: "198.51.77.77" }]);
    expect(await matchChanges(ctx)).toMatchObject({ matches: 0 });
    time = new Date(time.getTime() + 86_400_000);
    await ingestAndPublish(ctx, [{ value: "198.51.77.78" }]);
    expect(await matchChanges(ctx)).toMatchObject({ matches: 1 });
    expect(await notifyMatches(ctx, { email: false })).toBe(1);
    const notice = await ctx.db.notice.findFirstOrThrow({ where: { workspaceId: owner.caller.workspaceId } });
    const details = notice.details as { count: number; matches: unknown[]; more: number };
    expect([details.count, details.matches.length, details.more]).toEqual([keptADay + 2, 50, keptADay - 48]);
    const again = await create(owner);
    await add(owner, again, "198.51.0.0/16");
    await compareStored(ctx);
    const held = (await getWatchlist(owner, { watchlistId: again })).data.matches;
    expect([held.total, held.unlisted]).toEqual([keptADay, 32]);
  });

  it("passes by what was stored already once, and tells of what comes then", async () => {
    const id = await create(owner);
    await ingestAndPublish(ctx, [{ value: "held.example.org" }]);
    await matchChanges(ctx);
    await add(owner, id, "example.org");
    await compareStored(ctx);
    const told = async () =>
      ctx.sql.query("SELECT told_at, told_id = (SELECT max(id) FROM watchlist_match) AS all_told FROM watchlist");
    expect(await notifyMatches(ctx, { email: false })).toBe(0);
    expect(await told()).toEqual([{ told_at: null, all_told: true }]);
    await ingestAndPublish(ctx, [{ value: "new.example.org" }]);
    await matchChanges(ctx);
    expect(await notifyMatches(ctx, { email: false })).toBe(1);
    expect(await told()).toEqual([{ told_at: time, all_told: true }]);
  });

  it("tells of a list once a minute, however often it matches, and not of one that is quiet", async () => {
    const [loud, quiet] = [await create(owner), await create(owner, { name: "Quiet", notify: false })];
    for (const id of [loud, quiet]) await add(owner, id, "example.org");
    await compareStored(ctx);
    const say = async (value: string) => {
      await ingestAndPublish(ctx, [{ value }]);
      await matchChanges(ctx);
      return notifyMatches(ctx, { email: false });
    };
    expect(await say("a.example.org")).toBe(1);
    expect(await say("b.example.org")).toBe(0);
    time = new Date(time.getTime() + 60_000);
    expect(await say("c.example.org")).toBe(1);
    await updateWatchlist(owner, { watchlistId: quiet, notify: true });
    expect(await notifyMatches(ctx, { email: false })).toBe(0);
    time = new Date(time.getTime() + 60_000);
    expect(await say("d.example.org")).toBe(2);
    const notices = await ctx.db.notice.findMany({ orderBy: { at: "asc" }, select: { details: true } });
    const counts = notices.map(({ details }) => (details as { count: number }).count);
    expect(counts.sort()).toEqual([1, 1, 1, 2]);
  });
});
