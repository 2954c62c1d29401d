import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tiers } from "../access";
import { keepArticle, testArticle, testReader } from "../articles/testing";
import { AppError } from "../errors";
import { ingestIocs } from "../iocs";
import { testContext } from "../testing";
import { iocId } from "../values";
import { attackMatrix } from "./attack-matrix";
import { describeThreat } from "./describe-threat";
import { matrixInput, matrixShape, type ThreatKind, threatInput, threatShape } from "./shape";

const now = new Date("2026-11-21T12:00:00.000Z");
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
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
      { value: "c2.example", mitreTechniques: ["T1071.001"], malwareFamily: "Emotet", lastSeen: ago(1) },
      { value: "192.0.2.9", mitreTechniques: ["T1071"], malwareFamily: "emotet", lastSeen: ago(2) },
      { value: "other.example", mitreTechniques: ["T1486"], lastSeen: ago(3) },
      { value: "plain.example" },
    ],
  });
  await keepArticle(
    db,
    testArticle("wiper", {
      publishedAt: ago(1),
      named: new Map([[iocId("domain", "c2.example"), { type: "domain", value: "c2.example" }]]),
      extraction: {
        techniques: ["T1071.001", "T1485"],
        threatActors: [{ name: "Sandworm Team", attackId: "G0034" }],
        malwareFamilies: [{ name: "Emotet", attackId: "S0367" }],
        cveIds: ["CVE-2026-0001"],
      },
    }),
    now,
  );
  await keepArticle(db, testArticle("old", { publishedAt: ago(60), extraction: { techniques: ["T1071"] } }), now);
});
afterAll(() => db.close());

const show = async (kind: ThreatKind, id: string) =>
  threatShape.parse(await describeThreat(testReader(db, now), threatInput.parse({ kind, id }))).data;
const values = ({ iocs }: Awaited<ReturnType<typeof show>>) => iocs.data.map(({ value }) => value);

describe("a page of a threat", () => {
  it("of a technique has its indicators and those of its sub-techniques, its articles and its trend", async () => {
    const found = await show("technique", "t1071");
    expect(found).toMatchObject({ id: "T1071", known: true, parent: null, articles: { total: 2, total_exact: true } });
    expect(values(found)).toEqual(["c2.example", "192.0.2.9"]);
    expect(found.iocs).toMatchObject({ total: 2, total_exact: true });
    expect(found.iocs.by_type).toEqual([
      { type: "domain", count: 1 },
      { type: "ipv4", count: 1 },
    ]);
    expect(found.trend).toHaveLength(30);
    expect(found.trend.at(-2)).toMatchObject({ date: "2026-11-20", articles: 1 });
    expect(found.related.groups).toEqual([{ id: "G0034", name: "Sandworm Team", articles: 1 }]);
    expect(found.related.techniques.map(({ id }) => id)).toEqual(["T1485"]);
  });

  it("of a group has the indicators that articles about it name", async () => {
    const found = await show("group", "sandworm team");
    expect(found).toMatchObject({ id: "G0034", name: "Sandworm Team" });
    expect(values(found)).toEqual(["c2.example"]);
  });

  it("of malware has the indicators of the family, however it is written, and of an unknown name none", async () => {
    const found = await show("malware", "S0367");
    expect(values(found)).toEqual(["c2.example", "192.0.2.9"]);
    expect(found.articles.data.map(({ title }) => title)).toEqual(["wiper"]);
    expect(await show("malware", "No such family")).toMatchObject({ known: false, iocs: { total: 0 } });
  });

  it("of a CVE has the articles that name it", async () => {
    const found = await show("cve", "cve-2026-0001");
    expect(found).toMatchObject({ id: "CVE-2026-0001", articles: { total: 1 } });
    expect(values(found)).toContain("c2.example");
  });

  it.each([
    ["technique", "T0"],
    ["group", "nobody"],
    ["cve", "CVE-1"],
  ] as const)("is not found for %s %s", async (kind, id) => {
    await expect(show(kind, id)).rejects.toThrow(AppError);
  });

  it("looks no further back than the tier does", async () => {
    const later = new Date(now.getTime() + 3 * 86_400_000);
    const input = threatInput.parse({ kind: "technique", id: "T1071" });
    const { data } = await describeThreat(testReader(db, later, tiers.free), input);
    expect(data.iocs.total).toBe(0);
    expect(data.articles.total).toBe(2);
  });
});

it("the matrix counts articles and indicators of 30 days, a sub-technique with its technique", async () => {
  const { meta, data, leading } = matrixShape.parse(await attackMatrix(testReader(db, now), matrixInput.parse({})));
  expect(meta).toMatchObject({ matrix: "enterprise", iocs_exact: true });
  expect(data.map(({ name }) => name).slice(0, 3)).toEqual([
    "Reconnaissance",
    "Resource Development",
    "Initial Access",
  ]);
  const c2 = data.find(({ name }) => name === "Command and Control");
  const technique = c2?.techniques.find(({ id }) => id === "T1071");
  expect(technique).toMatchObject({ articles: 1, iocs: 2 });
  expect(technique?.children.find(({ id }) => id === "T1071.001")).toMatchObject({ articles: 1, iocs: 2 });
  expect(leading.groups).toEqual([{ id: "G0034", name: "Sandworm Team", articles: 1 }]);
});
