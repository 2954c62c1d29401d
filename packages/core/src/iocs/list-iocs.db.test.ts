import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticated, type Tier, tiers } from "../access";
import { noOrigin } from "../context";
import { testContext } from "../testing";
import { iocId } from "../values";
import { ingestIocs } from "./ingest-iocs";
import { listIocs, type Reader } from "./list-iocs";
import { openExport } from "./open-export";
import type { FeedFacts } from "./record";
import { candidateIds, searchIocs } from "./search-iocs";
import { iocListShape, iocSearchShape, listIocsInput, searchIocsInput } from "./shape";

const now = new Date("2026-11-21T12:00:00.000Z");
const alpha: FeedFacts = {
  id: "alpha",
  name: "Alpha Feed",
  category: "threat-feed",
  confidence: "medium",
  tlp: "clear",
};
const beta: FeedFacts = { id: "beta", name: "Beta", category: "community", confidence: "high", tlp: "clear" };
const hash = "a".repeat(64);

let db: Db;
beforeAll(async () => {
  db = await testDb();
  await db.prisma.feed.createMany({ data: [alpha, beta].map(({ id, name, category }) => ({ id, name, category })) });
  const at = (time: string) => ({ ...testContext(db), now: () => new Date(time) });
  // Many rows of one time: the id must break the ties.
  const many = Array.from({ length: 2_300 }, (_, n) => ({ value: `bulk-${n}.example`, tags: ["bulk"] }));
  await ingestIocs(at("2026-11-10T00:00:00Z"), { feed: alpha, observations: many, pulledAt: new Date("2026-11-10Z") });
  const said = [
    { value: "login.evil-shop.example", tags: ["shop", "kit"], malwareFamily: "Lumma", threatType: "phishing" },
    { value: "203.0.113.0/24", tags: ["net"] },
    { value: "203.0.113.128/25" },
    { value: "203.0.113.200", tags: ["net"] },
    { value: "http://203.0.113.200/a", tags: ["kit"] },
    { value: hash },
    { value: "2001:db8::/32" },
  ];
  await ingestIocs(at("2026-11-21T08:00:00Z"), {
    feed: beta,
    observations: said,
    pulledAt: new Date("2026-11-21T08:00:00Z"),
  });
  await ingestIocs(at("2026-11-21T09:00:00Z"), {
    feed: alpha,
    observations: [{ value: hash }],
    pulledAt: new Date("2026-11-21T09:00:00Z"),
  });
});
afterAll(() => db.close());

function reader(tier: Tier = tiers.pro): Reader {
  const caller = authenticated({
    kind: "key",
    keyId: "k",
    keyName: "k",
    workspaceId: "00000000-0000-4000-8000-000000000002",
    tier,
    scopes: tier.scopes,
  } as const);
  return { ...testContext(db, { now: () => now }), caller, origin: noOrigin };
}
const list = async (query: Record<string, unknown>, tier?: Tier) =>
  iocListShape.parse(await listIocs(reader(tier), listIocsInput.parse(query)));
const values = async (query: Record<string, unknown>, tier?: Tier) =>
  (await list(query, tier)).data.map(({ value }) => value);
const search = async (q: string, rest = {}) =>
  iocSearchShape.parse(await searchIocs(reader(), searchIocsInput.parse({ q, ...rest }))).data;
const found = async (q: string) => (await search(q)).matches.map(({ value }) => value);

