import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Tier, tiers } from "../access";
import { keepArticle, testArticle, testReader } from "../articles/testing";
import { ingestIocs } from "../iocs";
import { lookupInput } from "../lookup";
import { testContext } from "../testing";
import { iocId } from "../values";
import { listRelations } from "./list-relations";
import { relationsShape } from "./shape";

const now = new Date("2026-11-21T12:00:00.000Z");
const feed = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "medium", tlp: "clear" } as const;

let db: Db;
beforeAll(async () => {
  db = await testDb();
  const ctx = testContext(db, { now: () => now });
  await ctx.db.feed.create({ data: { id: feed.id, name: feed.name, category: feed.category } });
  await ingestIocs(ctx, {
    feed,
    pulledAt: now,
    observations: [
      { value: "45.83.122.7", malwareFamily: "Emotet", tags: ["loader"] },
      { value: "45.83.122.200" },
      { value: "45.83.123.1", malwareFamily: "emotet" },
      { value: "http://45.83.122.7:8080/a" },
      { value: "https://drop.example:8443/x", tags: ["loader"] },
      { value: "http://drop.example/y?z=1" },
      { value: "drop.example" },
      { value: "http://notdrop.example/y" },
      { value: "alone.example" },
    ],
  });
  const ids = [iocId("domain", "drop.example"), iocId("ipv4", "45.83.123.1")];
  await keepArticle(
    db,
    testArticle("loader", { named: new Map(ids.map((id) => [id, { type: "domain", value: "", context: "seen" }])) }),
    now,
  );
});
afterAll(() => db.close());

async function relations(ioc: string, tier: Tier = tiers.pro, at = now) {
  const { data } = relationsShape.parse(await listRelations(testReader(db, at, tier), lookupInput.parse({ ioc })));
  const groups = data.groups.map(({ pivot, label, data: list }) => [
    pivot,
    label,
    list.map(({ value }) => value).sort(),
  ]);
  return { groups, articles: data.articles.map(({ title }) => title) };
}

it("leads from an address to its network, its URLs, its malware and its tags", async () => {
  expect((await relations("45.83.122[.]7")).groups).toEqual([
    ["urls", "45.83.122.7", ["http://45.83.122.7:8080/a"]],
    ["network", "45.83.122.0/24", ["45.83.122.200"]],
    ["family", "Emotet", ["45.83.123.1"]],
    ["tag", "loader", ["https://drop.example:8443/x"]],
  ]);
});

it("leads from a URL to its host and the other URLs of it, whatever their ports", async () => {
  expect((await relations("http://drop.example/y?z=1")).groups).toEqual([
    ["host", "drop.example", ["drop.example"]],
    ["urls", "drop.example", ["https://drop.example:8443/x"]],
  ]);
});

it("leads to a URL that has credentials, or no path but a long query", async () => {
  const long = Array.from({ length: 3_000 }, (_, n) => ((n * n * 7_919 + n) % 46_656).toString(36)).join("");
  const values = [`http://long.example?${long}`, "http://u:p@long.example:81#x"];
  const ctx = testContext(db, { now: () => now });
  await ingestIocs(ctx, { feed, pulledAt: now, observations: values.map((value) => ({ value })) });
  expect((await relations("long.example")).groups).toEqual([["urls", "long.example", values.toSorted()]]);
});

it("leads from a domain to its URLs, the articles that name it and what else they name", async () => {
  const { groups, articles } = await relations("drop.example");
  expect(articles).toEqual(["loader"]);
  expect(groups).toEqual([
    ["urls", "drop.example", ["http://drop.example/y?z=1", "https://drop.example:8443/x"]],
    ["article", "loader", ["45.83.123.1"]],
  ]);
});

it("is empty for what stands alone, for a reserved address and for what the tier does not look back to", async () => {
  for (const value of ["alone.example", "10.0.0.1", "unknown.example"]) {
    expect(await relations(value)).toEqual({ groups: [], articles: [] });
  }
  const later = new Date(now.getTime() + 3 * 86_400_000);
  expect((await relations("drop.example", tiers.free, later)).groups).toEqual([]);
});
