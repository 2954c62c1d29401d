import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ArticleFeedFacts, findNews, ingestArticles } from "../articles";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { acknowledgeMatches } from "./acknowledge-matches";
import { addEntries } from "./add-entries";
import { compareHeld } from "./compare-held";
import { createWatchlist } from "./create-watchlist";
import type { Keeper } from "./keeper";
import { listEntries } from "./list-entries";
import { listMatches } from "./list-matches";
import { getWatchlist, listWatchlists } from "./list-watchlists";
import { matchArticles } from "./match-articles";
import { matchChanges } from "./match-changes";
import { removeEntries } from "./remove-entries";
import {
  addEntriesInput,
  addedEntriesShape,
  createWatchlistInput,
  entryListShape,
  listAllMatchesInput,
  listEntriesInput,
  matchListShape,
  watchlistListShape,
} from "./shape";
import { tellMatches } from "./tell-matches";
import { ingestAndPublish, publish } from "./testing";
import { deleteWatchlist, updateWatchlist } from "./update-watchlist";
import { keptADay } from "./write-matches";

let db: Db;
let ctx: Context;
let owner: Keeper;
let time = new Date("2026-11-21T12:00:00.000Z");

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => time });
  await ctx.db.feed.create({ data: { id: "test", name: "Test feed", category: "threat-feed" } });
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await testWorkspace(ctx);
  await ctx.sql.query(
    "TRUNCATE ioc, sighting, ioc_change, publication, watchlist, watchlist_change, watchlist_article, article, article_ioc, notice CASCADE",
  );
  await ctx.sql.query("UPDATE watchlist_progress SET comparing = NULL");
});

const create = async (keeper: Keeper, more: object = {}) =>
  (await createWatchlist(keeper, createWatchlistInput.parse({ name: "Ours", ...more }))).data.id;
const add = (keeper: Keeper, watchlistId: string, text: string, more: object = {}) =>
  addEntries(keeper, addEntriesInput.parse({ watchlistId, text, ...more }));
const matches = (keeper: Keeper, watchlistId: string, more: object = {}) =>
  listMatches(keeper, { ...listAllMatchesInput.parse(more), watchlistId });
const entries = (keeper: Keeper, watchlistId: string, more: object = {}) =>
  listEntries(keeper, listEntriesInput.parse({ watchlistId, ...more }));
const withdraw = (value: string, gone: boolean) =>
  ctx.sql.query(
    `WITH changed AS (
       UPDATE ioc SET withdrawn_at = CASE WHEN $2::boolean THEN now() END, updated_at = updated_at + interval '1 second'
       WHERE value = $1 RETURNING id
     ) INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`,
    [value, gone],
  );
const found = async (keeper: Keeper, watchlistId: string) =>
  (await matches(keeper, watchlistId, { order: "oldest" })).data
    .map((match) => [match.ioc?.value, match.entry.value, match.reason])
    .sort();

