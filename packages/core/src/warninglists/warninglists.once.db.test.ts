import fs from "node:fs";
import path from "node:path";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Authorized, authenticated, type SessionCaller, tiers } from "../access";
import { type Call, type Context, noOrigin } from "../context";
import { ingestIocs, listIocs, listIocsInput, openExport, type Reader, searchIocs } from "../iocs";
import { testContext } from "../testing";
import type { Warninglist } from "../values";
import { testWorkspace } from "../workspaces/testing";
import { allowValue, forbidValue, listAllowed } from "./allowed-values";
import { type CachedWarninglists, cacheWarninglists } from "./cached-warninglists";
import { listWarninglists } from "./list-warninglists";
import { remarkIocs } from "./remark-iocs";
import { warninglistPageShape } from "./shape";
import { storeWarninglist } from "./store-warninglist";

const now = new Date("2026-11-21T12:00:00.000Z");
const feed = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "high", tlp: "clear" } as const;
const observations = ["8.8.8.8", "192.0.2.1", "bad.example", "www.google.com", "https://a.bad.example/x"].map(
  (value) => ({
    value,
    threatType: "phishing",
  }),
);
const own: Warninglist = {
  id: "vendors",
  name: "Vendors",
  kind: "hostname",
  version: "1",
  effect: "hide",
  means: "a vendor's own site",
  types: ["domain"],
  urls: "any",
  entries: ["bad.example"],
};

let db: Db;
let held: CachedWarninglists;
let ctx: Context;
let operator: Call<Authorized<SessionCaller>>;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.sql.query("DELETE FROM ioc");
  await db.sql.query("DELETE FROM sighting");
  await db.sql.query("DELETE FROM ioc_change");
  await db.sql.query("DELETE FROM warninglist");
  await db.sql.query("DELETE FROM allowed_value");
  await db.sql.query("DELETE FROM warninglist_marking");
  held = cacheWarninglists(db);
  await held.refresh();
  ctx = testContext(db, { now: () => now, warninglists: held });
  operator = await testWorkspace(ctx, { operator: true });
  await ingestIocs(ctx, { feed, observations, pulledAt: now, warningsOf: held.current().warningsOf });
});

function reader(): Reader {
  const tier = tiers.pro;
  const key = {
    kind: "key",
    keyId: "k",
    keyName: "k",
    workspaceId: "00000000-0000-4000-8000-000000000002",
    tier,
    scopes: tier.scopes,
  } as const;
  return { ...ctx, caller: authenticated(key), origin: noOrigin };
}
const list = (query: Record<string, unknown> = {}) => listIocs(reader(), listIocsInput.parse(query));
const values = async (query?: Record<string, unknown>) => (await list(query)).data.map(({ value }) => value).sort();
const remarkAll = async (batch?: number) => {
  let changed = 0;
  for (;;) {
    const report = await remarkIocs(ctx, batch === undefined ? {} : { batch });
    changed += report.changed;
    if (report.done) return changed;
  }
};

describe("what is on a warninglist", () => {
  it("is kept, marked and scored low at ingest", async () => {
    const { data } = await list({ include_false_positives: "true" });
    const said = new Map(data.map((ioc) => [ioc.value, ioc]));
    expect(said.get("8.8.8.8")?.warnings).toEqual(["Public DNS resolvers", "Services of Google, Microsoft and Meta"]);
    expect(said.get("www.google.com")?.warnings).toEqual(["Most visited domains"]);
    expect(said.get("bad.example")?.warnings).toEqual([]);
    expect(said.get("8.8.8.8")?.risk_score).toBeLessThan(40);
    expect(said.get("192.0.2.1")?.risk_score).toBeGreaterThan(60);
  });

  it("stays out of lists and exports, unless it is asked for, and searches find it", async () => {
    expect(await values()).toEqual(["192.0.2.1", "bad.example", "https://a.bad.example/x"]);
    expect((await list()).meta).toMatchObject({ total: 3, filters: { include_false_positives: false } });
    const all = await list({ include_false_positives: "true", limit: "2" });
    expect(all.meta).toMatchObject({ total: 5, filters: { include_false_positives: true } });
    expect(all.links.next).toContain("include_false_positives=true");
    const exported = async (query: Record<string, unknown>) => openExport(reader(), listIocsInput.parse(query));
    expect(await exported({})).toMatchObject({ count: 3, selection: "" });
    expect(await exported({ include_false_positives: "true" })).toMatchObject({
      count: 5,
      selection: "include_false_positives=true",
    });
    const found = await searchIocs(reader(), { q: "8.8.8.8", include_related: false });
    expect(found.data.matches[0]?.warnings).toContain("Public DNS resolvers");
  });
});

