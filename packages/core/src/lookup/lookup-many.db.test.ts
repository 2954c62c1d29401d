import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FeedFacts, ingestIocs } from "../iocs";
import { bulkCostOf, bulkLookupInput, bulkLookupShape, maxValues } from "./bulk-shape";
import { lookupIoc } from "./lookup-ioc";
import { lookupMany } from "./lookup-many";
import { lookupInput } from "./shape";
import { countingContext } from "./testing";

const alpha: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "medium", tlp: "clear" };
const beta: FeedFacts = { id: "beta", name: "Beta", category: "government", confidence: "high", tlp: "green" };

type Counting = ReturnType<typeof countingContext>;

let db: Db;
let ctx: Counting["ctx"];
let sent: Counting["sent"];

beforeAll(async () => {
  db = await testDb();
  ({ ctx, sent } = countingContext(db));
  const pulledAt = ctx.now();
  const held = [{ value: "malware.example" }, { value: "198.51.100.0/24" }, { value: "CVE-2026-12345" }];
  await ingestIocs(ctx, { feed: alpha, observations: [...held, { value: "198.51.100.7" }], pulledAt });
  await ingestIocs(ctx, { feed: beta, observations: [{ value: "malware.example", tags: ["gov"] }], pulledAt });
});
afterAll(() => db.close());

async function ask(body: unknown) {
  sent.statements = 0;
  const answer = bulkLookupShape.parse(await lookupMany(ctx, bulkLookupInput.parse(body)));
  expect(sent.statements).toBeLessThanOrEqual(3);
  return answer;
}

describe("lookupMany", () => {
  it("answers each value as a lookup of it alone, in their order", async () => {
    const values = ["hxxp://malware[.]example/x", "198.51.100.7", "CVE-2026-12345", "malware.example", "10.0.0.1"];
    const { data } = await ask({ values, include_hunting: true });
    expect(data.map(({ value }) => value)).toEqual(values);
    for (const [at, value] of values.entries()) {
      const alone = await lookupIoc(ctx, lookupInput.parse({ ioc: value }));
      expect(data[at]).toEqual({ value, result: alone.data, error: null });
    }
  });

  it("leaves hunting out unless it is asked for", async () => {
    const { data } = await ask({ values: ["malware.example"] });
    expect(data[0]?.result).toMatchObject({ found: true, reporting_sources: 2, tags: ["gov"] });
    expect(data[0]?.result).not.toHaveProperty("hunting");
  });

  it("answers a bad value with an error of its own", async () => {
    const values = [
      "malware.example",
      "not an ioc",
      7,
      null,
      { value: "x.example", type: "ipv9" },
      {},
      ["a.example"],
      "",
    ];
    const { meta, data } = await ask({ values: [...values, { value: "malware.example" }] });
    expect(meta).toMatchObject({ total: 9, found: 2, failed: 7 });
    expect(data.map(({ error }) => error?.details.fields[0]?.field ?? null)).toEqual([
      null,
      "value",
      "value",
      "value",
      "type",
      "ioc",
      "value",
      "value",
      null,
    ]);
    expect(data[1]).toMatchObject({ value: "not an ioc", result: null, error: { code: "invalid_parameter" } });
    for (const { error } of data) if (error) expect(error.details.fields[0]?.allowed).toBeTruthy();
  });

  it("takes a type for each value, and one for those without", async () => {
    const values = ["malware.example", { value: "198.51.100.7", type: "ipv4" }, { ioc: "198.51.100.7" }];
    const { data } = await ask({ values, type: "domain" });
    expect(data.map(({ result }) => result?.ioc_type ?? null)).toEqual(["domain", "ipv4", null]);
  });

  it("answers a value twice that is asked twice, and a thousand at once", async () => {
    const { data } = await ask({ values: ["malware.example", "malware[.]example"] });
    expect(data[0]?.result).toEqual(data[1]?.result);
    const values = Array.from({ length: maxValues }, (_, n) => `2001:db8:${n.toString(16)}::1`);
    const { meta } = await ask({ values: values.with(500, "malware.example") });
    expect(meta).toMatchObject({ total: 1_000, found: 1, failed: 0 });
  });
});

it.each([
  [{}],
  [{ values: [] }],
  [{ values: "malware.example" }],
  [{ values: Array(maxValues + 1).fill("a.example") }],
  [{ values: ["a.example"], type: "ipv9" }],
  [{ values: ["a.example"], include_hunting: "yes" }],
])("%# is refused as a whole", (body) => {
  expect(bulkLookupInput.safeParse(body).success).toBe(false);
});

it.each([
  [1, 1],
  [10, 1],
  [11, 2],
  [999, 100],
  [1_000, 100],
  [1_001, 1],
  [0, 1],
])("%i values cost %i", (count, cost) => {
  expect(bulkCostOf({ values: Array(count).fill("a.example") })).toBe(cost);
});

it.each([null, undefined, 7, "x", [], {}, { values: {} }])("the body %j costs one", (body) => {
  expect(bulkCostOf(body)).toBe(1);
});
