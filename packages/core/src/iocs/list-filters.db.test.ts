import type { Db, Sql } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticated, tiers } from "../access";
import { noOrigin } from "../context";
import { testContext } from "../testing";
import type { Observation } from "../values";
import { ingestIocs } from "./ingest-iocs";
import { listIocs, type Reader } from "./list-iocs";
import { openExport } from "./open-export";
import type { FeedFacts } from "./record";
import { listIocsInput } from "./shape";

const now = new Date("2026-11-21T12:00:00.000Z");
const alpha: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "low", tlp: "clear" };
const beta: FeedFacts = { ...alpha, id: "beta", name: "Beta", category: "community", confidence: "medium" };
const old: FeedFacts = { ...alpha, id: "old", name: "Old", category: "vendor" };
// More than is counted, and more than is read whole without looking for a better way.
const common = 10_500;

let db: Db;
beforeAll(async () => {
  db = await testDb();
  await db.prisma.feed.createMany({
    data: [alpha, beta, old].map(({ id, name, category }) => ({ id, name, category })),
  });
  const ingest = (feed: FeedFacts, time: string, observations: Observation[]) =>
    ingestIocs({ ...testContext(db), now: () => new Date(time) }, { feed, observations, pulledAt: new Date(time) });
  const many = (count: number, of: (n: number) => Observation) => Array.from({ length: count }, (_, n) => of(n));
  // What is common but long past, what is common and recent, and a few of everything in between.
  await ingest(
    old,
    "2026-03-01T00:00:00Z",
    many(400, (n) => ({ value: `old-${n}.example`, tags: ["past"] })),
  );
  for (let from = 0; from < common; from += 3_500)
    await ingest(
      alpha,
      `2026-10-0${1 + from / 3_500}T00:10:00Z`,
      many(3_500, (n) => ({ value: `host-${from + n}.example`, tags: n % 2 ? ["kit", "even"] : ["kit"] })),
    );
  await ingest(
    beta,
    "2026-11-20T00:10:00Z",
    many(300, (n) => ({
      value: `198.51.100.${n % 250}`,
      tags: ["net"],
      ...(n % 3 ? {} : { threatType: "botnet_cc" }),
    })),
  );
  await ingest(
    beta,
    "2026-11-20T00:40:00Z",
    many(40, (n) => ({ value: `http://host-${n}.example/x`, tags: ["kit"] })),
  );
});
afterAll(() => db.close());

function reader(sql: Sql = db.sql): Reader {
  const caller = authenticated({
    kind: "key",
    keyId: "k",
    keyName: "k",
    workspaceId: "00000000-0000-4000-8000-000000000002",
    tier: tiers.pro,
    scopes: tiers.pro.scopes,
  } as const);
  return { ...testContext(db, { now: () => now, sql }), caller, origin: noOrigin };
}
const list = (query: Record<string, unknown>, sql?: Sql) => listIocs(reader(sql), listIocsInput.parse(query));

const matching: Record<string, string>[] = [
  { type: "ipv4" },
  { type: "url,ipv4" },
  { category: "vendor" },
  { category: "community" },
  { confidence: "medium,high" },
  { source: "old" },
  { source: "Beta" },
  { tag: "past" },
  { tag: "net" },
  { min_risk: "40" },
  { since: "2026-11-20T00:30:00Z" },
  { until: "2026-03-02T00:00:00Z" },
];
const nothing: Record<string, string>[] = [
  { type: "email" },
  { category: "government" },
  { confidence: "high" },
  { industry: "energy" },
  { source: "nobody" },
  { tag: "nobody" },
  { min_risk: "100" },
  { since: "2026-11-21T00:00:00Z" },
  { until: "2026-02-01T00:00:00Z" },
];
/** A time that begins after it ends is refused. */
const inOrder = ({ since = "", until = "3" }: Record<string, string>) => since <= until;
const pairsOf = (some: Record<string, string>[], others: Record<string, string>[]) =>
  some.flatMap((one) =>
    others
      .filter((other) => Object.keys(other)[0] !== Object.keys(one)[0])
      .map((other): Record<string, string> => ({ ...one, ...other }))
      .filter(inOrder),
  );

