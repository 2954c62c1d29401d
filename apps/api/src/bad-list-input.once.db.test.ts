import { tiers } from "@tocsin/core/access";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inputSchema } from "./router/list-procedures";
import { addRecords } from "./testing/records";
import { createClock, errorOf, inject, keyRoutes } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";

const clock = createClock();
let t: TestApp;
let pro: string;
let free: string;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  ({ secret: pro } = await t.createKey(t.operator));
  ({ secret: free } = await t.createKey(t.stranger));
  await addRecords(
    t,
    Array.from({ length: 5 }, (_, n) => [{ value: `host-${n}.example` }, { value: `192.0.2.${n + 1}` }]).flat(),
  );
});
afterAll(() => t.close());

function ask(path: string, query: string, secret = pro) {
  clock.skipToMinute();
  return inject(t, { method: "GET", url: `${path}?${query}` }, { authorization: `Bearer ${secret}` });
}

const freeFormats: readonly string[] = tiers.free.formats;
const long = "x".repeat(10_240);
/** What is asked, and the field that the refusal names. */
const refused: [query: string, field: string][] = [
  ["type=ipv9", "type"],
  ["type=", "type"],
  ["type=ipv4,,url", "type"],
  [`type=${long}`, "type"],
  ["category=gossip", "category"],
  [`category=${long}`, "category"],
  ["confidence=99", "confidence"],
  ["industry=circus", "industry"],
  [`industry=${long}`, "industry"],
  ["since=yesterday", "since"],
  ["since=2026-02-30", "since"],
  ["since=2026-11-21T25:00:00Z", "since"],
  [`since=${long}`, "since"],
  ["until=tomorrow", "until"],
  ["since=2026-11-02&until=2026-11-01", "since"],
  ["limit=0", "limit"],
  ["limit=-1", "limit"],
  ["limit=1e9", "limit"],
  ["limit=1000000000", "limit"],
  ["limit=ten", "limit"],
  ["limit=", "limit"],
  [`limit=${"9".repeat(10_240)}`, "limit"],
  ["offset=-1", "offset"],
  ["offset=1.5", "offset"],
  ["offset=99999999999", "offset"],
  ["page=0", "page"],
  ["page_size=0", "page_size"],
  ["page=100000&page_size=10000", "page"],
  ["min_risk=101", "min_risk"],
  ["tag=", "tag"],
  [`tag=${long}`, "tag"],
  [`source=${long}`, "source"],
  ["cursor=", "cursor"],
  ["cursor=bm8", "cursor"],
  [`cursor=${long}`, "cursor"],
  ["type=url&type=domain", "type"],
  ["limit=1&limit=2", "limit"],
  ["since=2026-11-01&since=2026-11-02", "since"],
  ["severity=dreadful", "severity"],
  ["min_severity=11", "min_severity"],
  ["modified_since=never", "modified_since"],
  ["time_field=born_at", "time_field"],
  ["sort=title", "sort"],
  ["has_iocs=perhaps", "has_iocs"],
  ["mitre_technique=T1", "mitre_technique"],
  ["fields=secrets", "fields"],
  ["expand=everything", "expand"],
  ["format=xml", "format"],
];

const lists = keyRoutes.filter(
  (route) => /^\/api\/v1\/(?:iocs|articles)/.test(route.rest.path) && "limit" in fieldsOf(route),
);
function fieldsOf(route: Parameters<typeof inputSchema>[0]): object {
  return inputSchema(route).properties ?? {};
}

it("there are lists", () => {
  expect(lists.map(({ rest }) => rest.operationId)).toEqual(
    expect.arrayContaining(["listIOCs", "listArticles", "exportSTIX", "exportMISP", "exportCEF", "exportOpenIOC"]),
  );
});

describe.each(lists.map((route) => [route.rest.operationId, route] as const))("%s", (_id, route) => {
  const { path } = route.rest;
  const known = Object.keys(fieldsOf(route));
  const own = refused.filter(([query]) => [...new URLSearchParams(query).keys()].every((name) => known.includes(name)));

  it.each(own.map(([query, field]) => [query.slice(0, 40), field, query] as const))(
    "refuses %s by naming %s",
    async (_shown, field, query) => {
      const { status, code, details } = errorOf(await ask(path, query));
      expect([status, code]).toEqual([400, "invalid_parameter"]);
      const named = details.fields.find((one: { field: string }) => one.field === field);
      expect(named, JSON.stringify(details)).toMatchObject({
        problem: expect.any(String),
        allowed: expect.any(String),
      });
    },
  );

  it("is open to a free key exactly where the tier has it", async () => {
    const response = await ask(path, "", free);
    const format = route.access.by === "key" ? route.access.format : undefined;
    const isOpen = format === undefined || freeFormats.includes(format);
    if (isOpen) return expect(response.statusCode).toBe(200);
    expect(errorOf(response)).toMatchObject({
      status: 403,
      code: "tier_required",
      details: { format, tier: "free", required_tier: "pro" },
    });
  });

  it("ignores what it does not know", async () => {
    const response = await ask(path, `utm_source=a&utm_source=b&junk=${long}`);
    expect(response.statusCode).toBe(200);
  });
});

