import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { ingestIocs } from "../iocs";
import { findObject, type PageQuery, pageObjects, pagePlaces } from "../taxii";
import { testContext } from "../testing";
import { iocId, kinds, stixId } from "../values";
import { sequenceChanges } from "./sequence-changes";

const feed = { id: "test", name: "Test", category: "threat-feed", confidence: "high", tlp: "clear" } as const;
const start = "2000-01-01T00:00:00.000000Z";
const whole: PageQuery = { kinds: null, after: start, ids: null, versions: null, limit: 100 };

let db: Db;
let ctx: Context;
let clock = Date.parse("2026-11-21T12:00:00.000Z");

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => new Date(clock) });
});
afterAll(() => db.close());
beforeEach(() => db.sql.query("TRUNCATE ioc, sighting, ioc_change, publication"));

async function ingest(values: readonly string[], warningsOf?: () => readonly string[]): Promise<void> {
  clock += 1_000;
  const observations = values.map((value) => ({ value, lastSeen: new Date(clock) }));
  await ingestIocs(ctx, { feed, observations, pulledAt: new Date(clock), ...(warningsOf ? { warningsOf } : {}) });
}

/** What a sweep does. */
async function change(value: string, set: string): Promise<void> {
  clock += 1_000;
  await db.sql.query(
    `WITH changed AS (UPDATE ioc SET ${set}, updated_at = $2::timestamptz WHERE id = $1::uuid RETURNING id)
     INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`,
    [domainId(value), new Date(clock).toISOString()],
  );
}

const domainId = (value: string) => iocId("domain", value);
const idOf = (value: string, generation = 0) => `indicator--${stixId(domainId(value), generation)}`;
const page = async (query: Partial<PageQuery> = {}) => (await pageObjects(ctx, { ...whole, ...query })).items;
const shown = async (query: Partial<PageQuery> = {}) =>
  (await page(query)).map(({ id, record }) => [id, record.withdrawnAt !== null || record.warnings.length > 0]);
async function sequence(): Promise<void> {
  while ((await sequenceChanges(ctx, { batch: 3 })).full);
}

