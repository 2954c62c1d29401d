import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FeedFacts, ingestIocs } from "../iocs";
import { bulkLookupInput } from "./bulk-shape";
import { lookupIoc } from "./lookup-ioc";
import { lookupMany } from "./lookup-many";
import { lookupInput } from "./shape";
import { idsWithForms, ownIdsWithForms } from "./stored-forms";
import { countingContext } from "./testing";

const alpha: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "medium", tlp: "clear" };
const beta: FeedFacts = { id: "beta", name: "Beta", category: "government", confidence: "high", tlp: "clear" };

/** Longer than a B-tree takes, and not to be compressed. */
const long = Array.from({ length: 3_000 }, (_, n) => ((n * n * 7_919 + n) % 46_656).toString(36)).join("");

const stored = [
  "http://bare.malware.example",
  "http://slash.malware.example/",
  "http://query.malware.example?x=1",
  "http://page.malware.example/x#frag",
  "http://login.malware.example:8080/x#one",
  "http://u:p@login.malware.example:8080/x",
  "http://share.malware.example/#!a",
  "http://share.malware.example/#!b",
  "http://both.malware.example",
  "http://user@root.malware.example",
  "http://path.malware.example/@user",
  `http://long.malware.example/${long}#frag`,
  "Billing.Desk@malware.example",
  "small@malware.example",
];

let db: Db;
let ctx: ReturnType<typeof countingContext>["ctx"];
let sent: ReturnType<typeof countingContext>["sent"];

beforeAll(async () => {
  db = await testDb();
  ({ ctx, sent } = countingContext(db));
  const pulledAt = ctx.now();
  await ingestIocs(ctx, { feed: alpha, observations: stored.map((value) => ({ value })), pulledAt });
  await ingestIocs(ctx, { feed: beta, observations: [{ value: "http://both.malware.example/" }], pulledAt });
});
afterAll(() => db.close());

async function lookup(ioc: string) {
  sent.statements = 0;
  const { data } = await lookupIoc(ctx, lookupInput.parse({ ioc }));
  expect(sent.statements).toBeLessThanOrEqual(2);
  return data;
}

const ways: readonly (readonly [asked: string, ...found: string[]])[] = [
  ["http://bare.malware.example/", "http://bare.malware.example"],
  ["http://bare.malware.example/#top", "http://bare.malware.example"],
  ["http://slash.malware.example", "http://slash.malware.example/"],
  ["http://query.malware.example/?x=1", "http://query.malware.example?x=1"],
  ["http://page.malware.example/x", "http://page.malware.example/x#frag"],
  ["http://a:b@page.malware.example/x#other", "http://page.malware.example/x#frag"],
  [
    "http://login.malware.example:8080/x",
    "http://login.malware.example:8080/x#one",
    "http://u:p@login.malware.example:8080/x",
  ],
  ["http://root.malware.example/", "http://user@root.malware.example"],
  ["http://path.malware.example/@user#x", "http://path.malware.example/@user"],
  [`http://long.malware.example/${long}`, `http://long.malware.example/${long}#frag`],
  ["billing.desk@malware.example", "Billing.Desk@malware.example"],
  ["SMALL@malware.example", "small@malware.example"],
];

describe("what is stored as it is written otherwise", () => {
  // A front page's fragment may tell one page from another: a share of a file host is not the file host.
  const plainWays = ways.filter(([asked]) => !asked.includes("/#"));

  it.each(plainWays)("is found for %.80s, which says how it is written", async (asked, ...found) => {
    const data = await lookup(asked);
    expect(data).toMatchObject({ found: true, ioc_value: asked, total_occurrences: found.length });
    expect(data.note).toContain("It is on record as it is written otherwise: ");
    const same = data.related.filter(({ relation }) => relation === "same");
    expect(same.map(({ value }) => value).sort()).toEqual(found.sort());
    expect(data.sources.map(({ ioc_value }) => ioc_value).sort()).toEqual(found.sort());
    expect(data.risk?.score).toBeGreaterThan(0);
  });

  it("is told with the value itself where both are stored", async () => {
    const data = await lookup("http://both.malware.example");
    expect(data).toMatchObject({ found: true, note: null, reporting_sources: 2, confidence: "high" });
    expect(data.related).toEqual([
      expect.objectContaining({ value: "http://both.malware.example/", relation: "same" }),
    ]);
  });

  it("is related alone where a fragment tells it from the front page of a site", async () => {
    const data = await lookup("http://share.malware.example/");
    expect(data).toMatchObject({ found: false, risk: null, sources: [] });
    expect(data.related.map(({ value, relation }) => `${relation} ${value}`).sort()).toEqual([
      "fragment http://share.malware.example/#!a",
      "fragment http://share.malware.example/#!b",
    ]);
    const one = await lookup("http://share.malware.example/#!a");
    expect(one).toMatchObject({ found: true, note: null, reporting_sources: 1 });
    expect(one.related.map(({ value }) => value)).toEqual(["http://share.malware.example/#!b"]);
  });

  it("is not what differs by the case of a path, by a scheme, or by a slash at the end of a path", async () => {
    for (const asked of [
      "http://page.malware.example/X",
      "https://bare.malware.example/",
      "http://page.malware.example/x/",
    ])
      expect(await lookup(asked)).toMatchObject({ found: false, related: [] });
  });

  it("is found in bulk as alone, with three statements", async () => {
    const values = [...ways.map(([asked]) => asked), "http://share.malware.example/", "small@malware.example"];
    sent.statements = 0;
    const { data } = await lookupMany(ctx, bulkLookupInput.parse({ values, include_hunting: true }));
    expect(sent.statements).toBeLessThanOrEqual(3);
    for (const [at, value] of values.entries())
      expect(data[at]).toEqual({ value, result: await lookup(value), error: null });
  });
});

it("has an index for what is written otherwise, which the statement's own words find", async () => {
  const plan = await ctx.db.$transaction(async (tx) => {
    // So few rows are read one after the other, were that allowed.
    await tx.$executeRawUnsafe("SET LOCAL enable_seqscan = off");
    return tx.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(
      `EXPLAIN (COSTS OFF) SELECT ${idsWithForms}, ${ownIdsWithForms}`,
      [],
      ctx.caller.workspaceId,
      ["http://malware.example/"],
    );
  });
  const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(text).toContain("ioc_plain_form_idx");
  expect(text).toContain("own_indicator_plain_form_idx");
  expect(text).not.toContain("Seq Scan");
});
