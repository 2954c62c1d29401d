import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testContext } from "../testing";
import { iocId, type Observation } from "../values";
import { ingestIocs } from "./ingest-iocs";
import type { FeedFacts } from "./record";

const pulledAt = new Date("2026-11-21T15:30:00.000Z");
const listedAt = "2026-11-21T12:00:00.000Z";
const alpha: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "medium", tlp: "clear" };
const beta: FeedFacts = { id: "beta", name: "Beta", category: "community", confidence: "high", tlp: "amber" };

let db: Db;
let now = pulledAt;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  now = pulledAt;
  await db.sql.query("TRUNCATE ioc, sighting");
});

const ingest = (feed: FeedFacts, observations: Observation[], at = pulledAt) =>
  ingestIocs(testContext(db, { now: () => now }), { feed, observations, pulledAt: at });
const rows = () => db.sql.query<Record<string, unknown>>("SELECT * FROM ioc ORDER BY value");
const sightings = () => db.sql.query<Record<string, unknown>>("SELECT * FROM sighting ORDER BY ioc_id, feed_id");

describe("one feed", () => {
  it("adds one row for each type and value, and names what it refuses by its index", async () => {
    const result = await ingest(alpha, [
      { value: "hxxp://EVIL[.]example/a" },
      { value: "192.168.1.1" },
      { value: "198.51.100.7:8080", context: "seen in spam" },
      { value: "http://evil.example/a", tags: ["b"] },
      { value: "no indicator" },
    ]);
    expect(result).toEqual({
      iocsNew: 2,
      iocsChanged: 0,
      sightingsNew: 2,
      rejected: [
        { index: 1, problem: "private and reserved addresses are never IOCs" },
        { index: 4, problem: "not an indicator of any known type: no indicator" },
      ],
    });
    expect(await rows()).toMatchObject([
      { id: iocId("ipv4", "198.51.100.7"), type: "ipv4", value: "198.51.100.7", context: "port 8080; seen in spam" },
      { id: iocId("url", "http://evil.example/a"), value: "http://evil.example/a", tags: ["b"], sources: ["alpha"] },
    ]);
  });

  it("changes nothing when it says the same again, at the same time or hours later", async () => {
    const said: Observation[] = [
      { value: "evil.example", tags: ["x"], threatType: "C2", malwareFamily: "Emotet", context: "note" },
      { value: "198.51.100.0/24" },
      { value: "CVE-2026-12345", firstSeen: new Date("2026-01-01Z"), lastSeen: new Date("2026-02-01Z") },
    ];
    await ingest(alpha, said);
    const before = { iocs: await rows(), sightings: await sightings() };
    for (const hours of [0, 8]) {
      now = new Date(pulledAt.getTime() + hours * 3_600_000);
      const again = await ingest(alpha, said, now);
      expect(again).toEqual({ iocsNew: 0, iocsChanged: 0, sightingsNew: 0, rejected: [] });
      expect({ iocs: await rows(), sightings: await sightings() }).toEqual(before);
    }
  });

  it("moves last_seen of a listed value in steps, and counts an occurrence with each", async () => {
    await ingest(alpha, [{ value: "evil.example" }]);
    now = new Date("2026-11-22T01:00:00.000Z");
    expect(await ingest(alpha, [{ value: "evil.example" }], now)).toMatchObject({ iocsChanged: 1, sightingsNew: 0 });
    const [row] = await rows();
    expect(row).toMatchObject({
      first_seen: new Date(listedAt),
      last_seen: new Date("2026-11-22T00:00:00.000Z"),
      created_at: pulledAt,
      updated_at: now,
    });
    expect(await sightings()).toMatchObject([{ occurrences: 2 }]);
  });

  it("keeps the feed's own times, takes no time from the future or from before anyone watched", async () => {
    await ingest(alpha, [
      { value: "a.example", firstSeen: new Date("2026-01-02T03:04:05.678Z"), lastSeen: new Date("2026-02-01Z") },
      { value: "b.example", firstSeen: new Date("2031-01-01Z"), lastSeen: new Date("2032-01-01Z") },
      { value: "c.example", firstSeen: new Date(0), lastSeen: new Date(Number.NaN) },
      { value: "d.example", firstSeen: new Date("2026-03-01Z"), lastSeen: new Date("2026-02-01Z") },
    ]);
    const times = (await rows()).map((row) => [row.first_seen, row.last_seen]);
    expect(times).toEqual([
      [new Date("2026-01-02T03:04:05.678Z"), new Date("2026-02-01Z")],
      [pulledAt, pulledAt],
      [new Date(listedAt), new Date(listedAt)],
      [new Date("2026-02-01Z"), new Date("2026-03-01Z")],
    ]);
  });

  it("takes what databases do not out of side fields, and cuts what is too long", async () => {
    const { rejected } = await ingest(alpha, [
      {
        value: "evil.example",
        tags: [
          "a\u0000b",
          "\ud800",
          "  ",
          "t".repeat(500),
          "a\u001fb",
          ...Array.from({ length: 80 }, (_, n) => `${n}`),
        ],
        mitreTechniques: ["t1059.001", "not one"],
        threatType: "C2\u0000 Server",
        malwareFamily: "\udc00x",
        referenceUrl: "javascript:alert(1)",
        context: `a\u0000b\n${"😀".repeat(3_000)}`,
      },
      { value: "b\u0000.example" },
      { value: "\ud800.example" },
    ]);
    expect(rejected.map(({ index }) => index)).toEqual([1, 2]);
    const [row] = await rows();
    expect(row).toMatchObject({
      mitre_techniques: ["T1059.001", "T1071"],
      threat_type: "c2 server",
      malware_family: "\ufffdx",
      reference_url: null,
    });
    expect(row?.tags).toHaveLength(50);
    expect((row?.tags as string[] | undefined)?.slice(0, 3)).toEqual(["a b", "\ufffd", "t".repeat(100)]);
    expect(`${row?.context}`).toHaveLength(2_000);
  });

  it("keeps every side field in its own row, whatever the rows beside it leave open", async () => {
    const full = {
      ...{
        tags: ["a,b", '"q"', "{x}", "NULL", "\\\\"],
        mitreTechniques: ["T1059", "T1566.002"],
        threatType: 'c2, or "so"',
      },
      ...{ malwareFamily: "NULL", referenceUrl: "https://feed.example/{1},2", context: "back\\\\slash, 'quote'" },
      ...{ industries: ["energy"], articleId: "00000000-0000-4000-8000-000000000001" },
    };
    const warned = ['Top, "domains"', "a\u001eb"];
    const warningsOf = (_: string, value: string) => (value.startsWith("full") ? warned : []);
    const said = (value: string) => (value.startsWith("full") ? { ...full, value } : { value });
    const values = ["bare-1.example", "bare-2.example", "full-1.example", "full-2.example"];
    // All in one, then each alone: an empty column of one row is no column without rows.
    for (const batch of [values, ...values.map((value) => [value])]) {
      await db.sql.query("TRUNCATE ioc, sighting");
      await ingestIocs(testContext(db), { feed: alpha, observations: batch.map(said), pulledAt, warningsOf });
      const bare = { tags: [], mitre_techniques: [], industries: [], warnings: [], context: null, article_id: null };
      const whole = {
        ...{
          tags: full.tags,
          mitre_techniques: full.mitreTechniques,
          threat_type: full.threatType,
          malware_family: "NULL",
        },
        ...{
          reference_url: full.referenceUrl,
          context: full.context,
          industries: ["energy"],
          article_id: full.articleId,
        },
        warnings: ['Top, "domains"', "a b"],
      };
      expect(await rows()).toMatchObject(
        batch.map((value) => ({ value, ...(value.startsWith("full") ? whole : bare) })),
      );
      const { warnings: _, industries: __, ...inSighting } = whole;
      const [first] = await sightings();
      if (batch.length === 1 && batch[0]?.startsWith("full")) expect(first).toMatchObject(inSighting);
    }
  });

  it("forgets warnings when none is known any more, and keeps them when nobody asked", async () => {
    const warn = (names?: string[]) =>
      ingestIocs(testContext(db), {
        ...{ feed: alpha, observations: [{ value: "evil.example", tags: [`said of ${names}`] }], pulledAt },
        ...(names ? { warningsOf: () => names } : {}),
      });
    const held = async () => (await rows()).map(({ warnings, risk_score }) => [warnings, risk_score]);
    await warn();
    expect(await held()).toEqual([[null, 51]]);
    await warn(["Top domains"]);
    expect(await held()).toEqual([[["Top domains"], 15]]);
    await warn();
    expect(await held()).toEqual([[["Top domains"], 15]]);
    await warn([]);
    expect(await held()).toEqual([[[], 51]]);
  });

  it("goes by its later word on whether a thing answers, and of one time by that it does not", async () => {
    const said = (active: boolean | undefined, day: number) =>
      ingest(alpha, [
        {
          value: "http://evil.example/x",
          firstSeen: new Date("2026-11-01Z"),
          lastSeen: new Date(Date.UTC(2026, 10, day)),
          ...(active === undefined ? {} : { active }),
        },
      ]);
    const held = async () => (await rows()).map(({ active }) => active);
    await said(undefined, 10);
    expect(await held()).toEqual([null]);
    expect(await said(true, 10)).toMatchObject({ iocsChanged: 1 });
    const [online] = await rows();
    expect(await said(false, 10)).toMatchObject({ iocsChanged: 1 });
    const [offline] = await rows();
    expect([online?.active, offline?.active, Number(online?.risk_score) - Number(offline?.risk_score)]).toEqual([
      true,
      false,
      4,
    ]);
    expect([await said(true, 10), await said(true, 9)]).toMatchObject([{ iocsChanged: 0 }, { iocsChanged: 0 }]);
    expect(await held()).toEqual([false]);
    expect(await said(true, 11)).toMatchObject({ iocsChanged: 1 });
    expect(await said(undefined, 12)).toMatchObject({ iocsChanged: 1 });
    expect(await held()).toEqual([true]);
  });

  it("knows what a listing names side by side, and writes nothing anew for that alone", async () => {
    const hosts = [
      "http://a.example/1",
      "http://a.example:8080/2",
      "http://b.example/",
      "192.0.2.1",
      "192.0.2.9",
      "192.0.2.0/24",
    ];
    await ingest(
      alpha,
      hosts.map((value) => ({ value })),
    );
    const beside = async () => Object.fromEntries((await rows()).map(({ value, company }) => [value, company]));
    const all = { "http://b.example/": 0, "192.0.2.0/24": 0, "192.0.2.1": 1, "192.0.2.9": 1 };
    expect(await beside()).toEqual({ ...all, "http://a.example/1": 1, "http://a.example:8080/2": 1 });
    expect(await ingest(alpha, [{ value: "192.0.2.1" }])).toMatchObject({ iocsChanged: 0 });
    expect(await beside()).toMatchObject(all);
  });

  it("refuses private addresses and keeps the documentation ranges", async () => {
    const values = [
      "10.0.0.1",
      "127.0.0.1",
      "fe80::1",
      "100.64.1.1",
      "192.0.2.1",
      "198.51.100.1",
      "203.0.113.1",
      "2001:db8::1",
    ];
    const { iocsNew, rejected } = await ingest(
      alpha,
      values.map((value) => ({ value })),
    );
    expect(iocsNew).toBe(4);
    expect(rejected.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it("takes nothing and everything that one call may hold", async () => {
    expect(await ingest(alpha, [])).toEqual({ iocsNew: 0, iocsChanged: 0, sightingsNew: 0, rejected: [] });
    const many = Array.from({ length: 5_000 }, (_, n) => ({ value: `h${n}.example` }));
    expect(await ingest(alpha, many)).toMatchObject({ iocsNew: 5_000, sightingsNew: 5_000 });
    await expect(ingest(alpha, [...many, { value: "one-more.example" }])).rejects.toThrow(RangeError);
  });
});

describe("two feeds", () => {
  it("make one row that says what either does", async () => {
    await ingest(alpha, [
      {
        value: "evil.example",
        tags: ["a", "b"],
        referenceUrl: "https://alpha.example/1",
        lastSeen: new Date("2026-11-20Z"),
      },
    ]);
    now = new Date("2026-11-21T16:00:00.000Z");
    const second = await ingest(beta, [
      {
        value: "evil.example",
        tags: ["b", "c"],
        mitreTechniques: ["T1566"],
        threatType: "phishing",
        malwareFamily: "Lumma",
        referenceUrl: "https://beta.example/1",
        context: "beta's note",
        firstSeen: new Date("2026-11-01Z"),
        lastSeen: new Date("2026-11-19Z"),
      },
    ]);
    expect(second).toMatchObject({ iocsNew: 0, iocsChanged: 1, sightingsNew: 1 });
    expect(await rows()).toMatchObject([
      {
        confidence: 3,
        first_seen: new Date("2026-11-01Z"),
        last_seen: new Date("2026-11-20Z"),
        created_at: pulledAt,
        updated_at: now,
        tags: ["a", "b", "c"],
        // Its own, and those that mark the family.
        mitre_techniques: ["T1566", "T1555.003", "T1539", "T1071.001"],
        threat_type: "phishing",
        malware_family: "Lumma",
        tlp: "amber",
        sources: ["alpha", "beta"],
        sources_count: 2,
        categories: ["threat-feed", "community"],
        reference_url: "https://alpha.example/1",
        context: null,
        // high 20, reputation 60: 8, two sources 5, a domain seen within a week 20, first seen 19 days before 3, phishing 9,
        // family 2, nobody looks whether it answers 2, a plain name 0
        risk_score: 69,
      },
    ]);
    expect(await sightings()).toMatchObject([
      { feed_id: "alpha", confidence: 2, tags: ["a", "b"], context: null },
      { feed_id: "beta", confidence: 3, tags: ["b", "c"], context: "beta's note", category: "community" },
    ]);
  });

  it("count those that repeat each other as one source", async () => {
    const again: FeedFacts = { ...alpha, id: "again", kin: ["alpha"] };
    await ingest({ ...alpha, kin: ["again"] }, [{ value: "evil.example" }]);
    await ingest(again, [{ value: "evil.example" }]);
    const [alone] = await rows();
    expect(alone).toMatchObject({ sources_count: 2, independent_sources: 1 });
    await ingest(beta, [{ value: "evil.example", confidence: "medium" }]);
    const [both] = await rows();
    expect(both).toMatchObject({ sources_count: 3, independent_sources: 2 });
    expect(Number(both?.risk_score) - Number(alone?.risk_score)).toBe(5);
  });

  it("are as sure as the surer of the two, whether it says so by a word or a figure", async () => {
    await ingest(alpha, [{ value: "evil.example", certainty: 55 }]);
    expect(await rows()).toMatchObject([{ stated: 2, certainty: 55 }]);
    await ingest(beta, [{ value: "evil.example", confidence: "high" }]);
    expect(await rows()).toMatchObject([{ stated: 3, certainty: 85 }]);
    await ingest(beta, [{ value: "evil.example", certainty: 60, confidence: "high" }]);
    expect(await rows()).toMatchObject([{ stated: 3, certainty: 85 }]);
  });

  it("never lower confidence, TLP or the number of sources", async () => {
    await ingest(beta, [{ value: "evil.example" }]);
    await ingest(alpha, [{ value: "evil.example", confidence: "low" }]);
    expect(await rows()).toMatchObject([{ confidence: 3, tlp: "amber", sources: ["beta", "alpha"], sources_count: 2 }]);
  });

  it.each([
    ["a tag", { tags: ["new"] }, { tags: ["new"] }],
    ["a technique", { mitreTechniques: ["T1059"] }, { mitre_techniques: ["T1059"] }],
    ["more confidence", { confidence: "high" as const }, { confidence: 3 }],
    ["an earlier time", { firstSeen: new Date("2026-01-01Z") }, { first_seen: new Date("2026-01-01Z") }],
    ["a later time", { lastSeen: pulledAt }, { last_seen: pulledAt }],
    ["a threat type", { threatType: "c2" }, { threat_type: "c2" }],
    ["a family", { malwareFamily: "Emotet" }, { malware_family: "Emotet" }],
    ["a reference", { referenceUrl: "https://alpha.example/2" }, { reference_url: "https://alpha.example/2" }],
    ["a context", { context: "new" }, { context: "new" }],
  ])("%s that is new is a change, once", async (_, said, held) => {
    await ingest(alpha, [{ value: "evil.example" }]);
    now = new Date("2026-11-21T16:00:00.000Z");
    expect(await ingest(alpha, [{ value: "evil.example", ...said }])).toMatchObject({ iocsNew: 0, iocsChanged: 1 });
    expect(await rows()).toMatchObject([{ ...held, updated_at: now }]);
    expect(await ingest(alpha, [{ value: "evil.example", ...said }])).toMatchObject({ iocsChanged: 0 });
  });

  it("keep at most fifty tags, and a full row does not change for ever", async () => {
    const tags = (from: number) => Array.from({ length: 40 }, (_, n) => `tag-${from + n}`);
    await ingest(alpha, [{ value: "evil.example", tags: tags(0) }]);
    await ingest(beta, [{ value: "evil.example", tags: tags(40) }]);
    const [row] = await rows();
    expect(row?.tags).toEqual([...tags(0), ...tags(40)].slice(0, 50));
    expect(await ingest(beta, [{ value: "evil.example", tags: tags(40) }])).toMatchObject({ iocsChanged: 0 });
  });
});