describe("remarkIocs", () => {
  it("marks what is stored by lists that came later, batch by batch, and writes only what differs", async () => {
    expect(await remarkAll()).toBe(0);
    expect(await remarkIocs(ctx)).toEqual({ read: 0, changed: 0, done: true });
    await db.sql.query("DELETE FROM ioc_change");
    const score = async () =>
      (await list({ include_false_positives: "true" })).data.find(({ value }) => value === "bad.example")?.risk_score;
    const before = (await score()) ?? 0;
    expect(await storeWarninglist(ctx, own)).toBe(true);
    await held.refresh();
    expect(await remarkAll(2)).toBe(2);
    expect(await values()).toEqual(["192.0.2.1"]);
    expect(await score()).toBeLessThan(before / 2);
    const queued = await db.sql.query("SELECT * FROM ioc_change");
    expect(queued).toHaveLength(2);
    expect(await remarkAll(2)).toBe(0);
  });

  it("takes marks away when a list no longer names the value, with the score that goes with it", async () => {
    await storeWarninglist(ctx, own);
    await held.refresh();
    const rows = "SELECT value, warnings, risk_score, confidence FROM ioc ORDER BY id";
    const untouched = await db.sql.query(rows);
    expect(await remarkAll()).toBe(2);
    await storeWarninglist(ctx, { ...own, version: "2", entries: ["other.example"] });
    await held.refresh();
    expect(await remarkAll()).toBe(2);
    expect(await db.sql.query(rows)).toEqual(untouched);
  });

  it("begins anew when the lists change on the way", async () => {
    await remarkAll();
    await storeWarninglist(ctx, own);
    await held.refresh();
    expect(await remarkIocs(ctx, { batch: 1 })).toMatchObject({ read: 1, done: false });
    await storeWarninglist(ctx, { ...own, entries: ["bad.example", "192.0.2.1"] });
    await held.refresh();
    await remarkAll(1);
    const [marking] = await db.sql.query<{ place: string | null; finished_at: Date }>(
      "SELECT * FROM warninglist_marking",
    );
    expect(marking).toMatchObject({ place: null, finished_at: now });
    expect(await values()).toEqual(["192.0.2.1"]);
  });
});

