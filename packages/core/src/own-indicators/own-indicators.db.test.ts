import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Authorized, authenticated, type KeyCaller, type Tier, tiers } from "../access";
import { sequenceChanges } from "../changes";
import { type Call, noOrigin } from "../context";
import { type FeedFacts, ingestIocs, listIocs, listIocsInput, openExport, searchIocs, searchIocsInput } from "../iocs";
import { lookupInput, lookupIoc } from "../lookup";
import { testContext } from "../testing";
import { iocId } from "../values";
import {
  addIndicators,
  addIndicatorsInput,
  changeIndicator,
  changeIndicatorInput,
  importLines,
  listIndicators,
  listIndicatorsInput,
  withdrawIndicator,
} from ".";

const feed: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "medium", tlp: "clear" };
let now = new Date("2026-11-21T12:00:00.000Z");
let db: Db;
let ours: Call<Authorized<KeyCaller>>;
let others: Call<Authorized<KeyCaller>>;

beforeAll(async () => {
  db = await testDb();
  await db.prisma.feed.create({ data: { id: feed.id, name: feed.name, category: feed.category } });
  [ours, others] = [await callerOf("Ours"), await callerOf("Others")];
});
afterAll(() => db.close());
beforeEach(async () => {
  now = new Date("2026-11-21T12:00:00.000Z");
  await db.sql.query("TRUNCATE ioc, sighting, ioc_change, publication, own_indicator, own_store CASCADE");
});

async function callerOf(name: string, tier: Tier = tiers.pro): Promise<Call<Authorized<KeyCaller>>> {
  const context = testContext(db, { now: () => now });
  const workspaceId = randomUUID();
  await db.prisma.workspace.create({ data: { id: workspaceId, name, slug: workspaceId } });
  const caller = authenticated<KeyCaller>({
    kind: "key",
    keyId: "00000000-0000-4000-8000-000000000001",
    keyName: "Sensor",
    workspaceId,
    tier,
    scopes: tier.scopes,
  });
  return { ...context, caller, origin: noOrigin };
}

const add = (indicators: unknown[], ctx = ours) => addIndicators(ctx, addIndicatorsInput.parse({ indicators }));
const outcomes = async (indicators: unknown[], ctx = ours) =>
  (await add(indicators, ctx)).data.map(({ outcome }) => outcome);
const stored = async (query: object = {}, ctx = ours) => listIndicators(ctx, listIndicatorsInput.parse(query));
const listed = async (query: object = {}, ctx = ours) => listIocs(ctx, listIocsInput.parse(query));
const valuesOf = async (query: object = {}, ctx = ours) => (await listed(query, ctx)).data.map(({ value }) => value);
const lookUp = async (ioc: string, ctx = ours) => (await lookupIoc(ctx, lookupInput.parse({ ioc }))).data;
const report = (values: readonly string[]) =>
  ingestIocs(ours, { feed, observations: values.map((value) => ({ value, tags: ["fed"] })), pulledAt: now });