describe("entries", () => {
  it("keeps the good lines and says of every other what is wrong", async () => {
    const id = await create(owner);
    const text = [
      "# ours",
      "192.0.2.0/24",
      "192.0.2.7/24",
      "10.0.0.0/8",
      "example[.]org",
      "co.uk",
      "",
      "term: Example Corp",
      "Example Router OS",
      "CVE-2026-12345",
      "hxxps://portal.example.net/login",
      "300.1.1.1",
      "2001:db8::/32",
      "ab",
      "@mail.example.com",
    ].join("\r\n");
    const dry = await add(owner, id, text, { dry_run: true });
    expect(dry.meta).toMatchObject({ added: 8, already: 1, refused: 4, dry_run: true, entries: 0 });
    const answer = await add(owner, id, text);
    expect(addedEntriesShape.parse(answer)).toEqual(answer);
    expect(answer.data.map(({ line, outcome, kind, value }) => [line, outcome, kind, value])).toEqual([
      [2, "added", "network", "192.0.2.0/24"],
      [3, "already", "network", "192.0.2.0/24"],
      [4, "refused", null, null],
      [5, "added", "domain", "example.org"],
      [6, "refused", null, null],
      [8, "added", "term", "Example Corp"],
      [9, "added", "term", "Example Router OS"],
      [10, "added", "value", "CVE-2026-12345"],
      [11, "added", "value", "https://portal.example.net/login"],
      [12, "refused", null, null],
      [13, "added", "network", "2001:db8::/32"],
      [14, "refused", null, null],
      [15, "added", "domain", "mail.example.com"],
    ]);
    for (const line of answer.data) {
      expect(line.outcome === "refused", line.text).toBe(line.problem !== null && line.allowed !== null);
    }
    const page = await entries(owner, id, { limit: 5 });
    expect(entryListShape.parse(page)).toEqual(page);
    const rest = await entries(owner, id, { limit: 5, cursor: page.meta.next_cursor });
    expect(new Set([...page.data, ...rest.data].map((entry) => entry.id)).size).toBe(8);
    expect([page.meta.total, rest.meta.next_cursor]).toEqual([8, null]);
    expect((await entries(owner, id, { q: "EXAMPLE", kind: "domain" })).meta.total).toBe(2);
  });

  it("reads CSV with a header, and refuses text that is none", async () => {
    const id = await create(owner);
    const text =
      'note,value,kind,lookalikes\n"head, office",192.0.2.0/24,,\nbrand,example.org,domain,yes\n"a ""b""",Exämple,term,\nx,example.net,hostname,';
    const answer = await add(owner, id, text, { format: "csv" });
    expect(answer.data.map(({ outcome, problem }) => [outcome, problem])).toEqual([
      ["added", null],
      ["added", null],
      ["added", null],
      ["refused", "the kind is not known"],
    ]);
    const { data } = await entries(owner, id);
    expect(data.map(({ value, note, lookalikes }) => [value, note, lookalikes]).sort()).toEqual([
      ["192.0.2.0/24", "head, office", false],
      ["Exämple", 'a "b"', false],
      ["example.org", "brand", true],
    ]);
    await expect(add(owner, id, "192.0.2.1\n192.0.2.2", { format: "csv" })).rejects.toMatchObject({
      code: "invalid_parameter",
      details: { fields: [{ field: "text" }] },
    });
    await expect(add(owner, id, "192.0.2.1\n".repeat(10_001))).rejects.toMatchObject({ code: "invalid_parameter" });
  });

  it("takes no more than the plan allows, and keeps the lines before", async () => {
    const free = await testWorkspace(ctx, { tier: "free" });
    const id = await create(free);
    const lines = Array.from({ length: 102 }, (_, index) => `host${index}.example.org`);
    expect((await add(free, id, lines.slice(0, 60).join("\n"))).meta).toMatchObject({ added: 60, entries_limit: 100 });
    const over = await add(free, id, lines.join("\n"));
    expect(over.meta).toMatchObject({ added: 40, already: 60, refused: 2, entries: 100 });
    expect(over.data.at(-1)).toMatchObject({ outcome: "refused", allowed: "100 entries in all watchlists together" });
    await create(free);
    await create(free);
    await expect(create(free)).rejects.toMatchObject({ code: "watchlist_limit_reached", details: { limit: 3 } });
  });

  it("changes what is there already, and compares it anew", async () => {
    const id = await create(owner);
    await ingestAndPublish(ctx, [{ value: "examp1e.org" }]);
    await add(owner, id, "example.org");
    await compareHeld(ctx);
    expect(await found(owner, id)).toEqual([]);
    expect((await add(owner, id, "example.org", { lookalikes: true })).meta).toMatchObject({ updated: 1, added: 0 });
    expect(await compareHeld(ctx)).toBe(1);
    expect(await found(owner, id)).toEqual([["examp1e.org", "example.org", "lookalike.homoglyph"]]);
  });
});

describe("matching", () => {
  it("finds what touches each kind, once, and tells of what is new alone", async () => {
    const id = await create(owner);
    await ingestAndPublish(ctx, [{ value: "192.0.2.9" }]);
    await matchChanges(ctx);
    await add(owner, id, "192.0.2.0/24\nterm: Example Stealer\nCVE-2026-12345");
    await add(owner, id, "example.org", { lookalikes: true });
    expect((await getWatchlist(owner, { watchlistId: id })).data.entries).toEqual({ total: 4, comparing: 4 });
    expect(await compareHeld(ctx)).toBe(4);
    expect(await compareHeld(ctx)).toBe(0);
    expect((await matches(owner, id)).data).toMatchObject([
      { held: true, reason: "inside", ioc: { value: "192.0.2.9" } },
    ]);
    expect(await tellMatches(ctx, { email: false })).toBe(0);
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
    expect(await tellMatches(ctx, { email: false })).toBe(1);
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
    for (const [keeper, id] of [
      [owner, on],
      [owner, off],
      [other, suspended],
    ] as const) {
      await add(keeper, id, "example.org");
    }
    await ctx.db.workspace.update({ where: { id: other.caller.workspaceId }, data: { suspendedAt: time } });
    await compareHeld(ctx);
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
    await compareHeld(ctx);
    expect((await matches(owner, off)).data).toMatchObject([{ held: true, ioc: { value: "a.example.org" } }]);
  });

  it("keeps a thousand matches of one entry a day and counts the rest", async () => {
    const id = await create(owner);
    await add(owner, id, "192.0.2.0/24\n198.51.0.0/16");
    await compareHeld(ctx);
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
    expect(await tellMatches(ctx, { email: false })).toBe(1);
    const notice = await ctx.db.notice.findFirstOrThrow({ where: { workspaceId: owner.caller.workspaceId } });
    const details = notice.details as { count: number; matches: unknown[]; more: number };
    expect([details.count, details.matches.length, details.more]).toEqual([keptADay + 2, 50, keptADay - 48]);
    const again = await create(owner);
    await add(owner, again, "198.51.0.0/16");
    await compareHeld(ctx);
    const held = (await getWatchlist(owner, { watchlistId: again })).data.matches;
    expect([held.total, held.unlisted]).toEqual([keptADay, 32]);
  });

  it("tells of a list once a minute, however often it matches, and not of one that is quiet", async () => {
    const [loud, quiet] = [await create(owner), await create(owner, { name: "Quiet", notify: false })];
    for (const id of [loud, quiet]) await add(owner, id, "example.org");
    await compareHeld(ctx);
    const say = async (value: string) => {
      await ingestAndPublish(ctx, [{ value }]);
      await matchChanges(ctx);
      return tellMatches(ctx, { email: false });
    };
    expect(await say("a.example.org")).toBe(1);
    expect(await say("b.example.org")).toBe(0);
    time = new Date(time.getTime() + 60_000);
    expect(await say("c.example.org")).toBe(1);
    await updateWatchlist(owner, { watchlistId: quiet, notify: true });
    expect(await tellMatches(ctx, { email: false })).toBe(0);
    time = new Date(time.getTime() + 60_000);
    expect(await say("d.example.org")).toBe(2);
    const notices = await ctx.db.notice.findMany({ orderBy: { at: "asc" }, select: { details: true } });
    const counts = notices.map(({ details }) => (details as { count: number }).count);
    expect(counts.sort()).toEqual([1, 1, 1, 2]);
  });
});

