import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { syncFeeds } from "@tocsin/core/runs";
import { beforeEach, describe, expect, it } from "vitest";
import { feeds } from "../catalog/registry";
import { openPulls } from "../testing/pulls";
import { runFeed } from "./run-feed";

let now = new Date("2026-11-30T10:00:00.000Z");
const { db, ctx, settings } = await openPulls("natures", { now: () => now });
const mirror = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-natures-mirror-"));
const shared = path.resolve(import.meta.dirname, "../../../../../shared/feeds");

beforeEach(async () => {
  now = new Date("2026-11-30T10:00:00.000Z");
  await syncFeeds(ctx, feeds);
  fs.rmSync(mirror, { recursive: true, force: true });
});

function pull(id: string, folder = mirror) {
  const feed = feeds.find((each) => each.id === id);
  if (!feed) throw new Error(`there is no feed ${id}`);
  return runFeed(ctx, feed, { node: "one", trigger: "manual", settings: { ...settings, mirror: folder } });
}

function put(id: string, files: Readonly<Record<string, string>>): void {
  const folder = path.join(mirror, id);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, body] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), body);
}

const stored = () =>
  db.sql.query<{ value: string; first: string; last: string; ended: boolean }>(
    `SELECT value, first_seen::date::text AS first, last_seen::date::text AS last, withdrawn_at IS NOT NULL AS ended
     FROM ioc ORDER BY value`,
  );

describe("an archive", () => {
  it("dates by its document, else by its file's name; and says what nothing dates", async () => {
    const head = "Indicator_type,Data,Note\n";
    put("sophos-iocs", {
      "2505 Named.csv": `${head}Description,A report,https://news.example/en-us/2026/05/09/a-report/\ndomain,one.example,\n`,
      "2611 Dated.csv": `${head}domain,two.example,\n`,
      "Andr-FakeApp.csv": `${head}domain,three.example,\nsha256,${"a".repeat(64)},\n`,
    });
    expect(await pull("sophos-iocs")).toMatchObject({
      status: "ok",
      warnings: ["2 values have no date, nor has their file: they are taken to be of 2020-01-01"],
    });
    expect(await stored()).toEqual([
      { value: "a".repeat(64), first: "2020-01-01", last: "2020-01-01", ended: true },
      { value: "one.example", first: "2026-05-09", last: "2026-05-09", ended: true },
      { value: "three.example", first: "2020-01-01", last: "2020-01-01", ended: true },
      { value: "two.example", first: "2026-11-01", last: "2026-11-01", ended: false },
    ]);
  });

  it("of STIX is of its indicators' own days, and what it calls benign ends", async () => {
    const indicator = (name: string, more: object) => ({
      ...{ type: "indicator", spec_version: "2.1", pattern_type: "stix", valid_from: "2026-10-02T08:00:00Z" },
      ...{ id: `indicator--0d2f2d6e-0000-4000-8000-00000000000${name.length}` },
      ...{ pattern: `[domain-name:value = '${name}.example']`, indicator_types: ["malicious-activity"] },
      ...more,
    });
    const bundle = (...objects: object[]) =>
      JSON.stringify({ type: "bundle", id: "bundle--0d2f2d6e-0000-4000-8000-000000000009", objects });
    put("stix-mvt", { "a.stix2": bundle(indicator("a", {}), indicator("bb", {})) });
    await pull("stix-mvt");
    expect(await stored()).toMatchObject([
      { value: "a.example", first: "2026-10-02", last: "2026-10-02", ended: false },
      { value: "bb.example", ended: false },
    ]);
    put("stix-mvt", {
      "b.stix2": bundle(
        indicator("a", {}),
        indicator("bb", { indicator_types: ["benign"] }),
        indicator("ccc", { indicator_types: ["Benign"] }),
      ),
    });
    expect(await pull("stix-mvt")).toMatchObject({ good: 1 });
    expect(await stored()).toMatchObject([
      { value: "a.example", ended: false },
      { value: "bb.example", ended: true },
    ]);
  });
});

