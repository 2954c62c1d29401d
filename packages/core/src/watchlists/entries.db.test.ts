import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { compareStored } from "./compare-stored";
import type { WatchlistCall } from "./require-watchlist";
import { addedEntriesShape, entryListShape } from "./shape";
import { add, create, entries, found, freshAdmin, ingestAndPublish } from "./testing";

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

  it("takes no more than the tier allows, and keeps the lines before", async () => {
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

  it("has a term once, however it is written", async () => {
    const id = await create(owner);
    const written = await add(owner, id, "term: Cobalt Strike\nterm: COBALT-STRIKE!\nterm: cobalt strike");
    expect(written.meta).toMatchObject({ added: 1, already: 2 });
    expect((await add(owner, id, "term: Cobalt  (Strike)\nterm: CobaltStrike")).meta).toMatchObject({
      added: 1,
      already: 1,
    });
  });

  it("changes what is there already, and compares it anew", async () => {
    const id = await create(owner);
    await ingestAndPublish(ctx, [{ value: "examp1e.org" }]);
    await add(owner, id, "example.org");
    await compareStored(ctx);
    expect(await found(owner, id)).toEqual([]);
    expect((await add(owner, id, "example.org", { lookalikes: true })).meta).toMatchObject({ updated: 1, added: 0 });
    expect(await compareStored(ctx)).toBe(1);
    expect(await found(owner, id)).toEqual([["examp1e.org", "example.org", "lookalike.homoglyph"]]);
  });
});