describe("listIocs", () => {
  it("answers the newest change first, with the contract's envelope", async () => {
    const { meta, data, links } = await list({ limit: "2" });
    expect(meta).toMatchObject({
      feed_version: "1.0",
      source: "Tocsin",
      total: 2_307,
      total_exact: true,
      limit: 2,
      offset: 0,
    });
    expect(data[0]).toMatchObject({
      type: "sha256",
      value: hash,
      updated_at: "2026-11-21T09:00:00.000Z",
      confidence: "high",
      sources_count: 2,
      source: { feed_name: "Beta", category: "community", origin: "feed" },
    });
    expect(links.self).toBe("http://127.0.0.1:8080/api/v1/iocs?limit=2");
    expect(links.next).toBe(`${links.self}&cursor=${meta.next_cursor}`);
  });

  it("pages by cursor without a gap or a repeat, the ids breaking ties", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: "700", ...(cursor ? { cursor } : {}) });
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.meta.next_cursor;
      expect(page.links.next === undefined).toBe(cursor === null);
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(2_307);
    expect(seen).toHaveLength(2_307);
  });

  it("pages by offset to the same rows", async () => {
    const whole = await values({ limit: "30" });
    expect([...(await values({ limit: "15" })), ...(await values({ limit: "15", offset: "15" }))]).toEqual(whole);
    expect(await list({ offset: "5000" })).toMatchObject({ data: [], meta: { next_cursor: null, total: 2_307 } });
  });

  it.each([
    [{ type: "ipv6" }, ["2001:db8::/32"]],
    [{ type: "sha256,ipv6" }, [hash, "2001:db8::/32"]],
    [{ tag: "shop" }, ["login.evil-shop.example"]],
    [{ source: "alpha", since: "2026-11-21" }, [hash]],
    [{ source: "alpha feed", since: "2026-11-21" }, [hash]],
    [{ category: "threat-feed", since: "2026-11-21" }, [hash]],
    [{ confidence: "high", type: "url" }, ["http://203.0.113.200/a"]],
    [{ confidence: "low" }, []],
    [{ min_risk: "70" }, [hash]],
    [{ min_risk: "69" }, [hash, "login.evil-shop.example"]],
    [{ since: "2026-11-21T08:00:00.001Z" }, [hash]],
    [{ since: "2026-11-21T09:00:00Z", until: "2026-11-21T09:00:00Z" }, [hash]],
    [{ industry: "energy" }, []],
    [{ source: "nobody" }, []],
    [{ tag: "%" }, []],
    [{ tag: "\\'\"{},$1" }, []],
  ])("%o leaves %o", async (query, left) => {
    const page = await list(query);
    expect(page.data.map(({ value }) => value)).toEqual(left);
    expect(page.meta.total).toBe(left.length);
  });

  it("shows a tier no more than its lookback and its results", async () => {
    expect(await values({ since: "2026-01-01" }, tiers.free)).toHaveLength(7);
    expect((await list({ since: "2026-01-01" }, tiers.free)).meta.filters.since).toBe("2026-11-20T12:00:00.000Z");
    expect(await values({ limit: "10000" }, { ...tiers.pro, resultsPerRequest: 50 })).toHaveLength(50);
    expect(await values({ limit: "all" }, { ...tiers.pro, resultsPerRequest: null })).toHaveLength(2_307);
  });

  it("refuses a cursor of other filters, a broken one, and one with an offset", async () => {
    const { meta } = await list({ limit: "1", type: "domain" });
    const refused = { code: "invalid_parameter", details: { fields: [expect.objectContaining({ field: "cursor" })] } };
    await expect(list({ cursor: meta.next_cursor })).rejects.toMatchObject(refused);
    await expect(list({ cursor: "bm8", type: "domain" })).rejects.toMatchObject(refused);
    await expect(list({ cursor: meta.next_cursor, type: "domain", offset: "1" })).rejects.toMatchObject(refused);
    expect((await list({ cursor: meta.next_cursor, type: "domain", limit: "1" })).data).toHaveLength(1);
  });

  it("finds the next cursor without the page", async () => {
    for (const query of [{ limit: "700" }, { limit: "7", offset: "3" }, { type: "ipv4" }, { source: "nobody" }]) {
      const { meta } = await list(query);
      const { nextCursor } = await openExport(reader(), listIocsInput.parse(query));
      expect(nextCursor).toBe(meta.next_cursor);
    }
  });
});