describe("what a workspace adds", () => {
  it("has a result for each, and an error for what is refused, and writes the rest", async () => {
    const { data, meta } = await add([
      { value: "hxxp://Evil[.]example/a", tags: ["x"], external_id: "1", tlp: "red" },
      { value: "192.168.1.1" },
      { value: "evil.example", audience: "everyone", tlp: "red" },
      { value: "evil.example", colour: "blue" },
      "evil.example",
      { value: "other.example", first_seen: "2031-01-01T00:00:00Z" },
      { value: "198.51.100.7:8080", comment: "sensor" },
    ]);
    expect(data.map(({ outcome }) => outcome)).toEqual([
      "created",
      "refused",
      "refused",
      "refused",
      "refused",
      "refused",
      "created",
    ]);
    expect(data.flatMap(({ error }) => error?.fields.map(({ field }) => field) ?? [])).toEqual([
      "value",
      "audience",
      "colour",
      "indicator",
      "first_seen",
    ]);
    expect(meta).toMatchObject({ total: 7, created: 2, updated: 0, unchanged: 0, refused: 5 });
    const byType = (await stored()).data.sort((a, b) => (a.type < b.type ? -1 : 1));
    expect(byType).toMatchObject([
      { value: "198.51.100.7", comment: "port 8080; sensor", tlp: "amber", confidence: "medium", created_by: "Sensor" },
      { value: "http://evil.example/a", external_id: "1", tlp: "red", tags: ["x"], status: "active" },
    ]);
  });

  it("is found in lookups however it is written, by the workspace alone", async () => {
    await add([
      { value: "Desk@evil.example" },
      { value: "http://u:p@evil.example/x#y" },
      { value: "http://evil.example" },
    ]);
    const asked = ["desk@evil.example", "http://evil.example/x", "http://evil.example/"];
    for (const ioc of asked) {
      expect(await lookUp(ioc)).toMatchObject({ found: true, sources: [{ source_feed: "Own indicators" }] });
      expect(await lookUp(ioc, others)).toMatchObject({ found: false, related: [] });
    }
  });

  it("changes nothing when it is sent again, hours later too", async () => {
    const said = [
      { value: "evil.example", tags: ["x"] },
      { value: "198.51.100.7", last_seen: "2026-11-20T00:00:00Z" },
    ];
    expect(await outcomes(said)).toEqual(["created", "created"]);
    const before = await stored();
    now = new Date("2026-11-21T18:00:00.000Z");
    expect(await outcomes(said)).toEqual(["unchanged", "unchanged"]);
    expect((await stored()).data).toEqual(before.data.map((row) => ({ ...row, risk_score: expect.any(Number) })));
    expect(await outcomes([{ value: "evil.example", tags: ["y"] }])).toEqual(["updated"]);
  });

  it("gives an external id to one indicator alone", async () => {
    await add([{ value: "evil.example", external_id: "case-1" }]);
    const { data } = await add([
      { value: "other.example", external_id: "case-1" },
      { value: "third.example", external_id: "case-2" },
      { value: "fourth.example", external_id: "case-2" },
    ]);
    expect(data.map(({ outcome }) => outcome)).toEqual(["refused", "created", "refused"]);
    expect(data[0]?.error?.fields).toMatchObject([{ field: "external_id", problem: "is that of evil.example" }]);
  });

  it("ends at what the tier allows, and says which did not fit", async () => {
    const small = { ...ours, caller: { ...ours.caller, tier: { ...tiers.pro, ownIndicators: 2 } } };
    const { data } = await add([{ value: "a.example" }, { value: "b.example" }, { value: "c.example" }], small);
    expect(data.map(({ error }) => error?.code ?? null)).toEqual([null, null, "indicator_limit_reached"]);
    expect(await outcomes([{ value: "a.example", tags: ["again"] }], small)).toEqual(["updated"]);
  });

  it("is written by many at once without one waiting for another in a ring", async () => {
    const values = Array.from({ length: 60 }, (_, n) => `host-${n}.example`);
    const write = (turn: number) => {
      const mine = turn % 2 === 0 ? values : [...values].reverse();
      return add(mine.map((value) => ({ value, tags: [`turn-${turn}`] })));
    };
    await report(values);
    const sequence = async () => {
      while ((await sequenceChanges(ours)).taken > 0) await report(values);
    };
    const results = await Promise.all([0, 1, 2, 3, 4, 5].map(write));
    await sequence();
    expect(results.map(({ meta }) => meta.created + meta.updated)).toEqual([60, 60, 60, 60, 60, 60]);
    expect((await stored({ limit: 1_000 })).meta).toMatchObject({ total: 60, stored: 60 });
  });
});