/** The ids that a plain reading of the filters gives, in order. */
async function expected(query: Record<string, string>): Promise<string[]> {
  const { since = "2025-11-21T12:00:00Z", until = "2030-01-01T00:00:00Z" } = query;
  const list = (text: string | undefined) => text?.split(",") ?? null;
  const ranks = list(query.confidence)?.map((word) => ["low", "medium", "high"].indexOf(word) + 1) ?? null;
  const rows = await db.sql.query<{ id: string }>(
    `SELECT id FROM ioc WHERE withdrawn_at IS NULL AND COALESCE(warnings, '{}') = '{}'
       AND updated_at BETWEEN $1::timestamptz AND $2::timestamptz AND ($3::text[] IS NULL OR type = ANY ($3))
       AND ($4::text[] IS NULL OR categories && $4) AND ($5::int[] IS NULL OR confidence = ANY ($5))
       AND ($6::text IS NULL OR lower($6) = ANY (sources)) AND ($7::text IS NULL OR $7 = ANY (tags))
       AND ($8::int IS NULL OR risk_score >= $8) AND ($9::text IS NULL OR $9 = ANY (industries))
     ORDER BY updated_at DESC, id DESC`,
    [
      since,
      until,
      list(query.type),
      list(query.category),
      ranks,
      query.source ?? null,
      query.tag ?? null,
      query.min_risk ?? null,
      query.industry ?? null,
    ],
  );
  return rows.map(({ id }) => id);
}

describe("a list under a filter", () => {
  it.each(
    [...matching, ...matching.flatMap((one, at) => pairsOf([one], matching.slice(at + 1)))].map((query) => [query]),
  )("%o is paged by cursor without a gap or a repeat, and its total is exact", async (query) => {
    const all = await expected(query);
    const seen: string[] = [];
    let cursor: string | null = null;
    // The first pages and the last of those that go on and on.
    for (let page = 0; page < 6; page++) {
      const answer: Awaited<ReturnType<typeof list>> = await list({
        ...query,
        limit: "90",
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...answer.data.map(({ id }) => id));
      expect([answer.meta.total, answer.meta.total_exact]).toEqual([all.length, true]);
      cursor = answer.meta.next_cursor;
      if (cursor === null) break;
    }
    expect(seen).toEqual(all.slice(0, 540));
    expect(cursor === null).toBe(all.length <= 540);
    expect((await list({ ...query, limit: "5", offset: "20" })).data.map(({ id }) => id)).toEqual(all.slice(20, 25));
    const { count } = await openExport(reader(), listIocsInput.parse({ ...query, limit: "100" }));
    expect(count).toBe(Math.min(100, all.length));
  });
});

/** Counts the rows of `ioc` that the statements behind it read; what they answer stays the same. */
function countReads(): { sql: Sql; rows: () => number } {
  let rows = 0;
  type Plan = {
    "Relation Name"?: string;
    "Actual Rows": number;
    "Actual Loops": number;
    "Rows Removed by Filter"?: number;
    "Rows Removed by Index Recheck"?: number;
    Plans?: Plan[];
  };
  const add = (plan: Plan) => {
    const each =
      plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0) + (plan["Rows Removed by Index Recheck"] ?? 0);
    if (plan["Relation Name"] === "ioc") rows += each * plan["Actual Loops"];
    for (const inner of plan.Plans ?? []) add(inner);
  };
  const query: Sql["query"] = async (text, values) => {
    if (/\bFROM ioc\b/.test(text) && !text.startsWith("EXPLAIN")) {
      const [row] = await db.sql.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        values,
      );
      if (row) add(row["QUERY PLAN"][0].Plan);
    }
    return db.sql.query(text, values);
  };
  return { sql: { ...db.sql, query }, rows: () => rows };
}