const named = (routes: typeof lists) => routes.map((route) => [route.rest.operationId, route.rest.path] as const);
const knows = (field: string) => (route: (typeof lists)[number]) => Object.keys(fieldsOf(route)).includes(field);
// There are no articles here; their list tests its cursors with its own.
const withCursor = lists.filter(knows("cursor")).filter(({ rest }) => rest.operationId !== "listArticles");

describe.each(named(withCursor))("%s, which has a cursor,", (_id, path) => {
  it("refuses a cursor that was tampered with, or made by another query", async () => {
    const first = await ask(path, "limit=1");
    const given = first.headers["x-next-cursor"] ?? first.json().meta.next_cursor;
    const cursor = String(given);
    expect((await ask(path, `limit=1&cursor=${cursor}`)).statusCode).toBe(200);
    const swapped = `${cursor.startsWith("A") ? "B" : "A"}${cursor.slice(1)}`;
    for (const query of [
      `cursor=${swapped}`,
      `cursor=${cursor.slice(0, -1)}`,
      `cursor=${cursor}A`,
      `cursor=${cursor}&confidence=high`,
      `cursor=${cursor}&tag=t`,
    ]) {
      const { status, details } = errorOf(await ask(path, query));
      expect([status, details.fields[0].field], query).toEqual([400, "cursor"]);
    }
  });
});

describe.each(named(lists.filter(knows("offset"))))("%s, which has an offset,", (_id, path) => {
  it("has nothing beyond its end, and no next page", async () => {
    const { data, meta, links } = (await ask(path, "offset=10000")).json();
    expect([data, meta.next_cursor, meta.offset, links.next]).toEqual([[], null, 10_000, undefined]);
    expect(meta.total).toBeGreaterThan(0);
  });

  it("refuses one that goes too far, with a word on the cursor", async () => {
    const { status, details } = errorOf(await ask(path, "offset=10001"));
    expect([status, details.fields[0].field]).toEqual([400, "offset"]);
    expect(details.fields[0].allowed).toContain("cursor");
  });
});

describe.each(["csv", "txt", "ndjson"])("listIOCs as %s", (format) => {
  it.each([
    ["limit=0", "limit"],
    ["type=ipv9", "type"],
    ["cursor=bm8", "cursor"],
    ["since=yesterday", "since"],
    ["limit=1&limit=2", "limit"],
  ])("refuses %s as JSON", async (query, field) => {
    const response = await ask("/api/v1/iocs", `format=${format}&${query}`);
    const { status, details } = errorOf(response);
    expect([status, details.fields[0].field]).toEqual([400, field]);
  });

  it("is open to a free key exactly where the tier has it", async () => {
    const response = await ask("/api/v1/iocs", `format=${format}`, free);
    if (format !== "ndjson") return expect(response.statusCode).toBe(200);
    expect(errorOf(response)).toMatchObject({ status: 403, code: "tier_required", details: { format: "ndjson" } });
  });
});

describe("searchIOCs and lookupIOC", () => {
  it.each([
    ["/api/v1/iocs/search", "", "q"],
    ["/api/v1/iocs/search", "q=", "q"],
    ["/api/v1/iocs/search", "q=x", "q"],
    ["/api/v1/iocs/search", "q=abc&q=def", "q"],
    ["/api/v1/iocs/search", "q=abc&include_related=perhaps", "include_related"],
    ["/api/v1/iocs/search", `q=${"x".repeat(16_385)}`, "q"],
    ["/api/v1/lookup", "", "ioc"],
    ["/api/v1/lookup", "ioc=", "ioc"],
    ["/api/v1/lookup", "ioc=hello+world", "ioc"],
    ["/api/v1/lookup", `ioc=${long}`, "ioc"],
    ["/api/v1/lookup", "ioc=a.example&value=b.example", "value"],
    ["/api/v1/lookup", "ioc=a.example&ioc=b.example", "ioc"],
    ["/api/v1/lookup", "ioc=a.example&type=ipv9", "type"],
    ["/api/v1/lookup", "ioc=a.example&type=ipv4", "ioc"],
  ])("%s refuses %.30s by naming %s", async (path, query, field) => {
    const { status, code, details } = errorOf(await ask(path, query));
    expect([status, code, details.fields[0].field]).toEqual([400, "invalid_parameter", field]);
  });

  it("search takes 10 kB, and finds nothing", async () => {
    const response = await ask("/api/v1/iocs/search", `q=${long}`);
    expect([response.statusCode, response.json().data.found]).toEqual([200, false]);
  });
});