describe("what a workspace says", () => {
  const secret = "secret.example";

  it("is in its lookups, lists, searches and exports, and in nobody else's", async () => {
    await report(["shared.example"]);
    await add([
      { value: secret, tlp: "red", tags: ["ours"] },
      { value: "shared.example", confidence: "high" },
    ]);
    expect(await lookUp(secret)).toMatchObject({ found: true, tags: ["ours"], reporting_sources: 1 });
    expect(await lookUp("shared.example")).toMatchObject({ reporting_sources: 2, tags: ["fed"] });
    expect(await valuesOf()).toEqual(expect.arrayContaining([secret, "shared.example"]));
    const search = async (ctx: typeof ours) => (await searchIocs(ctx, searchIocsInput.parse({ q: secret }))).data.found;
    const exported = async (ctx: typeof ours) => {
      const found: string[] = [];
      for await (const page of (await openExport(ctx, listIocsInput.parse({}))).pages(["value"])) {
        found.push(...page.map(({ value }) => value));
      }
      return found.sort();
    };
    expect([await search(ours), await search(others)]).toEqual([true, false]);
    expect(await exported(ours)).toEqual([secret, "shared.example"]);

    expect(await lookUp(secret, others)).toMatchObject({ found: false, sources: [], tags: [] });
    expect(await lookUp("shared.example", others)).toMatchObject({ reporting_sources: 1 });
    expect(await valuesOf({}, others)).toEqual(["shared.example"]);
    expect(await valuesOf({ tag: "ours" }, others)).toEqual([]);
    expect(await exported(others)).toEqual(["shared.example"]);
    expect((await stored({ status: "all" }, others)).data).toEqual([]);
    expect((await listed({}, others)).meta.total).toBe(1);
    const doors =
      "SELECT (SELECT count(*) FROM ioc WHERE value = $1)::int AS iocs, (SELECT count(*) FROM ioc_change)::int AS n";
    expect(await db.sql.query(doors, [secret])).toMatchObject([{ iocs: 0 }]);
  });

  it("is merged with what feeds say, and scored by the same formula", async () => {
    await report(["shared.example"]);
    const alone = await lookUp("shared.example");
    await add([{ value: "shared.example", confidence: "high", malware_family: "Emotet", tlp: "red", comment: "seen" }]);
    const both = await lookUp("shared.example");
    expect(both.risk?.score).toBeGreaterThan(alone.risk?.score ?? 100);
    expect(both.sources.map(({ source_feed }) => source_feed).sort()).toEqual(["Alpha", "Own indicators"]);
    const [record] = (await listed()).data;
    expect(record).toMatchObject({
      id: iocId("domain", "shared.example"),
      risk_score: both.risk?.score,
      confidence: both.confidence,
      sources_count: 2,
      tlp: "red",
      tags: ["fed"],
      context: "seen",
      source: { feed_name: "Own indicators" },
    });
    expect((await stored()).data).toMatchObject([{ risk_score: both.risk?.score, feeds_count: 1 }]);
    expect((await listed({}, others)).data).toMatchObject([{ risk_score: alone.risk?.score, tlp: "clear" }]);
  });

  it("pages through both in one order, each once, with an exact total and under every filter", async () => {
    const reported = Array.from({ length: 7 }, (_, n) => `fed-${n}.example`);
    const said = Array.from({ length: 5 }, (_, n) => `own-${n}.example`);
    for (const [n, value] of reported.entries()) {
      now = new Date(now.getTime() + 1_000);
      await report([value]);
      const own = said[n];
      if (own) await add([{ value: own, tags: ["mine"] }, { value: reported[0] }]);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listed({ limit: "2", ...(cursor ? { cursor } : {}) });
      expect(page.meta).toMatchObject({ total: 12, total_exact: true });
      seen.push(...page.data.map(({ value }) => value));
      cursor = page.meta.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(12);
    expect([...seen].sort()).toEqual([...reported, ...said].sort());
    const whole = await valuesOf({ limit: "100" });
    expect(whole).toEqual(seen);
    expect(await valuesOf({ limit: "3", offset: "4" })).toEqual(seen.slice(4, 7));
    expect((await valuesOf({ tag: "mine" })).sort()).toEqual(said);
    expect((await valuesOf({ source: "own" })).sort()).toEqual([reported[0], ...said].sort());
    expect((await listed({ source: "alpha" })).meta.total).toBe(7);
    expect(await valuesOf({ type: "ipv4" })).toEqual([]);
  });

  it("is told again to pollers when a feed says more of the same value", async () => {
    await add([{ value: "shared.example" }]);
    const before = (await listed()).data[0]?.updated_at ?? "";
    now = new Date(now.getTime() + 60_000);
    await report(["shared.example"]);
    while ((await sequenceChanges(ours)).taken > 0);
    const [after] = (await listed({ since: new Date(now.getTime() - 1_000).toISOString() })).data;
    expect(after).toMatchObject({ value: "shared.example", sources_count: 2 });
    expect(after?.updated_at).not.toBe(before);
  });

  it("ends at its time, when it is withdrawn, and returns when it is said again", async () => {
    const indicatorId = iocId("domain", "evil.example");
    await add([{ value: "evil.example", valid_until: "2026-11-22T00:00:00Z" }]);
    expect(await valuesOf()).toEqual(["evil.example"]);
    now = new Date("2026-11-22T00:00:00.001Z");
    expect(await valuesOf()).toEqual([]);
    expect(await lookUp("evil.example")).toMatchObject({ found: false });
    expect((await stored({ status: "expired" })).data).toMatchObject([{ status: "expired", risk_score: null }]);
    const change = changeIndicatorInput.parse({ indicatorId, valid_until: null, tags: ["kept"], confidence: "low" });
    expect((await changeIndicator(ours, change)).data).toMatchObject({ status: "active", confidence: "low" });
    expect(await valuesOf({ tag: "kept" })).toEqual(["evil.example"]);

    const { data: ended } = await withdrawIndicator(ours, { indicatorId });
    expect(ended).toMatchObject({ status: "withdrawn", tags: ["kept"] });
    expect((await withdrawIndicator(ours, { indicatorId })).data.withdrawn_at).toBe(ended.withdrawn_at);
    expect(await valuesOf()).toEqual([]);
    expect(await outcomes([{ value: "evil.example" }])).toEqual(["updated"]);
    expect(await valuesOf()).toEqual(["evil.example"]);
    await expect(withdrawIndicator(others, { indicatorId })).rejects.toMatchObject({ code: "not_found" });
    await expect(changeIndicator(others, { indicatorId })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a stream", () => {
  const line = (n: number) => `${JSON.stringify({ value: `host-${n}.example`, tags: [`t${n % 3}`] })}\n`;
  const body = (to: number) => Array.from({ length: to }, (_, n) => line(n)).join("");
  async function* chunks(text: string, cutAt = text.length): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < cutAt; at += 7_001) yield bytes.subarray(at, Math.min(at + 7_001, cutAt));
    if (cutAt < bytes.length) throw new Error("the connection was lost");
  }
  const free = async () => {};
  const rows = () =>
    db.sql.query('SELECT value, tags, confidence, withdrawn_at FROM own_indicator ORDER BY value COLLATE "C"');

  it("that is cut in the middle and sent again gives what it would have given at once", async () => {
    const text = body(6_000);
    await importLines(ours, chunks(text), free);
    const whole = await rows();
    await db.sql.query("TRUNCATE own_indicator, own_store CASCADE");
    await expect(importLines(ours, chunks(text, 200_000), free)).rejects.toThrow("the connection was lost");
    const left = (await rows()).length;
    expect([left > 0, left < 6_000]).toEqual([true, true]);
    const again = await importLines(ours, chunks(text), free);
    expect(again).toMatchObject({
      lines: 6_000,
      counts: { created: 6_000 - left, unchanged: left, refused: 0 },
      errors: [],
    });
    expect(await rows()).toEqual(whole);
    expect((await stored({ limit: 1 })).meta.stored).toBe(6_000);
  });

  it("names the lines that it refuses, and stands until where it cannot be read", async () => {
    const text = `${line(1)}\nno json\n{"value":"10.0.0.1"}\n${line(2).trim()}`;
    expect(await importLines(ours, chunks(text), free)).toMatchObject({
      lines: 4,
      counts: { created: 2, refused: 2 },
      errors: [
        { line: 3, error: { code: "invalid_parameter", fields: [{ field: "indicator" }] } },
        { line: 4, error: { fields: [{ field: "value" }] } },
      ],
    });
    await expect(importLines(ours, chunks("x".repeat(100_000)), free)).rejects.toMatchObject({
      code: "payload_too_large",
      details: { imported: { lines: 0 } },
    });
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from([0x7b, 0xff, 0x0a]);
    }
    await expect(importLines(ours, broken(), free)).rejects.toMatchObject({ code: "malformed_body" });
  });

  it("tells the audit log what was written", async () => {
    await importLines(ours, chunks(body(10)), free);
    const events = await db.prisma.auditEvent.findMany({
      where: { workspaceId: ours.caller.workspaceId, action: "indicator.import" },
      orderBy: { id: "desc" },
      take: 1,
      select: { details: true, actorName: true },
    });
    expect(events).toMatchObject([{ actorName: "Sensor", details: { lines: 10, created: 10 } }]);
  });
});