describe.each([["without statistics"], ["with fresh statistics"]])("%s", (state) => {
  beforeAll(async () => {
    if (state === "with fresh statistics") await db.sql.query("ANALYZE ioc");
  });

  it.each(
    [...nothing, ...pairsOf(nothing, matching), { type: "ipv4", source: "old" }, { tag: "net", type: "url" }].map(
      (query) => [query],
    ),
  )("%o, which leaves nothing, reads next to nothing", async (query) => {
    const { sql, rows } = countReads();
    const { data, meta } = await list({ ...query, limit: "10" }, sql);
    expect([data, meta.total, meta.total_exact]).toEqual([[], 0, true]);
    // Of more than 11,000. A planner is right to read a table of so few once, and whole, for a tag.
    expect(rows()).toBeLessThan("tag" in query ? common + 1_000 : 700);
  });

  it.each(
    [
      {},
      { type: "domain" },
      { source: "old" },
      { category: "community" },
      { tag: "kit" },
      { min_risk: "40" },
      { confidence: "low" },
    ].map((query) => [query]),
  )("%o reads no more than a bound", async (query) => {
    const { sql, rows } = countReads();
    expect((await list({ ...query, limit: "10" }, sql)).data).toHaveLength(10);
    // A tag is counted as far as totals are exact; what else is read is about the page. Without statistics a table of so few
    // rows seems to have too few to mind.
    const page = state === "without statistics" ? common + 1_500 : 1_500;
    expect(rows()).toBeLessThan("tag" in query ? 2 * common + 1_000 : page);
  });
});

it("a common tag with none of the newest rows is gathered once, until anything changes", async () => {
  const query = { tag: "kit", type: "domain" };
  const page = async () => (await list({ ...query, limit: "10" })).data.map(({ id }) => id);
  const all = await expected(query);
  expect([await page(), await page()]).toEqual([all.slice(0, 10), all.slice(0, 10)]);
  await db.sql.query("UPDATE ioc SET updated_at = $2::timestamptz WHERE id = $1::uuid", [
    all[500],
    "2026-10-20T00:00:00Z",
  ]);
  expect((await page())[0]).toBe(all[500]);
});

describe("a total", () => {
  it("is exact without a filter, whatever it is, by the hour and within one", async () => {
    const all = async (query: Record<string, string>) => (await expected(query)).length;
    for (const query of [
      {},
      { since: "2026-10-01T00:05:00Z" },
      { since: "2026-10-01T00:15:00Z" },
      { since: "2026-03-01T00:00:00Z", until: "2026-11-20T00:10:00.000Z" },
      { until: "2026-11-20T00:39:00Z" },
    ]) {
      const { meta } = await list({ ...query, limit: "1" });
      expect([query, meta.total, meta.total_exact]).toEqual([query, await all(query), true]);
    }
  });

  it("of a filter is exact where no time cuts through it, and up to 10,000 where one does", async () => {
    expect((await list({ type: "domain", limit: "1" })).meta).toMatchObject({ total: common + 400, total_exact: true });
    const cut = (since: string) => list({ type: "domain", since, limit: "1" });
    expect((await cut("2026-10-02T00:05:00Z")).meta).toMatchObject({ total: 7_000, total_exact: true });
    const { meta } = await cut("2026-09-01T00:00:00Z");
    expect(meta.total_exact).toBe(false);
    expect(meta.total).toBeGreaterThan(10_000);
    expect(meta.total).toBeLessThanOrEqual(common + 400);
  });

  it("of a tag is exact up to 10,000, and marked beyond", async () => {
    expect((await list({ tag: "even", limit: "1" })).meta).toMatchObject({ total: 5_250, total_exact: true });
    const { meta } = await list({ tag: "kit", limit: "1" });
    expect(meta.total_exact).toBe(false);
    expect(meta.total).toBeGreaterThan(10_000);
  });

  it("is told anew as soon as anything has changed", async () => {
    const before = (await list({ tag: "net", limit: "1" })).meta.total;
    await db.sql.query("UPDATE ioc SET withdrawn_at = now() WHERE value = '198.51.100.7'");
    expect((await list({ tag: "net", limit: "1" })).meta.total).toBe(before - 1);
    expect((await list({ type: "ipv4", limit: "1" })).meta.total).toBe(before - 1);
    expect((await list({ limit: "1" })).meta.total).toBe((await expected({})).length);
  });
});

it("an offset ends at 10,000, with a word on the cursor", () => {
  expect(listIocsInput.safeParse({ offset: "10000" }).success).toBe(true);
  expect(listIocsInput.safeParse({ offset: "10001" }).error?.issues).toMatchObject([
    { path: ["offset"], message: "is too large", params: { allowed: expect.stringContaining("next_cursor") } },
  ]);
});
