import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testContext } from "../testing";
import type { Observation } from "../values";
import { ageIocs } from "./age-iocs";
import { forgetEnded } from "./forget-feeds";
import { type IngestInput, ingestIocs } from "./ingest-iocs";
import type { FeedFacts } from "./record";

const day = 86_400_000;
const start = new Date("2026-11-21T15:30:00.000Z");
const facts = { category: "vendor", confidence: "high", tlp: "clear" } as const;
const archive: FeedFacts = { ...facts, id: "archive", name: "Reports", nature: "archive" };
const log: FeedFacts = { ...facts, id: "log", name: "Log", nature: "log" };
const list: FeedFacts = { ...facts, id: "list", name: "List", category: "community", confidence: "low" };

let db: Db;
let now = start;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  now = start;
  await db.sql.query("TRUNCATE feed, ioc, sighting, ioc_change CASCADE");
});

const context = () => testContext(db, { now: () => now });
const ingest = (feed: FeedFacts, observations: Observation[], more: Partial<IngestInput> = {}) =>
  ingestIocs(context(), { feed, observations, pulledAt: now, ...more });
const stored = async () => {
  const rows = await db.sql.query<Record<string, Date | null | string | number>>(
    `SELECT value, first_seen, last_seen, valid_until, withdrawn_at, stale_at, risk_score, generation FROM ioc ORDER BY value`,
  );
  const dayOf = (time: unknown) => (time instanceof Date ? time.toISOString().slice(0, 10) : null);
  return rows.map((row) => ({
    value: row.value,
    first: dayOf(row.first_seen),
    last: dayOf(row.last_seen),
    until: dayOf(row.valid_until),
    withdrawn: row.withdrawn_at !== null,
    waits: row.stale_at !== null,
    generation: row.generation,
  }));
};
const queued = async () => (await db.sql.query("SELECT seq FROM ioc_change")).length;

describe("an archive", () => {
  it("dates by the report, and reading it again renews nothing", async () => {
    const dated = new Date("2026-11-10T00:00:00Z");
    const said: Observation[] = [
      { value: "report.example" },
      { value: "198.51.100.7", firstSeen: new Date("2026-11-12T00:00:00Z") },
    ];
    await ingest(archive, said, { dated });
    const before = await stored();
    expect(before).toMatchObject([
      { value: "198.51.100.7", first: "2026-11-12", last: "2026-11-12", until: "2026-12-12", withdrawn: false },
      { value: "report.example", first: "2026-11-10", last: "2026-11-10", until: "2027-02-08", withdrawn: false },
    ]);
    for (const days of [1, 5, 20]) {
      now = new Date(start.getTime() + days * day);
      expect(await ingest(archive, said, { dated })).toMatchObject({ iocsChanged: 0, sightingsNew: 0 });
    }
    expect(await stored()).toEqual(before);
    now = new Date("2026-12-13T00:00:00Z");
    await ingest(archive, said, { dated });
    await db.sql.query(
      "INSERT INTO feed (id, name, category, last_success_at) VALUES ('archive', 'Reports', 'vendor', $1)",
      [now.toISOString()],
    );
    await ageIocs(context());
    await ingest(archive, said, { dated });
    expect(await stored()).toMatchObject([{ withdrawn: true, generation: 0 }, { withdrawn: false }]);
  });

  it("of long ago comes as withdrawn, found by a lookup and promised to no poller; a list brings it back", async () => {
    await ingest(archive, [{ value: "198.51.100.7" }], { dated: new Date("2014-10-09T00:00:00Z") });
    expect(await stored()).toEqual([
      expect.objectContaining({
        first: "2014-10-09",
        last: "2014-10-09",
        until: "2014-11-08",
        withdrawn: true,
        waits: false,
      }),
    ]);
    expect(await queued()).toBe(0);
    await ingest(list, [{ value: "198.51.100.7" }]);
    expect(await stored()).toMatchObject([
      { first: "2014-10-09", last: "2026-11-21", until: "2026-12-21", withdrawn: false, waits: true },
    ]);
    expect(await queued()).toBe(1);
  });
});

