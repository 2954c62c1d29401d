import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addArticle, testArticleId } from "../testing/records";
import { errorOf, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

let t: TestApp;
let pro: string;
let readOnly: string;
let free: string;
beforeAll(async () => {
  t = await buildTestApp();
  pro = (await t.createKey(t.operator)).secret;
  readOnly = (await t.createKey(t.operator, { scopes: ["read:articles"] })).secret;
  free = (await t.createKey(t.stranger)).secret;
  await addArticle(t);
});
afterAll(() => t.close());

const read = (path: string, secret = pro, headers: Record<string, string> = {}) =>
  inject(t, { method: "GET", url: `/api/v1/articles${path}` }, { authorization: `Bearer ${secret}`, ...headers });

describe("a list of articles", () => {
  it("comes with the next cursor in a header too", async () => {
    const page = await read("?limit=1");
    expect([page.statusCode, page.json().data.length]).toEqual([200, 1]);
    expect(page.headers["x-next-cursor"]).toBeUndefined();
    expect(page.json().data[0]).toMatchObject({ id: testArticleId, ioc_count: 2, has_iocs: true });
  });

  it("is open to free keys as JSON, and as a file to keys of tier pro with its scope", async () => {
    expect((await read("", free)).statusCode).toBe(200);
    for (const format of ["csv", "ndjson"]) {
      expect(errorOf(await read(`?format=${format}`, free))).toMatchObject({ status: 403, code: "tier_required" });
      expect(errorOf(await read(`?format=${format}`, readOnly))).toMatchObject({
        status: 403,
        code: "insufficient_scope",
      });
      expect((await read(`?format=${format}`)).statusCode).toBe(200);
    }
    expect((await read("", readOnly)).statusCode).toBe(200);
    expect((await read("", pro, { accept: "text/csv" })).headers["content-type"]).toContain("text/csv");
    expect(errorOf(await read("", pro, { accept: "text/plain" }))).toMatchObject({ status: 406 });
  });

  it("as CSV has the fields as columns, and no formula", async () => {
    const file = await read("?format=csv&fields=title,has_iocs&expand=iocs,cves,mitre");
    expect(file.headers["content-disposition"]).toMatch(/^attachment; filename="articles-\d{8}T\d{6}Z\.csv"$/);
    const [header, row] = file.body.split("\r\n");
    expect(header).toBe("id,title,has_iocs,iocs,cve_ids,mitre_techniques");
    expect(row).toContain(`${testArticleId},'=1+1; a wiper,true,`);
    expect(row).toContain("url:http://drop.evil-host.test/w.bin");
    expect(row).toContain(",CVE-2026-0001,T1485");
  });

  it("as NDJSON has a line for each", async () => {
    const file = await read("?format=ndjson");
    expect(file.headers["content-type"]).toContain("application/x-ndjson");
    expect(JSON.parse(file.body.trim())).toEqual((await read("")).json().data[0]);
  });

  it("names the field that is wrong, as JSON whatever was asked for", async () => {
    const response = await read("?format=csv&min_severity=11");
    expect(errorOf(response)).toMatchObject({ status: 400, code: "invalid_parameter" });
    expect(response.headers["content-type"]).toContain("application/json");
    expect(errorOf(await read("?q=a&q=b"))).toMatchObject({ status: 400, code: "invalid_parameter" });
  });
});

describe("an article", () => {
  it("comes with all that it names, to be kept for a minute by whoever asked", async () => {
    const response = await read(`/${testArticleId}`);
    expect([response.statusCode, response.headers["cache-control"]]).toEqual([200, "private, max-age=60"]);
    expect(response.json().data).toMatchObject({
      cve_ids: ["CVE-2026-0001"],
      mitre_techniques: [{ id: "T1485", name: "Data Destruction", tactic: "Impact" }],
    });
    expect(response.json().data.iocs).toHaveLength(2);
  });

  it("is not kept where the key is in the address, nor where there is none", async () => {
    const byQuery = await inject(t, { method: "GET", url: `/api/v1/articles/${testArticleId}?api_key=${pro}` });
    expect([byQuery.statusCode, byQuery.headers["cache-control"]]).toEqual([200, "no-store"]);
    const missing = await read("/7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10");
    expect(errorOf(missing)).toMatchObject({ status: 404, code: "article_not_found" });
    expect(missing.headers["cache-control"]).toBe("no-store");
  });

  it("that is archived is gone, unless it is asked for all the same", async () => {
    await t.deps.db.sql.query("UPDATE article SET archived_at = now() WHERE id = $1::uuid", [testArticleId]);
    expect(errorOf(await read(`/${testArticleId}`))).toMatchObject({ status: 410, code: "article_archived" });
    expect((await read(`/${testArticleId}?include_archived=true`)).statusCode).toBe(200);
    await t.deps.db.sql.query("UPDATE article SET archived_at = NULL");
  });

  it("is told as the source of its indicators, and of a CVE", async () => {
    const get = async (path: string) =>
      (await inject(t, { method: "GET", url: `/api/v1/${path}` }, { authorization: `Bearer ${pro}` })).json();
    const { data } = await get("iocs?type=url");
    expect(data[0].source).toMatchObject({
      article_id: testArticleId,
      article_title: "=1+1; a wiper",
      article_url: "https://news.example/wiper",
      origin: "article",
    });
    expect((await get("lookup?ioc=CVE-2026-0001")).data.articles).toMatchObject([{ id: testArticleId }]);
    const { relatedIOCs } = (await get("iocs/search?q=45.155.205.10")).data;
    expect(relatedIOCs.map(({ type }: { type: string }) => type).toSorted()).toEqual(["cve", "url"]);
  });
});
