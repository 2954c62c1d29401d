import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Tier, tiers } from "../access";
import { AppError, invalidInput } from "../errors";
import { articleId } from "./article-id";
import { listArticles } from "./list-articles";
import { openArticles } from "./open-articles";
import { articleListShape, listArticlesInput } from "./shape";
import { keepArticle, testArticle, testNewsFeed, testReader } from "./testing";

const now = new Date("2026-11-21T12:00:00.000Z");
const day = 86_400_000;
const ago = (days: number) => new Date(now.getTime() - days * day);

let db: Db;
beforeAll(async () => {
  db = await testDb();
  const rows = [
    testArticle("wiper", {
      title: "A wiper in hospitals",
      text: "It deletes everything and spreads like a worm.",
      publishedAt: ago(1),
      named: new Map([["7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10", { type: "ipv4", value: "192.0.2.1" }]]),
      extraction: {
        category: "malware",
        severityScore: 8.5,
        severityLabel: "critical",
        threatActors: [{ name: "Sandworm Team", attackId: "G0034" }],
        industries: ["healthcare"],
        techniques: ["T1485", "T1059.001"],
        cveIds: ["CVE-2026-0001"],
      },
    }),
    testArticle("breach", {
      publishedAt: ago(3),
      extraction: {
        category: "data-breach",
        severityScore: 5,
        severityLabel: "medium",
        industries: ["financial-services", "energy"],
        techniques: ["T1059"],
      },
    }),
    testArticle("note", { publishedAt: ago(10) }),
    testArticle("old", { publishedAt: ago(400) }),
    testArticle("gone", { publishedAt: ago(2) }),
  ];
  for (const [index, row] of rows.entries()) await keepArticle(db, row, ago(rows.length - index - 1));
  await keepArticle(db, testArticle("beta", { publishedAt: ago(5) }), ago(0.5), {
    ...testNewsFeed,
    id: "beta",
    name: "Beta Lab",
    category: "research",
  });
  // Beyond every lookback, though its publisher dates it otherwise.
  await keepArticle(db, testArticle("forgotten", { publishedAt: ago(3) }), ago(400));
  await db.sql.query("UPDATE article SET archived_at = now() WHERE title = 'gone'");
});
afterAll(() => db.close());

function parse(query: Record<string, unknown>) {
  const parsed = listArticlesInput.safeParse(query);
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  return parsed.data;
}
const list = async (query: Record<string, unknown> = {}, tier: Tier = tiers.pro) =>
  articleListShape.parse(await listArticles(testReader(db, now, tier), parse(query)));
const names = async (query: Record<string, unknown> = {}, tier: Tier = tiers.pro) =>
  (await list({ ...query, fields: "url" }, tier)).data.map(({ url }) => url?.split("/").at(-1));