it("a row of a log was last seen when it says; without a time it is listed now", async () => {
  await ingest(log, [
    { value: "one.example", firstSeen: new Date("2026-11-01T10:00:00Z") },
    { value: "two.example", firstSeen: new Date("2026-11-01T10:00:00Z"), lastSeen: new Date("2026-11-15T10:00:00Z") },
    { value: "zero.example" },
  ]);
  expect(await stored()).toMatchObject([
    { value: "one.example", first: "2026-11-01", last: "2026-11-01", until: "2027-01-30" },
    { value: "two.example", first: "2026-11-01", last: "2026-11-15", until: "2027-02-13" },
    { value: "zero.example", first: "2026-11-21", last: "2026-11-21", until: "2027-02-19" },
  ]);
});

describe("times of pulls, as they were stored before sources said what they are", () => {
  const asBefore = { ...archive, nature: "list" } as const;

  it("give way to those of the reports, in whatever order files name a value", async () => {
    await ingest(asBefore, [{ value: "198.51.100.7" }, { value: "evil.example" }]);
    const id = (await db.sql.query<{ id: string }>("SELECT id FROM ioc ORDER BY id")).map((row) => row.id);
    now = new Date(start.getTime() + day);
    await ingest(archive, [{ value: "198.51.100.7" }, { value: "evil.example" }], { dated: new Date("2019-05-01Z") });
    await ingest(archive, [{ value: "198.51.100.7" }], { dated: new Date("2014-10-09Z") });
    await ingest(archive, [{ value: "198.51.100.7" }], { dated: new Date("2016-01-02Z") });
    expect(await stored()).toMatchObject([
      { value: "198.51.100.7", first: "2014-10-09", last: "2019-05-01", until: "2019-05-31", withdrawn: true },
      { value: "evil.example", first: "2019-05-01", last: "2019-05-01", withdrawn: true },
    ]);
    expect((await db.sql.query<{ id: string }>("SELECT id FROM ioc ORDER BY id")).map((row) => row.id)).toEqual(id);
    const [{ n } = { n: 0 }] = await db.sql.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM sighting WHERE times <> 'own'",
    );
    expect(n).toBe(0);
  });

  it("leave what another source says of the value", async () => {
    await ingest(asBefore, [{ value: "evil.example" }]);
    await ingest(list, [{ value: "evil.example" }]);
    await ingest(archive, [{ value: "evil.example" }], { dated: new Date("2019-05-01Z") });
    expect(await stored()).toMatchObject([
      { first: "2019-05-01", last: "2026-11-21", until: "2027-02-19", withdrawn: false },
    ]);
  });
});

it("what has left a feed takes with it what the feed said, where others still report the value", async () => {
  const kev: FeedFacts = { ...facts, id: "kev", name: "KEV", reputation: 98, lifetimeDays: { cve: 2 } };
  const said = { type: "cve", tags: ["kev"], threatType: "exploited-vulnerability" } as const;
  await ingest(kev, [
    { value: "CVE-2026-11111", ...said },
    { value: "CVE-2026-22222", ...said },
    { value: "CVE-2026-33333", ...said },
  ]);
  await ingest(list, [
    { value: "CVE-2026-11111", type: "cve", tags: ["advisory"], industries: ["energy"] },
    { value: "CVE-2026-22222", type: "cve" },
  ]);
  now = new Date(start.getTime() + 3 * day);
  await ingest(kev, [{ value: "CVE-2026-22222", ...said }]);
  const others = [{ id: "list", tlp: "clear" as const }];
  expect(await forgetEnded(context(), { feedId: "kev", types: ["cve"], others })).toEqual({ iocs: 1, full: false });
  const rows = await db.sql.query(
    "SELECT value, sources, tags, stated, reputation, threat_type, industries FROM ioc ORDER BY value",
  );
  expect(rows).toEqual([
    {
      value: "CVE-2026-11111",
      sources: ["list"],
      tags: ["advisory"],
      stated: 1,
      reputation: 45,
      threat_type: null,
      industries: ["energy"],
    },
    expect.objectContaining({
      value: "CVE-2026-22222",
      sources: ["kev", "list"],
      tags: ["kev"],
      stated: 3,
      reputation: 98,
    }),
    expect.objectContaining({ value: "CVE-2026-33333", sources: ["kev"], tags: ["kev"] }),
  ]);
  expect(await forgetEnded(context(), { feedId: "kev", types: ["cve"], others })).toEqual({ iocs: 0, full: false });
});
