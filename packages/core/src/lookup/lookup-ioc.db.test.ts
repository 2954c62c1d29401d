import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FeedFacts, ingestIocs } from "../iocs";
import type { Observation } from "../values";
import { lookupIoc } from "./lookup-ioc";
import { lookupInput, lookupShape } from "./shape";
import { countingContext } from "./testing";

const now = new Date("2026-11-21T12:00:00.000Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

const alpha: FeedFacts = {
  id: "alpha",
  name: "Alpha Feed",
  category: "threat-feed",
  confidence: "medium",
  tlp: "clear",
};
const beta: FeedFacts = { id: "beta", name: "Beta Feed", category: "government", confidence: "high", tlp: "green" };
const gone: FeedFacts = { id: "gone-feed", name: "Gone", category: "community", confidence: "low", tlp: "clear" };

type Counting = ReturnType<typeof countingContext>;

let db: Db;
let ctx: Counting["ctx"];
let sent: Counting["sent"];

beforeAll(async () => {
  db = await testDb();
  ({ ctx, sent } = countingContext(db, { now: () => now }));
  for (const { id, name, category } of [alpha, beta]) await ctx.db.feed.create({ data: { id, name, category } });
  const ingest = (feed: FeedFacts, observations: Observation[], pulledAt = now) =>
    ingestIocs(ctx, { feed, observations, pulledAt });
  await ingest(alpha, [
    {
      value: "malware.example",
      tags: ["loader", "shared"],
      threatType: "botnet_cc",
      firstSeen: daysAgo(20),
      lastSeen: daysAgo(3),
    },
    { value: "198.51.100.0/24", tags: ["hijacked"], lastSeen: daysAgo(2) },
    { value: "198.51.0.0/16", lastSeen: daysAgo(400) },
    { value: "2001:db8:bad::/48", lastSeen: daysAgo(1) },
    { value: "192.0.2.77", lastSeen: daysAgo(200), referenceUrl: "https://alpha.example/77", context: "ssh" },
    { value: "CVE-2026-12345" },
    { value: "8.8.8.8" },
  ]);
  await ingest(beta, [
    {
      value: "malware.example",
      tags: ["shared", "gov"],
      malwareFamily: "SampleLoader",
      mitreTechniques: ["T1071.001"],
      firstSeen: daysAgo(40),
      lastSeen: daysAgo(10),
    },
    { value: "198.51.100.7", confidence: "low", lastSeen: daysAgo(5), malwareFamily: "SampleBot" },
  ]);
  await ingest(alpha, [{ value: "malware.example", lastSeen: daysAgo(1) }]);
  await ingest(gone, [{ value: "orphan.example" }]);
});

afterAll(() => db.close());

async function lookup(ioc: string, type?: string) {
  sent.statements = 0;
  const answer = await lookupIoc(ctx, lookupInput.parse({ ioc, ...(type === undefined ? {} : { type }) }));
  // A CVE's articles are one more.
  expect(sent.statements).toBeLessThanOrEqual(answer.data.ioc_type === "cve" ? 3 : 2);
  return lookupShape.parse(answer);
}

describe("a value that is stored", () => {
  it("is answered with all that its sources say", async () => {
    const { meta, data } = await lookup("malware.example");
    expect(meta).toEqual({ generated_at: now.toISOString(), feed_version: "1.0", source: "Tocsin" });
    expect(data).toMatchObject({
      found: true,
      ioc_value: "malware.example",
      ioc_type: "domain",
      note: null,
      confidence: "high",
      first_seen: daysAgo(40).toISOString(),
      last_seen: daysAgo(1).toISOString(),
      total_occurrences: 3,
      reporting_sources: 2,
      threat_type: "botnet_cc",
      malware_family: "SampleLoader",
      // The one that the threat type means, and a source's own.
      mitre_techniques: ["T1071", "T1071.001"],
      mitre: [
        { id: "T1071", name: "Application Layer Protocol", tactics: ["Command and Control"] },
        { id: "T1071.001", name: "Application Layer Protocol: Web Protocols", tactics: ["Command and Control"] },
      ],
      warnings: [],
      related: [],
    });
    expect([...data.tags].sort()).toEqual(["gov", "loader", "shared"]);
    expect(data.sources).toEqual([
      expect.objectContaining({
        source_feed: "Alpha Feed",
        source_category: "threat-feed",
        occurrence_count: 2,
        confidence: "medium",
      }),
      expect.objectContaining({
        source_feed: "Beta Feed",
        source_category: "government",
        occurrence_count: 1,
        confidence: "high",
      }),
    ]);
    expect(data).not.toHaveProperty("articles");
  });

  it("has a risk that is the sum of its factors, and hunting queries that know it", async () => {
    const { risk, hunting } = (await lookup("malware.example")).data;
    expect(risk?.factors.reduce((sum, { weight }) => sum + weight, 0)).toBe(risk?.score);
    expect(risk?.level).toBe("critical");
    expect(hunting.sigma).toContain("level: critical");
    expect(hunting.sigma).toContain("attack.t1071.001");
    expect(hunting.sigma).toContain("tlp.green");
  });

  it.each(["hxxp://malware[.]example", "MALWARE.EXAMPLE.", "malware(dot)example", " malware.example "])(
    "is found as %j where that is the same value",
    async (ioc) => {
      const { data } = await lookup(ioc, ioc.startsWith("hxxp") ? undefined : "domain");
      if (data.ioc_type === "domain") expect(data.found).toBe(true);
      else expect(data.related).toEqual([expect.objectContaining({ value: "malware.example", relation: "host" })]);
    },
  );

  it("keeps each source's own reference and context, and says when the value is stale", async () => {
    const { data } = await lookup("192.0.2[.]77");
    expect(data.sources).toEqual([
      {
        source_feed: "Alpha Feed",
        source_category: "threat-feed",
        ioc_value: "192.0.2.77",
        reference_url: "https://alpha.example/77",
        first_seen: daysAgo(200).toISOString(),
        last_seen: daysAgo(200).toISOString(),
        occurrence_count: 1,
        confidence: "medium",
        context: "ssh",
      },
    ]);
    expect(data.warnings).toEqual([expect.stringContaining("200 days ago")]);
  });

  it("is not hidden by the tier's lookback", async () => {
    await ctx.db.ioc.updateMany({ where: { value: "192.0.2.77" }, data: { updatedAt: daysAgo(300) } });
    expect((await lookup("192.0.2.77")).data.found).toBe(true);
  });

  it("is found when it is withdrawn, and says so, with half the risk", async () => {
    const before = (await lookup("192.0.2.77")).data.risk?.score ?? 0;
    await ctx.db.ioc.updateMany({ where: { value: "192.0.2.77" }, data: { withdrawnAt: daysAgo(30) } });
    const { data } = await lookup("192.0.2.77");
    expect(data.found).toBe(true);
    expect(data.warnings).toContainEqual(expect.stringContaining("Withdrawn since 2026-10-22"));
    expect(data.risk?.factors.at(-1)).toMatchObject({ name: "withdrawn", weight: Math.floor(before / 2) - before });
    expect(data.risk?.score).toBe(Math.floor(before / 2));
    await ctx.db.ioc.updateMany({ where: { value: "192.0.2.77" }, data: { withdrawnAt: null } });
  });

  it("takes away most of the risk of what is on a warninglist", async () => {
    await ctx.db.ioc.updateMany({ where: { value: "orphan.example" }, data: { warnings: ["Top domains"] } });
    const { risk, confidence } = (await lookup("orphan.example")).data;
    expect({ level: risk?.level, confidence }).toEqual({ level: "low", confidence: "low" });
    expect(risk?.factors.at(-1)).toMatchObject({ name: "warninglists", why: "on the warninglist Top domains" });
    expect(risk?.factors.reduce((sum, { weight }) => sum + weight, 0)).toBe(risk?.score);
  });

  it("names a source by its id when the feed is gone", async () => {
    expect((await lookup("orphan.example")).data.sources).toEqual([
      expect.objectContaining({ source_feed: "gone-feed" }),
    ]);
  });

  it("is marked when it is a false positive by all odds", async () => {
    const { data } = await lookup("8.8.8.8");
    expect(data.warnings).toEqual([
      expect.stringContaining("a public DNS resolver"),
      expect.stringContaining('warninglist "Services of Google, Microsoft and Meta"'),
    ]);
    expect(data.risk?.level).toBe("low");
    expect(data.risk?.factors.map(({ weight }) => weight).reduce((sum, weight) => sum + weight)).toBe(data.risk?.score);
  });

  it("has a list of articles when it is a CVE", async () => {
    const { data } = await lookup("cve-2026-12345");
    expect(data).toMatchObject({ found: true, ioc_type: "cve", ioc_value: "CVE-2026-12345", articles: [] });
    expect(data.hunting.sigma).toBeNull();
  });

  it("is looked up without its port", async () => {
    const { data } = await lookup("192.0.2.77:8080");
    expect(data).toMatchObject({ found: true, ioc_value: "192.0.2.77", note: expect.stringContaining("8080") });
  });
});

it("an ATT&CK id is answered with what it stands for", async () => {
  const { data } = await lookup("t1059.001");
  expect(data.found).toBe(false);
  expect(data.mitre).toEqual([
    { id: "T1059.001", name: "Command and Scripting Interpreter: PowerShell", tactics: ["Execution"] },
  ]);
});

describe("an address", () => {
  it("is found by every network that holds it, nearest first", async () => {
    const { data } = await lookup("198.51.100.9");
    expect(data).toMatchObject({
      found: true,
      ioc_value: "198.51.100.9",
      tags: ["hijacked"],
      reporting_sources: 1,
      total_occurrences: 2,
    });
    expect(data.note).toContain("198.51.100.0/24");
    expect(data.related.map(({ value, relation }) => [value, relation])).toEqual([
      ["198.51.100.0/24", "network"],
      ["198.51.0.0/16", "network"],
    ]);
    expect(data.sources.map(({ ioc_value }) => ioc_value)).toEqual(["198.51.100.0/24", "198.51.0.0/16"]);
  });

  it("joins its own record with those of its networks", async () => {
    const { data } = await lookup("198.51.100.7");
    expect(data).toMatchObject({
      found: true,
      note: null,
      // One source is sure, the other one good.
      confidence: "high",
      reporting_sources: 2,
      total_occurrences: 3,
      malware_family: "SampleBot",
    });
    expect(data.last_seen).toBe(daysAgo(2).toISOString());
    expect(data.sources).toHaveLength(3);
  });

  it("of IPv6 is found by its network, however it is written", async () => {
    const { data } = await lookup("2001:0DB8:0BAD:0000:0000:0000:0000:0001");
    expect(data).toMatchObject({ found: true, ioc_type: "ipv6", ioc_value: "2001:db8:bad::1" });
    expect(data.related).toEqual([expect.objectContaining({ value: "2001:db8:bad::/48" })]);
  });

  it("that lies beside a network is not found", async () => {
    expect((await lookup("198.52.0.1")).data).toMatchObject({ found: false, related: [] });
    expect((await lookup("2001:db8:bae::1")).data.found).toBe(false);
  });

  it.each([
    "10.1.2.3",
    "127.0.0.1:80",
    "fe80::1",
    "192.168.0.0/16",
    "hxxp://192.168.1.1/admin",
    "10.0.0.1/x",
    "http://[::1]:80/",
  ])("that is not public (%s) is answered with a warning, without asking the database", async (ioc) => {
    const { data } = await lookup(ioc);
    expect(sent.statements).toBe(0);
    expect(data).toMatchObject({ found: false, risk: null, sources: [] });
    expect(data.warnings).toEqual([expect.stringContaining("private or reserved")]);
  });
});

describe("a value that is not held", () => {
  it("is answered as unknown, not as safe, with queries to hunt it", async () => {
    const { data } = await lookup("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sent.statements).toBe(1);
    expect(data).toMatchObject({
      found: false,
      ioc_type: "sha256",
      confidence: null,
      first_seen: null,
      last_seen: null,
      total_occurrences: 0,
      reporting_sources: 0,
      risk: null,
      tags: [],
      sources: [],
      warnings: [expect.stringContaining("empty file")],
    });
    expect(data.note).toContain("does not mean that it is safe");
    expect(data.hunting.sigma).toContain("level: medium");
    expect(data.hunting.sigma).toContain("no source names it as malicious");
  });

  it("shows what is known of its host and of the domains above", async () => {
    const { data } = await lookup("https://www.cdn.malware.example/login?a=1");
    expect(data).toMatchObject({ found: false, risk: null, reporting_sources: 0, sources: [] });
    expect(data.note).toContain("malware.example");
    expect(data.related).toEqual([
      expect.objectContaining({
        type: "domain",
        value: "malware.example",
        relation: "parent_domain",
        confidence: "high",
      }),
    ]);
    const byAddress = await lookup("http://198.51.100.7/x");
    expect(byAddress.data.found).toBe(false);
    expect(byAddress.data.related.map(({ relation }) => relation)).toEqual(["host", "network", "network"]);
  });

  it("does not find an address by a URL, nor a domain by the one below it", async () => {
    await expect(lookup("example")).rejects.toMatchObject({ code: "invalid_parameter" });
    expect((await lookup("sub.malware.example")).data.found).toBe(false);
  });
});

it.each([
  ["not an indicator", undefined],
  ["0.0.0.0/0", undefined],
  ["10.0.0.0/33", undefined],
  ["10.0.0.0/8/1", "ipv4"],
  ["http://", undefined],
  ["malware.example", "sha256"],
  ["T1059", "cve"],
  ["http://10.0.0.1/\u0007", undefined],
])("refuses %j (as %s) by naming ioc and what is allowed", async (ioc, type) => {
  await expect(lookup(ioc, type)).rejects.toMatchObject({
    code: "invalid_parameter",
    details: { fields: [{ field: "ioc", problem: expect.any(String), allowed: expect.any(String) }] },
  });
});

it("answers a URL of great length", async () => {
  const { data } = await lookup(`http://unknown.example/${"a*?'\"`\\".repeat(1_000)}`);
  expect(data).toMatchObject({ found: false, ioc_type: "url" });
});