describe("a log", () => {
  it("has seen what is offline when it says, and leaves out a time that nobody can read", async () => {
    const row = (id: number, added: string, status: string, last: string) =>
      `"${id}","${added}","http://192.0.2.${id}/a","${status}","${last}","malware_download","elf","https://urlhaus.abuse.ch/url/${id}/","someone"`;
    put("urlhaus", {
      "recent.csv": [
        "# id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter",
        row(1, "2026-11-20 10:00:00", "offline", "None"),
        row(2, "2026-11-10 10:00:00", "online", "2026-11-29 10:00:00"),
        row(3, "21/01/17 07:30", "offline", ""),
        "",
      ].join("\n"),
    });
    const report = await pull("urlhaus");
    const said = "1 records whose time cannot be read were left out";
    expect(report).toMatchObject({ good: 2, bad: 1, warnings: [said] });
    expect(report.badLines).toMatchObject([{ line: 4, reason: "its time cannot be read, or in more than one way" }]);
    expect(await stored()).toEqual([
      { value: "http://192.0.2.1/a", first: "2026-11-20", last: "2026-11-20", ended: false },
      { value: "http://192.0.2.2/a", first: "2026-11-10", last: "2026-11-29", ended: false },
    ]);
    const [run] = await db.sql.query<{ error: string }>("SELECT error FROM feed_run WHERE feed_id = 'urlhaus'");
    expect(run?.error).toContain(said);
  });
});

it("a vulnerability that leaves KEV loses what KEV said of it", async () => {
  const kev = (...ids: string[]) =>
    JSON.stringify({
      vulnerabilities: ids.map((cveID) => ({ cveID, dateAdded: "2026-11-02", knownRansomwareCampaignUse: "Known" })),
    });
  put("cisa-kev", { "kev.json": kev("CVE-2026-11111", "CVE-2026-22222") });
  await pull("cisa-kev");
  put("cisa-csaf", {
    "advisory.json": fs
      .readFileSync(path.join(import.meta.dirname, "../samples/cisa-csaf.json"), "utf8")
      .replace(/CVE-\d{4}-\d{4,7}/g, "CVE-2026-11111"),
  });
  expect(await pull("cisa-csaf")).toMatchObject({ status: "ok" });
  put("cisa-kev", { "kev.json": kev("CVE-2026-22222") });
  // A pull is of the database's time; its lifetime of two days is over by then.
  now = new Date(Date.now() + 4 * 86_400_000);
  expect(await pull("cisa-kev")).toMatchObject({ status: "ok" });
  const rows = await db.sql.query("SELECT value, sources, stated, tags, threat_type FROM ioc ORDER BY value");
  expect(rows).toMatchObject([
    { value: "CVE-2026-11111", sources: ["cisa-csaf"], stated: 1, threat_type: "security-advisory" },
    { value: "CVE-2026-22222", sources: ["cisa-kev"], stated: 3, threat_type: "exploited-vulnerability" },
  ]);
  expect((rows[0] as { tags: string[] }).tags).not.toContain("kev");
});

const present = fs.existsSync(shared);
if (!present) console.warn(`natures.once.db.test.ts: partly skipped, ${shared} does not exist`);
const archives = ["volexity", "signature-base", "sophos-iocs", "talos-iocs", "unit42-iocs", "stix-mvt", "maltrail"];

it.skipIf(!present).each(archives)("no value of the reports of %s is of today", async (id) => {
  now = new Date();
  expect(await pull(id, shared)).toMatchObject({ iocsNew: expect.any(Number) });
  const [row] = await db.sql.query<{ n: number; fresh: number }>(
    `SELECT count(*)::int AS n,
       (count(*) FILTER (WHERE GREATEST(first_seen, last_seen) > now() - interval '60 days'))::int AS fresh FROM ioc`,
  );
  expect(row?.n).toBeGreaterThan(50);
  expect(row?.fresh).toBe(0);
});