describe("articles", () => {
  const feed: ArticleFeedFacts = {
    id: "news",
    name: "News",
    category: "news",
    confidence: "medium",
    tlp: "clear",
    tier: 2,
    keepsText: false,
    publisherHosts: ["news.example"],
  };
  const bring = async (n: number, body: string) => {
    const draft = {
      url: `https://news.example/${n}`,
      title: `Report ${n}`,
      summary: "What happened.",
      imageUrl: null,
      // Of what is not kept, the summary holds the beginning.
      body: `${"Long before that. ".repeat(500)}${body}`,
      publishedAt: time,
    };
    const { news } = await findNews(ctx, { feedId: feed.id, drafts: [draft] });
    await ingestArticles(ctx, { feed, articles: news, pulledAt: time });
  };

  it("are found by their whole text once, though it is not kept, and by the CVEs that they name", async () => {
    const id = await create(owner);
    await bring(0, "Held before: Report of the Example Corp breach.");
    await add(owner, id, "term: Example Corp\nCVE-2026-12345\nterm: Report 0");
    await compareHeld(ctx);
    expect((await matches(owner, id)).data).toMatchObject([
      { held: true, subject: "article", entry: { value: "Report 0" }, article: { title: "Report 0" }, ioc: null },
    ]);
    await bring(1, "<p>Routers of EXAMPLE Corp. are hit.</p><p>It is CVE-2026-12345.</p>");
    await bring(2, "Nothing of the kind.");
    expect(await matchArticles(ctx)).toEqual({ changes: 2, matches: 2 });
    expect(await matchArticles(ctx)).toEqual({ changes: 0, matches: 0 });
    await bring(1, "<p>Routers of EXAMPLE Corp. are hit.</p><p>It is CVE-2026-12345.</p><p>Update: a patch.</p>");
    expect(await matchArticles(ctx)).toEqual({ changes: 1, matches: 0 });
    await publish(ctx);
    await matchChanges(ctx);
    const all = await matches(owner, id, { order: "oldest" });
    expect(matchListShape.parse(all)).toEqual(all);
    expect(all.data.map(({ subject, entry, reason }) => [subject, entry.value, reason]).sort()).toEqual([
      ["article", "CVE-2026-12345", "exact"],
      ["article", "Example Corp", "term"],
      ["article", "Report 0", "term"],
      ["ioc", "CVE-2026-12345", "exact"],
    ]);
    expect(await tellMatches(ctx, { email: false })).toBe(1);
    const [left] = await ctx.sql.query<{ n: number }>("SELECT count(*) AS n FROM watchlist_article");
    expect(Number(left?.n)).toBe(0);
  });
});

describe("matches", () => {
  it("are paged both ways without gap or repeat, and a poller keeps its place", async () => {
    const id = await create(owner);
    await add(owner, id, "example.org");
    await compareHeld(ctx);
    const hosts = (from: number) =>
      Array.from({ length: 7 }, (_, index) => ({ value: `h${from + index}.example.org` }));
    await ingestAndPublish(ctx, hosts(0));
    await matchChanges(ctx);
    for (const order of ["newest", "oldest"] as const) {
      const seen: string[] = [];
      for (let cursor: string | null = null; ; ) {
        const page = await matches(owner, id, { order, limit: 3, ...(cursor ? { cursor } : {}) });
        seen.push(...page.data.map((match) => match.id));
        cursor = page.meta.next_cursor;
        if (page.data.length < 3) break;
      }
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
    await compareHeld(ctx);
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