describe("listArticles", () => {
  it("answers the newest published first, with the contract's envelope", async () => {
    const { meta, data, links } = await list({ limit: "2" });
    expect(meta).toMatchObject({
      generated_at: now.toISOString(),
      feed_version: "1.0",
      source: "Tocsin",
      total: 5,
      limit: 2,
      filters: { q: "all", since: "all", time_field: "published_at", sort: "published:desc", has_iocs: "all" },
    });
    expect(data.map(({ title }) => title)).toEqual(["A wiper in hospitals", "breach"]);
    expect(data[0]).toEqual({
      id: articleId("https://alpha.example/wiper"),
      title: "A wiper in hospitals",
      url: "https://alpha.example/wiper",
      canonical_url: "https://alpha.example/wiper",
      summary: "About wiper.",
      published_at: ago(1).toISOString(),
      fetched_at: ago(4).toISOString(),
      modified_at: ago(4).toISOString(),
      source_name: "Alpha News",
      source_type: "news",
      source_tier: 2,
      category: "malware",
      category_label: "General",
      severity_score: 8.5,
      severity_label: "critical",
      severity_reason: "base 1",
      tech_tags: [],
      industry_tags: ["healthcare"],
      threat_actors: ["Sandworm Team"],
      malware_families: [],
      has_iocs: true,
      ioc_count: 1,
    });
    expect(links.next).toBe(
      `http://127.0.0.1:8080/api/v1/articles?time_field=published_at&sort=published%3Adesc&limit=2&cursor=${meta.next_cursor}`,
    );
  });

  it.each<[Record<string, string>, string[]]>([
    [{ q: "worms" }, ["wiper"]],
    [{ q: "hospital -energy" }, ["wiper"]],
    [{ q: "sandworm" }, ["wiper"]],
    [{ q: '"deletes everything" or breach' }, ["wiper", "breach"]],
    [{ q: "CVE-2026-0001" }, ["wiper"]],
    [{ q: "nothing of it" }, []],
    [{ category: "malware,data-breach" }, ["wiper", "breach"]],
    [{ category: "all" }, ["wiper", "breach", "beta", "note", "old"]],
    [{ severity: "critical" }, ["wiper"]],
    [{ severity: "critical,low" }, ["wiper", "beta", "note", "old"]],
    [{ min_severity: "5" }, ["wiper", "breach"]],
    [{ min_severity: "5.1" }, ["wiper"]],
    [{ since: ago(4).toISOString() }, ["wiper", "breach"]],
    [{ since: ago(2.5).toISOString(), time_field: "modified_at" }, ["beta", "note", "old"]],
    [{ modified_since: ago(2.5).toISOString() }, ["beta", "note", "old"]],
    [{ sort: "modified:desc", time_field: "modified_at" }, ["beta", "old", "note", "breach", "wiper"]],
    [{ sort: "severity:desc" }, ["wiper", "breach", "beta", "note", "old"]],
    [{ has_iocs: "true" }, ["wiper"]],
    [{ has_iocs: "false" }, ["breach", "beta", "note", "old"]],
    [{ threat_actor: "sandworm TEAM" }, ["wiper"]],
    [{ threat_actor: "g0034" }, ["wiper"]],
    [{ threat_actor: "Voodoo Bear" }, ["wiper"]],
    [{ threat_actor: "sandworm tea" }, []],
    [{ industry: "finance" }, ["breach"]],
    [{ industry_tags: "healthcare,power" }, ["wiper", "breach"]],
    [{ mitre_technique: "T1059" }, ["wiper", "breach"]],
    [{ mitre_technique: "t1059.001" }, ["wiper"]],
    [{ source: "beta" }, ["beta"]],
    [{ source: "alpha NEWS" }, ["wiper", "breach", "note", "old"]],
  ])("with %j answers %j", async (query, expected) => {
    // In the order of time, whatever the query's own order is about.
    const found = await names(query);
    if (query.sort) expect(found).toEqual(expected);
    else expect(found.toSorted()).toEqual(expected.toSorted());
  });

  it.each<[Record<string, string>, string, string]>([
    [{ category: "sports" }, "category", "ransomware, "],
    [{ severity: "severe" }, "severity", "low, medium, high, critical"],
    [{ min_severity: "11" }, "min_severity", "at most 10"],
    [{ min_severity: "-1" }, "min_severity", ""],
    [{ since: "yesterday" }, "since", "ISO 8601"],
    [{ modified_since: "1" }, "modified_since", "ISO 8601"],
    [{ time_field: "fetched_at" }, "time_field", "published_at, modified_at"],
    [{ sort: "title" }, "sort", "published:desc, modified:desc, severity:desc"],
    [{ has_iocs: "maybe" }, "has_iocs", "true or false"],
    [{ industry: "sports" }, "industry", "healthcare"],
    [{ industry: "energy", industry_tags: "water" }, "industry_tags", "one of the two"],
    [{ mitre_technique: "TA0001" }, "mitre_technique", "such as T1059"],
    [{ fields: "title,secret" }, "fields", "published_at"],
    [{ expand: "everything" }, "expand", "iocs, cves, threat_actors, mitre"],
    [{ limit: "0" }, "limit", "1 to 10000"],
    [{ limit: "10001" }, "limit", "1 to 10000"],
    [{ limit: "all" }, "limit", ""],
    [{ cursor: "AAAA" }, "cursor", "meta.next_cursor"],
    [{ format: "xml" }, "format", "json, ndjson, csv"],
    [{ q: "" }, "q", "1 to 300"],
  ])("refuses %j", async (query, field, allowed) => {
    const error = await list(query).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe("invalid_parameter");
    expect((error as AppError).details).toMatchObject({ fields: [{ field }] });
    expect((error as AppError).message).toContain(allowed);
  });

  it("answers the fields and expansions that are asked for, and no others", async () => {
    const first = async (query: Record<string, string>) => (await list({ ...query, limit: "1" })).data[0] ?? {};
    expect(Object.keys(await first({ fields: "title,url" }))).toEqual(["id", "title", "url"]);
    expect(Object.keys(await first({ fields: "title", expand: "cves" }))).toEqual(["id", "title", "cve_ids"]);
    expect(Object.keys(await first({ fields: "mitre_techniques" }))).toEqual(["id", "mitre_techniques"]);
    expect(await first({ expand: "cves,mitre,iocs,threat_actors" })).toMatchObject({
      threat_actors: ["Sandworm Team"],
      cve_ids: ["CVE-2026-0001"],
      mitre_techniques: [
        { id: "T1485", name: "Data Destruction", tactic: "Impact" },
        { id: "T1059.001", name: "Command and Scripting Interpreter: PowerShell", tactic: "Execution" },
      ],
    });
  });

  it("moves `since` up to the tier's lookback, and says so", async () => {
    const { meta } = await list({ since: ago(300).toISOString() }, tiers.free);
    expect(meta.filters.since).toBe(ago(7).toISOString());
    expect(await names({ since: ago(300).toISOString() }, tiers.free)).toEqual(["wiper", "breach", "beta"]);
    // It counts from when an article came or changed here.
    expect(await names({}, tiers.free)).toEqual(["wiper", "breach", "beta", "note", "old"]);
    const polled = await list({ modified_since: ago(300).toISOString() }, tiers.free);
    expect(polled.meta.filters.modified_since).toBe(ago(7).toISOString());
    expect((await list({ limit: "500" }, tiers.free)).meta.limit).toBe(100);
  });

  it("takes a cursor with its own query alone", async () => {
    const { meta } = await list({ limit: "1", q: "wiper or breach" });
    const cursor = meta.next_cursor ?? "";
    expect(await names({ q: "wiper or breach", cursor, limit: "9" })).toEqual(["breach"]);
    await expect(list({ cursor })).rejects.toThrow("was made with another query");
    await expect(list({ q: "wiper or breach", sort: "modified:desc", cursor })).rejects.toThrow("another query");
    await expect(list({ q: "wiper or breach", cursor: `${cursor.slice(0, -2)}AA` })).rejects.toThrow("cursor");
  });
});