describe("the lists of a process", () => {
  it("are read again when they have changed, and only then", async () => {
    const before = held.current();
    await held.refresh();
    expect(held.current()).toBe(before);
    expect(await storeWarninglist(ctx, own)).toBe(true);
    expect(await storeWarninglist(ctx, own)).toBe(false);
    await held.refresh();
    expect(held.current()).not.toBe(before);
    expect(held.current().warningsOf("domain", "x.bad.example")).toEqual(["Vendors"]);
    await storeWarninglist(ctx, { ...own, name: "Vendors' sites" });
    await held.refresh();
    expect(held.current().warningsOf("domain", "x.bad.example")).toEqual(["Vendors' sites"]);
  });

  it("take over MISP's lists as they are read now, and no others", async () => {
    const stored = [
      { ...own, id: "misp-tranco10k", kind: "hostname", urls: "root" },
      { ...own, id: "misp-security-provider-blogpost", kind: "hostname" },
      { ...own, id: "misp-crl-ip", kind: "cidr", types: ["ipv4"], entries: ["192.0.2.1"] },
      { ...own, id: "misp-akamai", kind: "cidr", types: ["ipv4"], urls: "root", entries: ["192.0.2.2"] },
      { ...own, id: "misp-vpn-names", kind: "hostname", effect: "note" },
      own,
    ] as const;
    for (const list of stored) await storeWarninglist(ctx, list);
    const folders = path.join(import.meta.dirname, "../../../../prisma/migrations");
    const folder = fs.readdirSync(folders).find((name) => name.endsWith("_hide_no_customers")) ?? "";
    const sql = fs.readFileSync(path.join(folders, folder, "migration.sql"), "utf8");
    for (const statement of sql.trim().split(/;\s*(?:\n|$)/)) if (statement) await db.sql.query(statement);
    const rows = await db.sql.query("SELECT id, kind, effect, urls FROM warninglist ORDER BY id");
    expect(rows).toEqual([
      { id: "misp-akamai", kind: "cidr", effect: "note", urls: "none" },
      { id: "misp-crl-ip", kind: "cidr", effect: "hide", urls: "any" },
      { id: "misp-security-provider-blogpost", kind: "string", effect: "hide", urls: "root" },
      { id: "misp-tranco10k", kind: "string", effect: "hide", urls: "root" },
      { id: "misp-vpn-names", kind: "hostname", effect: "note", urls: "any" },
      { id: own.id, kind: "hostname", effect: "hide", urls: "any" },
    ]);
    const taken = cacheWarninglists(db);
    await taken.refresh();
    expect(
      taken
        .current()
        .matchesOf("domain", "x.bad.example")
        .map(({ id }) => id),
    ).toEqual(["misp-vpn-names", own.id]);
  });

  it("give way to a feed's list of the same id", async () => {
    const [resolvers] = held.current().lists;
    await storeWarninglist(ctx, { ...(resolvers as Warninglist), entries: ["192.0.2.53"], version: "9" });
    await held.refresh();
    expect(held.current().warningsOf("ipv4", "9.9.9.9")).toEqual([]);
    expect(held.current().warningsOf("ipv4", "192.0.2.53")).toEqual(["Public DNS resolvers"]);
  });

  it("are shown with how many stored indicators each marks", async () => {
    await storeWarninglist(ctx, own);
    await held.refresh();
    await remarkAll();
    const page = warninglistPageShape.parse(await listWarninglists(operator));
    expect(page.meta).toMatchObject({ marked: 4, marking: false, finished_at: now.toISOString() });
    const marked = Object.fromEntries(page.data.map(({ name, marked, origin }) => [name, [marked, origin]]));
    expect(marked).toMatchObject({
      Vendors: [2, "feed"],
      "Public DNS resolvers": [1, "shipped"],
      "Rented cloud machines": [null, "shipped"],
    });
    await storeWarninglist(ctx, { ...own, version: "2" });
    await held.refresh();
    expect((await listWarninglists(operator)).meta.marking).toBe(true);
  });
});

describe("values that operators allow", () => {
  it("are marked with all below them, and again not when that is taken back", async () => {
    await allowValue(operator, { value: "Bad.Example", note: "Ours" });
    await allowValue(operator, { value: "192.0.2.0/24", note: "" });
    await allowValue(operator, { value: "bad.example", note: "again" });
    expect(await listAllowed(operator)).toMatchObject({
      data: [{ note: "" }, { note: "Ours", added_by: operator.caller.email }],
    });
    await held.refresh();
    await remarkAll();
    expect(await values()).toEqual([]);
    await forbidValue(operator, { type: "domain", value: "bad.example" });
    await held.refresh();
    await remarkAll();
    expect(await values()).toEqual(["bad.example", "https://a.bad.example/x"]);
    await expect(forbidValue(operator, { type: "domain", value: "bad.example" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("are a matter of operators, and indicators", async () => {
    const member = await testWorkspace(ctx);
    await expect(allowValue(member, { value: "a.example", note: "" })).rejects.toMatchObject({
      code: "insufficient_role",
    });
    await expect(forbidValue(member, { type: "domain", value: "a.example" })).rejects.toMatchObject({
      code: "insufficient_role",
    });
    await expect(allowValue(operator, { value: "no indicator", note: "" })).rejects.toMatchObject({
      code: "invalid_parameter",
      details: { fields: [{ field: "value" }] },
    });
  });
});