describe("openExport", () => {
  const stream = async (query: Record<string, unknown>, tier?: Tier) => {
    const pages: string[][] = [];
    const { pages: stream } = await openExport(reader(tier), listIocsInput.parse(query));
    for await (const page of stream()) pages.push(page.map(({ value }) => value));
    return pages;
  };
  const unlimited: Tier = { ...tiers.pro, resultsPerRequest: null };

  it("gives what a list would, page by page", async () => {
    const pages = await stream({ limit: "all" }, unlimited);
    expect(pages.map((page) => page.length)).toEqual([1_000, 1_000, 307]);
    expect(pages.flat()).toEqual(await values({ limit: "10000" }));
  });

  it("stops at the limit and starts at the offset or the cursor", async () => {
    expect((await stream({ limit: "1200", offset: "3" })).flat()).toEqual(await values({ limit: "1200", offset: "3" }));
    const { meta } = await list({ limit: "2" });
    const rest = (await stream({ limit: "3", cursor: meta.next_cursor })).flat();
    expect(rest).toEqual((await values({ limit: "5" })).slice(2));
    expect(await stream({ source: "nobody" })).toEqual([]);
  });

  it("refuses a bad input before anything is sent", async () => {
    await expect(openExport(reader(), listIocsInput.parse({ limit: "all" }))).rejects.toMatchObject({
      code: "invalid_parameter",
    });
  });

  it("marks the same records alike, however they are asked for, and others differently", async () => {
    const markOf = async (query: Record<string, unknown>) => {
      const { mark, count, newest, selection } = await openExport(reader(), listIocsInput.parse(query));
      return { mark, count, newest: newest?.toISOString(), selection };
    };
    const one = await markOf({ type: "url,domain", confidence: "high" });
    expect(await markOf({ type: " DOMAIN, url,url", confidence: "HIGH", limit: "200" })).toEqual(one);
    expect(one).toMatchObject({
      count: 2,
      newest: "2026-11-21T08:00:00.000Z",
      selection: "type=domain%2Curl&confidence=high",
    });
    const marks = [{}, { limit: "1" }, { offset: "1" }, { type: "ipv4" }, { source: "nobody" }].map(markOf);
    expect(new Set((await Promise.all(marks)).map(({ mark }) => mark)).size).toBe(5);
    expect(await markOf({ since: "2020-01-01" })).toMatchObject({ selection: "since=2020-01-01T00%3A00%3A00.000Z" });
  });
});

describe("searchIocs", () => {
  it("finds the value in any spelling", async () => {
    expect(await found("hxxps://LOGIN[.]evil-shop[.]example".replace("hxxps://", ""))).toEqual([
      "login.evil-shop.example",
    ]);
    expect(await found("HXXP://203.0.113[.]200:80/a")).toEqual(["http://203.0.113.200/a"]);
    expect(await found(hash.toUpperCase())).toEqual([hash]);
    expect(await found("http://u:p@203.0.113.200/a#top")).toEqual(["http://203.0.113.200/a"]);
  });

  it("asks for a value in every plain way to write it, and for no other page", () => {
    expect(candidateIds("url", "http://shop.example")).toEqual([
      iocId("url", "http://shop.example"),
      iocId("url", "http://shop.example/"),
    ]);
    expect(candidateIds("url", "http://files.example/#!a")).toEqual([iocId("url", "http://files.example/#!a")]);
    expect(candidateIds("email", "Desk@shop.example")).toContain(iocId("email", "desk@shop.example"));
  });

  it("finds an address with the networks around it, and the networks where the address is not held", async () => {
    expect(await found("203.0.113.200:443")).toEqual(["203.0.113.200", "203.0.113.128/25", "203.0.113.0/24"]);
    expect(await found("203.0.113.5")).toEqual(["203.0.113.0/24"]);
    expect(await found("2001:0DB8:0:0::00ff")).toEqual(["2001:db8::/32"]);
    expect(await found("203.0.113.192/26")).toEqual(["203.0.113.128/25", "203.0.113.0/24"]);
  });

  it("finds what looks alike only when there is no exact match", async () => {
    expect((await found("evil-shop"))[0]).toBe("login.evil-shop.example");
    expect((await found("login.evil-shop.exampel"))[0]).toBe("login.evil-shop.example");
    expect(await found("login.evil-shop.example")).toHaveLength(1);
  });

  it("finds nothing without an error", async () => {
    for (const q of [
      "zz",
      "b".repeat(64),
      "%%%",
      "'; DROP TABLE ioc; --",
      "\\\\",
      "ü".repeat(300),
      "x".repeat(16_000),
      "192.168.0.1",
    ]) {
      const answer = await search(q);
      expect(answer.matches.length > 0).toBe(answer.found);
    }
    expect(await search("zz")).toMatchObject({
      found: false,
      query: "zz",
      matches: [],
      relatedIOCs: [],
      meta: { total_matches: 0 },
    });
    expect(await found("b".repeat(64))).toEqual([]);
  });

  it("relates what the same feed tags alike", async () => {
    const related = (await search("login.evil-shop.example")).relatedIOCs.map(({ value }) => value);
    expect(related).toEqual(["http://203.0.113.200/a"]);
    const bulk = await search("bulk-1.example");
    expect(bulk.relatedIOCs).toHaveLength(10);
    expect(bulk.meta.related_count).toBe(10);
    expect(await search("bulk-1.example", { include_related: "false" })).toMatchObject({ relatedIOCs: [] });
  });
});