describe("a list that is paged through", () => {
  it.each(["published:desc", "modified:desc", "severity:desc"])(
    "by %s has every article once, though others are added",
    async (sort) => {
      await db.sql.query("DELETE FROM article WHERE title LIKE 'page-%'");
      const write = (n: number, days: number) =>
        keepArticle(
          db,
          testArticle(`page-${n}`, {
            publishedAt: ago(days),
            extraction: { severityScore: (n % 7) / 2, category: "ddos" },
          }),
          ago(days),
        );
      // Several share a time: the id must break the ties.
      for (let n = 0; n < 60; n++) await write(n, 1 + Math.floor(n / 9));
      const query = { sort, category: "ddos", limit: "7", time_field: "modified_at", fields: "title" };
      const seen: (string | undefined)[] = [];
      let cursor: string | undefined;
      for (let page = 0; page === 0 || cursor !== undefined; page++) {
        const { data, meta } = await list(cursor === undefined ? query : { ...query, cursor });
        seen.push(...data.map(({ title }) => title));
        cursor = meta.next_cursor ?? undefined;
        await write(100 + page, 0.1);
      }
      const first = seen.filter((title) => Number(title?.slice(5)) < 60);
      expect(new Set(seen).size).toBe(seen.length);
      expect(first).toHaveLength(60);
    },
  );

  it("as a file has the same, up to its limit, and leads on", async () => {
    const query = parse({ category: "ddos", time_field: "modified_at", limit: "50", format: "ndjson" });
    const { pages, nextCursor, fields } = await openArticles(testReader(db, now), query);
    const ids: string[] = [];
    for await (const page of pages()) ids.push(...page.map(({ id }) => id));
    const answer = await list({ category: "ddos", time_field: "modified_at", limit: "50" });
    expect(ids).toEqual(answer.data.map(({ id }) => id));
    expect(nextCursor).toBe(answer.meta.next_cursor);
    expect(fields).toHaveLength(23);
  });
});