describe("the sequencer", () => {
  it("publishes what was ingested, once, in order, each with a time of its own", async () => {
    const values = Array.from({ length: 10 }, (_, n) => `n${n}.malware.example`);
    await ingest(values);
    expect(await page()).toEqual([]);
    await sequence();
    const items = await page();
    expect(items.map(({ record }) => record.value).sort()).toEqual(values);
    const times = items.map(({ dateAdded }) => dateAdded);
    expect(times).toEqual([...new Set(times)].sort());
    for (const time of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(await sequenceChanges(ctx)).toEqual({ taken: 0, published: 0, full: false });
    await db.sql.query("INSERT INTO ioc_change (ioc_id) SELECT id FROM ioc");
    await sequence();
    expect(await page()).toEqual(items);
  });

  it("moves a changed IOC to the end, and shows it nowhere until then", async () => {
    await ingest(["a.example.org", "b.example.org"]);
    await sequence();
    const before = await page();
    const [first] = before;
    await ingest([first?.record.value ?? ""]);
    expect((await page()).map(({ id }) => id)).toEqual(before.slice(1).map(({ id }) => id));
    await sequence();
    const after = await page();
    expect(after.map(({ id }) => id)).toEqual([before[1]?.id, first?.id]);
    expect(await page({ after: before.at(-1)?.dateAdded ?? "" })).toEqual(after.slice(1));
    expect(after[1]?.modified.getTime()).toBeGreaterThan(first?.modified.getTime() ?? 0);
  });

  it("is ahead of a clock that steps back", async () => {
    await ingest(["a.example.org"]);
    await sequence();
    await db.sql.query("UPDATE publication SET date_added = now() + interval '1 hour'");
    const [first] = await page();
    await ingest(["b.example.org"]);
    await sequence();
    const [, second] = await page();
    expect(second && first && second.dateAdded > first.dateAdded).toBe(true);
  });

  it("tells of a withdrawal once, byte for byte the same for ever", async () => {
    await ingest(["a.example.org"]);
    await sequence();
    await change("a.example.org", "withdrawn_at = now()");
    await sequence();
    const [revoked] = await page();
    expect(await shown()).toEqual([[idOf("a.example.org"), true]]);
    await change("a.example.org", "tags = '{later}'");
    await sequence();
    await db.sql.query("DELETE FROM ioc");
    expect(await page()).toEqual([revoked]);
    expect(revoked?.modified).toEqual(revoked?.record.updatedAt);
  });

  it("gives what comes back another id", async () => {
    await ingest(["a.example.org"]);
    await sequence();
    await change("a.example.org", "withdrawn_at = now(), valid_until = now()");
    await sequence();
    await ingest(["a.example.org"]);
    await sequence();
    expect(await shown()).toEqual([
      [idOf("a.example.org"), true],
      [idOf("a.example.org", 1), false],
    ]);
  });

  it("ends the former id too when it did not see the withdrawal", async () => {
    await ingest(["a.example.org"]);
    await sequence();
    const [first] = await page();
    await change("a.example.org", "withdrawn_at = now(), valid_until = now()");
    await ingest(["a.example.org"]);
    await sequence();
    expect(await shown()).toEqual([
      [idOf("a.example.org"), true],
      [idOf("a.example.org", 1), false],
    ]);
    const [ended] = await page();
    expect(ended?.record.createdAt).toEqual(first?.record.createdAt);
    expect(ended?.modified.getTime()).toBeGreaterThan(first?.modified.getTime() ?? 0);
  });

  it("leaves known goods out, revokes those that were published, and takes them back under another id", async () => {
    await ingest(["good.example.org"], () => ["public resolvers"]);
    await ingest(["a.example.org"]);
    await sequence();
    expect(await shown()).toEqual([[idOf("a.example.org"), false]]);
    await change("a.example.org", "warnings = '{public resolvers}'");
    await sequence();
    expect(await shown()).toEqual([[idOf("a.example.org"), true]]);
    await change("a.example.org", "warnings = '{}'");
    await sequence();
    expect(await shown()).toEqual([
      [idOf("a.example.org"), true],
      [idOf("a.example.org", 1), false],
    ]);
  });

  it("loses nothing when it is cut off", async () => {
    await ingest(["a.example.org", "b.example.org"]);
    const cut: Context["sql"] = {
      ...ctx.sql,
      begin: (work) =>
        ctx.sql.begin(async (tx) => {
          await work(tx);
          throw new Error("killed");
        }),
    };
    await expect(sequenceChanges({ ...ctx, sql: cut })).rejects.toThrow("killed");
    expect(await page()).toEqual([]);
    await sequence();
    expect(await page()).toHaveLength(2);
  });
});

describe("a page", () => {
  it("goes on where the last one ended, of one kind, several or all", async () => {
    await ingest([
      ...Array.from({ length: 7 }, (_, n) => `n${n}.malware.example`),
      ...Array.from({ length: 5 }, (_, n) => `198.51.100.${n}/32`),
      ...Array.from({ length: 3 }, (_, n) => `CVE-2026-1000${n}`),
      "T1059.001",
      "TA0001",
    ]);
    await sequence();
    const counts = { all: 16, network: 12, cves: 3 };
    const chosen = { all: null, network: [kinds.address, kinds.web], cves: [kinds.cve] };
    for (const [name, kindsOf] of Object.entries(chosen)) {
      const seen: string[] = [];
      let after = start;
      for (let more = true; more; ) {
        const one = await pagePlaces(ctx, { ...whole, kinds: kindsOf, after, limit: 2 });
        expect(one.items.length).toBeGreaterThan(0);
        expect(one.items.length).toBeLessThanOrEqual(2);
        seen.push(...one.items.map(({ dateAdded }) => dateAdded));
        after = seen.at(-1) ?? "";
        more = one.more;
      }
      expect(seen).toEqual([...new Set(seen)].sort());
      expect(seen).toHaveLength(counts[name as keyof typeof counts]);
    }
  });

  it("holds nothing that no source allows to pass on, where the instance says so", async () => {
    await db.sql.query(
      `INSERT INTO feed (id, name, category, redistribution) VALUES ('test', 'Test', 'threat-feed', 'no')
       ON CONFLICT (id) DO UPDATE SET redistribution = 'no'`,
    );
    await ingest(["kept.example.org", "ended.example.org", "198.51.100.1"]);
    clock += 1_000;
    const other = { ...feed, id: "other" };
    const observations = [{ value: "shared.example.org", lastSeen: new Date(clock) }];
    await ingestIocs(ctx, { feed: other, observations, pulledAt: new Date(clock) });
    await sequence();
    await change("ended.example.org", "withdrawn_at = now()");
    await sequence();
    expect(await page()).toHaveLength(4);
    const strict = { ...ctx, instance: { ...ctx.instance, withholdsRestricted: true } };
    for (const kindsOf of [null, [kinds.web, kinds.address]]) {
      const { items, more } = await pageObjects(strict, { ...whole, kinds: kindsOf });
      expect(items.map(({ record }) => record.value)).toEqual(["shared.example.org"]);
      expect(more).toBe(false);
    }
    for (const value of ["kept.example.org", "ended.example.org"]) {
      const place = { kinds: null, id: idOf(value), after: start };
      expect(await findObject(strict, place)).toBeNull();
      expect(await findObject(ctx, place)).not.toBeNull();
      expect((await pagePlaces(strict, { ...whole, ids: [place.id] })).items).toEqual([]);
    }
    await db.sql.query("DELETE FROM feed");
  });

  it("finds one object, also while its next version is on its way", async () => {
    await ingest(["a.example.org"]);
    await sequence();
    const find = (id: string) => findObject(ctx, { kinds: null, id, after: start });
    const before = await find(idOf("a.example.org"));
    await change("a.example.org", "tags = '{more}'");
    expect((await find(idOf("a.example.org")))?.record?.tags).toEqual(["more"]);
    await change("a.example.org", "withdrawn_at = now()");
    expect((await find(idOf("a.example.org")))?.record).toBeNull();
    await sequence();
    const after = await find(idOf("a.example.org"));
    expect(after?.record?.withdrawnAt).not.toBeNull();
    expect((before?.modified ?? 0) < (after?.modified ?? 0)).toBe(true);
    expect(await find(`vulnerability--${domainId("a.example.org")}`)).toBeNull();
  });

  it("finds ids of the right type alone, and exact versions", async () => {
    await ingest(["a.example.org", "b.example.org"]);
    await sequence();
    const [a] = await page({ ids: [idOf("a.example.org")] });
    expect(a?.record.value).toBe("a.example.org");
    const uuid = domainId("a.example.org");
    expect(await page({ ids: [`vulnerability--${uuid}`] })).toEqual([]);
    expect(await page({ ids: [idOf("a.example.org")], kinds: [kinds.cve] })).toEqual([]);
    expect(await page({ versions: [a?.modified.getTime() ?? 0] })).toHaveLength(2);
    expect(await page({ versions: [0] })).toEqual([]);
    expect(await page({ ids: [], versions: null })).toEqual([]);
  });
});