it.each([
  [{ q: "x" }],
  [{}],
  [{ q: "a\u0000bc" }],
  [{ q: "\udc00abc" }],
  [{ q: ["abc", "def"] }],
  [{ q: "abc", include_related: "maybe" }],
])("a search for %o is refused", (query) => {
  expect(searchIocsInput.safeParse(query).success).toBe(false);
});

describe("what was withdrawn", () => {
  const withdrawnAt = new Date("2026-11-21T10:00:00.000Z");
  const values3 = ["gone-kit-1.example", "gone-kit-2.example", "gone-kit-3.example"];
  beforeAll(async () => {
    const facts = { feed: beta, observations: values3.map((value) => ({ value, tags: ["gone"] })), pulledAt: now };
    await ingestIocs(testContext(db, { now: () => now }), facts);
    await db.prisma.ioc.updateMany({ where: { value: { in: values3.slice(0, 2) } }, data: { withdrawnAt } });
  });

  it("is in no list, no total and no export", async () => {
    const { data, meta } = await list({ tag: "gone" });
    expect([data.map(({ value }) => value), meta.total, meta.total_exact]).toEqual([values3.slice(2), 1, true]);
    const { count, pages } = await openExport(reader(), listIocsInput.parse({ tag: "gone" }));
    const exported: string[] = [];
    for await (const page of pages()) exported.push(...page.map(({ value }) => value));
    expect([count, exported]).toEqual([1, values3.slice(2)]);
  });

  it("is found by whoever asks for the very value, and says since when", async () => {
    const { matches } = await search("gone-kit-1[.]example");
    expect(matches).toMatchObject([{ value: values3[0], withdrawn_at: withdrawnAt.toISOString() }]);
    expect((await search(values3[2] ?? "")).matches[0]).not.toHaveProperty("withdrawn_at");
  });

  it("is neither like nor related to anything", async () => {
    expect(await found("gone-kit")).toEqual(values3.slice(2));
    expect((await search(values3[2] ?? "")).relatedIOCs).toEqual([]);
  });
});

it("relates what the same article names, before what the same feed tags alike", async () => {
  const { sql } = testContext(db);
  const article = "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10";
  for (const value of ["login.evil-shop.example", hash]) {
    await sql.query(
      "INSERT INTO article_ioc (article_id, ioc_id) SELECT $1::uuid, id FROM ioc WHERE value = $2::text",
      [article, value],
    );
  }
  const related = (await search("login.evil-shop.example")).relatedIOCs.map(({ value }) => value);
  expect(related).toEqual([hash, "http://203.0.113.200/a"]);
});

it("leaves what is on a warninglist out of lists and exports, unless it is asked for", async () => {
  await db.prisma.ioc.updateMany({ where: { value: hash }, data: { warnings: ["known files"] } });
  expect(await values({ type: "sha256" })).toEqual([]);
  expect((await openExport(reader(), listIocsInput.parse({ type: "sha256" }))).count).toBe(0);
  const asked = await list({ type: "sha256", include_false_positives: "true" });
  expect(asked.data.map(({ value, warnings }) => [value, warnings])).toEqual([[hash, ["known files"]]]);
});
