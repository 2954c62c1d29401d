import { ingestIocs } from "@tocsin/core/iocs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorOf, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

let t: TestApp;
let secret: string;

beforeAll(async () => {
  t = await buildTestApp();
  ({ secret } = await t.createKey(t.operator));
  const feed = { id: "test", name: "Test feed", category: "threat-feed", confidence: "high", tlp: "clear" } as const;
  await t.deps.db.prisma.feed.create({ data: { id: feed.id, name: feed.name, category: feed.category } });
  const observations = Array.from({ length: 2_500 }, (_, i) => ({ value: `host-${i}.example.org`, tags: ["=cmd"] }));
  await ingestIocs(t.deps.context, { feed, observations, pulledAt: new Date() });
});
afterAll(() => t.close());

const read = (query: string, headers: Record<string, string> = {}) =>
  inject(t, { method: "GET", url: `/api/v1/iocs${query}` }, { authorization: `Bearer ${secret}`, ...headers });

describe("a list of IOCs as a file", () => {
  it("is the same rows as the list", async () => {
    const json = (await read("?limit=2200")).json();
    const text = await read("?limit=2200&format=txt");
    expect(text.headers["content-type"]).toContain("text/plain");
    expect(text.headers["content-disposition"]).toMatch(/^attachment; filename="iocs-\d{8}T\d{6}Z\.txt"$/);
    expect(text.body.trim().split("\n")).toEqual(json.data.map(({ value }: { value: string }) => value));
    expect(text.headers["x-next-cursor"]).toBe(json.meta.next_cursor);
  });

  it("goes on where the header says, to the end, without a gap or a repeat", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await read(`?limit=900&format=txt${cursor ? `&cursor=${cursor}` : ""}`);
      seen.push(...page.body.trim().split("\n"));
      cursor = page.headers["x-next-cursor"]?.toString();
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([2_500, 2_500]);
  });

  it("may be asked for by the Accept header", async () => {
    const csv = await read("?limit=1", { accept: "text/csv" });
    expect(csv.headers["content-type"]).toContain("text/csv");
    expect(csv.body.split(/\r?\n/)[0]).toBe(
      "id,type,value,confidence,first_seen,last_seen,source_article,source_feed,category,tags",
    );
    expect(csv.body).toContain("'=cmd");
    expect((await read("?limit=1", { accept: "application/json" })).json().data).toHaveLength(1);
    expect(errorOf(await read("?limit=1", { accept: "image/png" }))).toMatchObject({
      status: 406,
      code: "not_acceptable",
    });
  });

  it("answers a wrong parameter with an error, not with half a file", async () => {
    const response = await read("?format=csv&cursor=nonsense");
    expect(errorOf(response)).toMatchObject({ status: 400, code: "invalid_parameter" });
    expect(response.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(errorOf(await read("?format=stix"))).toMatchObject({ status: 400 });
  });

  it("names absolute links of the instance", async () => {
    const { links } = (await read("?limit=10&type=domain")).json();
    expect(links.self).toMatch(/^http:\/\/127\.0\.0\.1:8080\/api\/v1\/iocs\?/);
    const next = await inject(
      t,
      { method: "GET", url: new URL(links.next).pathname + new URL(links.next).search },
      { "x-api-key": secret },
    );
    expect(next.json().data).toHaveLength(10);
  });
});
