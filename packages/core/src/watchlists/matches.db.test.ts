import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { acknowledgeMatches } from "./acknowledge-matches";
import { compareStored } from "./compare-stored";
import { getWatchlist, listWatchlists } from "./list-watchlists";
import { matchChanges } from "./match-changes";
import { pruneMatches } from "./prune-matches";
import { removeEntries } from "./remove-entries";
import type { WatchlistCall } from "./require-watchlist";
import { add, create, entries, found, freshAdmin, ingestAndPublish, matches } from "./testing";
import { deleteWatchlist, updateWatchlist } from "./update-watchlist";

let db: Db;
let ctx: Context;
let owner: WatchlistCall;

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await freshAdmin(ctx);
});

/** The ids of a watchlist's matches, read in pages of three. */
async function pagedMatches(watchlistId: string, order: "newest" | "oldest"): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await matches(owner, watchlistId, { order, limit: 3, ...(cursor ? { cursor } : {}) });
    ids.push(...page.data.map((match) => match.id));
    cursor = page.meta.next_cursor;
    if (page.data.length < 3) return ids;
  }
}

describe("matches", () => {
  it("are paged both ways without gap or repeat, and a poller keeps its place", async () => {
    const id = await create(owner);
    await add(owner, id, "example.org");
    await compareStored(ctx);
    const hosts = (from: number) =>
      Array.from({ length: 7 }, (_, index) => ({ value: `h${from + index}.example.org` }));
    await ingestAndPublish(ctx, hosts(0));
    await matchChanges(ctx);
    for (const order of ["newest", "oldest"] as const) {
      const seen = await pagedMatches(id, order);
      expect(new Set(seen).size).toBe(7);
      expect(seen).toEqual([...seen].sort((a, b) => (order === "oldest" ? 1 : -1) * (Number(a) - Number(b))));
    }
    const end = (await matches(owner, id, { order: "oldest" })).meta.next_cursor;
    expect((await matches(owner, id, { order: "oldest", cursor: end })).meta.next_cursor).toBe(end);
    await ingestAndPublish(ctx, hosts(7));
    await matchChanges(ctx);
    expect((await matches(owner, id, { order: "oldest", cursor: end })).data).toHaveLength(7);
    for (const cursor of ["", "x", "n1", `o${"9".repeat(30)}`]) {
      await expect(matches(owner, id, { order: "oldest", cursor })).rejects.toMatchObject({
        code: "invalid_parameter",
      });
    }
  });

  it("are acknowledged by name, opened again, and go with their entry", async () => {
    const id = await create(owner);
    await add(owner, id, "example.org\n192.0.2.0/24");
    await compareStored(ctx);
    await ingestAndPublish(ctx, [{ value: "a.example.org" }, { value: "192.0.2.1" }, { value: "192.0.2.2" }]);
    await matchChanges(ctx);
    const [first] = (await matches(owner, id)).data;
    const ids = [first?.id ?? ""];
    expect(await acknowledgeMatches(owner, { watchlistId: id, ids, acknowledged: true })).toMatchObject({ changed: 1 });
    expect(await acknowledgeMatches(owner, { watchlistId: id, ids, acknowledged: true })).toMatchObject({ changed: 0 });
    expect((await matches(owner, id, { status: "open" })).data).toHaveLength(2);
    expect((await matches(owner, id, { status: "acknowledged" })).data).toMatchObject([
      { acknowledged_by: owner.caller.email },
    ]);
    expect(await acknowledgeMatches(owner, { watchlistId: id, acknowledged: true })).toMatchObject({ changed: 2 });
    expect(await acknowledgeMatches(owner, { watchlistId: id, ids, acknowledged: false })).toMatchObject({
      changed: 1,
    });
    const { data } = await entries(owner, id, { kind: "network" });
    await removeEntries(owner, { watchlistId: id, ids: data.map((entry) => entry.id) });
    expect(await found(owner, id)).toEqual([["a.example.org", "example.org", "subdomain"]]);
  });
});

describe("old matches", () => {
  const dayMs = 86_400_000;
  const later = (days: number) => ({ ...ctx, now: () => new Date(ctx.now().getTime() + days * dayMs) });

  it("are deleted in batches when their time is over, with what is new and what moved on left alone", async () => {
    const id = await create(owner);
    await add(owner, id, "example.org");
    await compareStored(ctx);
    const hosts = Array.from({ length: 6 }, (_, index) => ({ value: `h${index}.example.org` }));
    await ingestAndPublish(ctx, hosts);
    await matchChanges(ctx);
    const changed = { value: "h0.example.org", tags: ["again"] };
    await ingestAndPublish(later(20), [changed, { value: "new.example.org" }]);
    await matchChanges(later(20));
    await acknowledgeMatches(owner, { watchlistId: id, acknowledged: true });
    expect(await pruneMatches(later(30), { days: 30, batch: 3 })).toEqual({ pruned: 0, full: false });
    expect(await pruneMatches(later(31), { days: 30, batch: 3 })).toEqual({ pruned: 3, full: true });
    expect(await pruneMatches(later(31), { days: 30, batch: 3 })).toEqual({ pruned: 2, full: false });
    expect((await found(owner, id)).map(([value]) => value)).toEqual(["h0.example.org", "new.example.org"]);
  });

  it("are matches anew when what they found changes after all", async () => {
    const id = await create(owner);
    await add(owner, id, "example.org");
    await compareStored(ctx);
    for (const tags of [["one"], ["two"]]) {
      await ingestAndPublish(ctx, [{ value: "a.example.org", tags }]);
      expect(await matchChanges(ctx)).toEqual({ changes: 1, matches: 1 });
      expect(await pruneMatches(later(31), { days: 30 })).toEqual({ pruned: 1, full: false });
    }
  });
});

describe("another workspace", () => {
  it("sees and touches nothing", async () => {
    const id = await create(owner);
    await add(owner, id, "example.org");
    const [entry] = (await entries(owner, id)).data;
    const stranger = await testWorkspace(ctx);
    const ids = [entry?.id ?? ""];
    for (const watchlistId of [id, "no uuid"]) {
      const refused = [
        () => getWatchlist(stranger, { watchlistId }),
        () => updateWatchlist(stranger, { watchlistId, name: "Mine" }),
        () => deleteWatchlist(stranger, { watchlistId }),
        () => add(stranger, watchlistId, "example.net"),
        () => entries(stranger, watchlistId),
        () => removeEntries(stranger, { watchlistId, ids }),
        () => matches(stranger, watchlistId),
        () => acknowledgeMatches(stranger, { watchlistId, acknowledged: true }),
      ];
      for (const ask of refused) await expect(ask()).rejects.toMatchObject({ code: "not_found" });
    }
    const own = await create(stranger);
    expect(await removeEntries(stranger, { watchlistId: own, ids })).toMatchObject({ removed: 0 });
    expect((await listWatchlists(stranger)).meta.total).toBe(1);
    expect((await entries(owner, id)).meta.total).toBe(1);
    await deleteWatchlist(owner, { watchlistId: id });
    const events = await ctx.db.auditEvent.findMany({
      where: { workspaceId: owner.caller.workspaceId },
      orderBy: { id: "asc" },
      select: { action: true },
    });
    expect(events.map(({ action }) => action)).toEqual([
      "watchlist.create",
      "watchlist.add_entries",
      "watchlist.delete",
    ]);
  });
});
