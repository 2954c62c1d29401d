import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { collections, sequenceChanges } from "@tocsin/core/taxii";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { addRecords } from "../testing/records";
import { createClock, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

const taxii = "application/taxii+json;version=2.1";
const stix = "application/stix+json;version=2.1";
const root = "/api/taxii2/api/";
const [all, network, ips, hashes, cves] = collections.map(({ id }) => id);
const clock = createClock();
let t: TestApp;
let key: string;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  key = (await t.createKey(t.operator)).secret;
  await addRecords(t, [
    ...Array.from({ length: 20 }, (_, n) => ({ value: `n${n}.malware.example`, tags: ["kit"] })),
    ...Array.from({ length: 10 }, (_, n) => ({ value: `198.51.100.${n}` })),
    { value: "0123456789abcdef".repeat(4) },
    { value: "CVE-2026-12345" },
    { value: "T1059.001" },
    { value: "TA0001" },
  ]);
  await sequenceChanges(t.deps.context);
});
afterAll(() => t.close());

const get = (url: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" | "POST" | "DELETE" = "GET") =>
  inject(t, { method, url }, { authorization: `Bearer ${key}`, accept: taxii, ...headers });
const objectsOf = (collection: string | undefined) => `${root}collections/${collection}/objects/`;
const manifestOf = (collection: string | undefined) => `${root}collections/${collection}/manifest/`;

const timestamp = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const stixTime = z.iso.datetime();
const uuid4 = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const object = z.looseObject({ type: z.string(), id: z.string(), spec_version: z.literal("2.1"), created: stixTime });
const envelope = z.strictObject({
  more: z.boolean().optional(),
  next: z.string().optional(),
  objects: z.array(object).min(1).optional(),
});
const manifest = z.strictObject({
  more: z.boolean().optional(),
  next: z.string().optional(),
  objects: z
    .array(z.strictObject({ id: z.string(), date_added: timestamp, version: stixTime, media_type: z.literal(stix) }))
    .min(1)
    .optional(),
});
const collection = z.strictObject({
  id: uuid4,
  title: z.string().min(1),
  description: z.string(),
  alias: z.string(),
  can_read: z.literal(true),
  can_write: z.literal(false),
  media_types: z.tuple([z.literal(stix)]),
});
const failure = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1),
  error_id: z.string().regex(/^req_/),
  error_code: z.string(),
  http_status: z.string(),
  details: z.looseObject({}).optional(),
});

type Response = Awaited<ReturnType<typeof get>>;

function good<T>(response: Response, shape: z.ZodType<T>): T {
  expect(response.body.slice(0, 500) && response.statusCode).toBe(200);
  expect(response.headers["content-type"]).toBe(taxii);
  return shape.parse(response.json());
}

function bad(response: Response): { status: number; code: string } {
  const body = failure.parse(response.json());
  expect(response.headers["content-type"]).toBe(taxii);
  expect(body.http_status).toBe(String(response.statusCode));
  expect(body.error_id).toBe(response.headers["x-request-id"]);
  for (const name of ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"]) {
    expect(response.headers[name], name).toBeDefined();
  }
  return { status: response.statusCode, code: body.error_code };
}

/** Page after page, as taxii2-client's `as_pages` asks. */
async function walk<
  T extends { more?: boolean | undefined; next?: string | undefined; objects?: { id: string }[] | undefined },
>(url: string, shape: z.ZodType<T>, query: Record<string, string>): Promise<T[]> {
  const pages: T[] = [];
  let next: string | undefined;
  do {
    const response = await get(`${url}?${new URLSearchParams({ ...query, ...(next ? { next } : {}) })}`);
    const page = good(response, shape);
    expect(page.objects?.length ?? 0).toBeLessThanOrEqual(Number(query.limit ?? 1_000));
    expect(page.next !== undefined).toBe(page.more === true);
    expect(response.headers["x-taxii-date-added-first"] !== undefined).toBe(page.objects !== undefined);
    pages.push(page);
    next = page.next;
  } while (next);
  return pages;
}

const idsOf = (pages: readonly { objects?: { id: string }[] | undefined }[]) =>
  pages.flatMap(({ objects = [] }) => objects.map(({ id }) => id));

describe("the way in", () => {
  it.each(["/taxii2/", "/api/taxii2/"])("%s is the discovery", async (url) => {
    const shape = z.strictObject({
      title: z.string(),
      description: z.string(),
      default: z.string(),
      api_roots: z.array(z.string()),
    });
    const { default: first, api_roots } = good(await get(url), shape);
    expect(api_roots).toEqual([root]);
    expect(first).toBe(root);
  });

  it("names an absolute API root behind https, where alone that is allowed", async () => {
    const https = await buildTestApp({ env: { PUBLIC_URL: "https://tocsin.example" } });
    const { secret } = await https.createKey(https.operator);
    const response = await inject(https, { url: "/taxii2/" }, { authorization: `Bearer ${secret}` });
    expect(response.json().api_roots).toEqual([`https://tocsin.example${root}`]);
    await https.close();
  });

  it("is the API root", async () => {
    const shape = z.strictObject({
      title: z.string(),
      description: z.string(),
      versions: z.tuple([z.literal(taxii)]),
      max_content_length: z.int().positive(),
    });
    good(await get(root), shape);
  });

  it("lists the collections, always in the same order, and shows each by every name", async () => {
    const list = async () =>
      good(await get(`${root}collections/`), z.strictObject({ collections: z.array(collection) }));
    expect((await list()).collections.map(({ id }) => id)).toEqual([all, network, ips, hashes, cves]);
    expect(await list()).toEqual(await list());
    const names = {
      "all|all-iocs|soc-defenders-all": all,
      "network|soc-defenders-network": network,
      "ips|ip-addresses": ips,
      "hashes|file-hashes|soc-defenders-hashes": hashes,
      cves,
    };
    for (const [aliases, id] of Object.entries(names)) {
      for (const name of [...aliases.split("|"), String(id)]) {
        expect(good(await get(`${root}collections/${name}/`), collection).id).toBe(id);
      }
    }
    for (const name of ["nothing", "00000000-0000-4000-8000-000000000000", "x".repeat(300)]) {
      for (const rest of ["", "objects/", "manifest/", "objects/indicator--x/", "objects/indicator--x/versions/"]) {
        expect(bad(await get(`${root}collections/${name}/${rest}`))).toEqual({ status: 404, code: "not_found" });
      }
    }
  });

  it("knows no status, no other path and no other method", async () => {
    const unknown = "00000000-0000-4000-8000-000000000000";
    expect(bad(await get(`${root}status/${unknown}/`))).toEqual({ status: 404, code: "not_found" });
    for (const url of ["/taxii2/nothing/", "/api/taxii2/nothing/", `${root}nothing/`, "/api/taxii2/api/%zz"]) {
      expect(bad(await get(url, { accept: "text/html" }))).toEqual({ status: 404, code: "not_found" });
    }
    const posted = await get(root, {}, "POST");
    expect(bad(posted)).toEqual({ status: 405, code: "method_not_allowed" });
    expect(posted.headers.allow).toBe("GET, HEAD");
  });

  it("takes nothing, whatever its type and size", async () => {
    for (const type of [taxii, "application/json", "text/plain", "application/taxii+json;version=2.0"]) {
      const post = await inject(
        t,
        { method: "POST", url: objectsOf("all"), payload: `{"objects":[{"x":"${"y".repeat(2_000_000)}"}]}` },
        { authorization: `Bearer ${key}`, accept: taxii, "content-type": type },
      );
      expect(bad(post)).toEqual({ status: 403, code: "read_only_collection" });
    }
    const [identity] = idsOf(await walk(objectsOf("all"), envelope, { limit: "1000" }));
    const gone = await get(`${objectsOf("all")}${identity}/`, {}, "DELETE");
    expect(bad(gone)).toEqual({ status: 403, code: "read_only_collection" });
    expect(bad(await get(objectsOf("nothing"), {}, "POST"))).toEqual({ status: 404, code: "not_found" });
  });

  it("sends whoever left out the slash to it, with the query", async () => {
    for (const url of ["/taxii2", "/api/taxii2", root, `${root}collections/`, manifestOf("all"), objectsOf("all")]) {
      const bare = url.endsWith("/") ? url.slice(0, -1) : url;
      const response = await get(`${bare}?limit=5&match%5Btype%5D=indicator&api_key=${key}`);
      expect(response.statusCode).toBe(308);
      expect(response.headers.location).toBe(`${bare}/?limit=5&match%5Btype%5D=indicator&api_key=${key}`);
      expect(response.headers["cache-control"]).toBe("no-store");
    }
    expect((await get(objectsOf("all").slice(0, -1), {}, "POST")).statusCode).toBe(308);
    expect(t.lines.join("")).not.toContain(key.slice(12));
  });
});

describe("the key", () => {
  const base64 = (text: string) => Buffer.from(text).toString("base64");

  it.each([
    ["Bearer", () => ({ authorization: `Bearer ${key}` })],
    ["Basic as password", () => ({ authorization: `Basic ${base64(`anyone:${key}`)}` })],
    ["Basic as user name", () => ({ authorization: `Basic ${base64(`${key}:`)}` })],
    ["Basic unpadded", () => ({ authorization: `Basic ${base64(`anyone:${key}`).replace(/=+$/, "")}` })],
    ["basic without base64", () => ({ authorization: `basic ${key}` })],
    ["Token", () => ({ authorization: `Token ${key}` })],
    ["X-API-Key", () => ({ "x-api-key": key })],
  ])("comes as %s", async (_, headers) => {
    const response = await inject(t, { url: "/taxii2/" }, headers() as Record<string, string>);
    expect(response.statusCode).toBe(200);
  });

  it("comes in the query", async () => {
    const response = await inject(t, { url: `/taxii2/?api_key=${key}` });
    expect([response.statusCode, response.headers["cache-control"]]).toEqual([200, "no-store"]);
  });

  it("is asked for by the names of the schemes that take it", async () => {
    const none = await inject(t, { url: "/taxii2/" });
    expect(bad(none)).toEqual({ status: 401, code: "missing_api_key" });
    expect(none.headers["www-authenticate"]).toEqual(['Basic realm="TAXII", charset="UTF-8"', "Bearer"]);
    for (const authorization of [`Basic ${base64("a:b")}`, "basic x", "Token x", `Basic ${base64(":")}`]) {
      const wrong = await inject(t, { url: "/taxii2/" }, { authorization });
      expect(bad(wrong)).toEqual({ status: 401, code: "invalid_api_key" });
      expect(wrong.headers["www-authenticate"]).toBeDefined();
    }
    const elsewhere = await inject(t, { url: "/api/v1/iocs" }, { authorization: `Token ${key}` });
    expect(elsewhere.statusCode).toBe(401);
    clock.skipToMinute();
  });

  it("is of a plan that has TAXII", async () => {
    const { secret } = await t.createKey(t.stranger);
    const response = await inject(t, { url: "/taxii2/" }, { authorization: `Bearer ${secret}` });
    expect(bad(response)).toEqual({ status: 403, code: "tier_required" });
  });

  it("is charged two and a half requests for objects, one for the rest", async () => {
    const { secret, id } = await t.createKey(t.operator);
    const spent = async (url: string) => {
      const limits = { perMinute: 1_000, perDay: 1_000_000 };
      const left = async () => (await t.deps.limiter.peek(`key:${id}`, limits, clock.now())).perDay?.remaining ?? 0;
      const before = await left();
      await get(url, { authorization: `Bearer ${secret}` });
      return before - (await left());
    };
    const [identity] = idsOf(await walk(objectsOf("all"), envelope, { limit: "1000" }));
    expect(await spent(objectsOf("all"))).toBe(2.5);
    expect(await spent(`${objectsOf("all")}${identity}/`)).toBe(2.5);
    for (const url of ["/taxii2/", root, `${root}collections/`, manifestOf("all")]) expect(await spent(url)).toBe(1);
    expect(await spent(objectsOf("all").slice(0, -1))).toBe(0);
    clock.skipToMinute();
  });
});

describe("the media type", () => {
  it("is TAXII's, whatever of it the client names", async () => {
    for (const accept of [
      "application/taxii+json",
      "application/taxii+json; version=2.1",
      "application/taxii+json;version=2.1;q=0.9, */*;q=0.1",
      "*/*",
      "application/*",
    ]) {
      for (const url of ["/taxii2/", root, `${root}collections/`, manifestOf("all"), objectsOf("all")]) {
        expect((await get(url, { accept })).headers["content-type"]).toBe(taxii);
      }
    }
  });

  it("is refused where it is another, by an answer that is TAXII's all the same", async () => {
    for (const accept of ["application/json", "text/html", "application/taxii+json;version=2.0"]) {
      for (const url of ["/taxii2/", root, manifestOf("all"), objectsOf("all")]) {
        expect(bad(await get(url, { accept }))).toEqual({ status: 406, code: "not_acceptable" });
      }
    }
    expect((await get(manifestOf("all"), { accept: `${stix}, ${taxii}` })).statusCode).toBe(200);
    expect(bad(await get(manifestOf("all"), { accept: stix })).status).toBe(406);
  });

  it("makes a bundle of a page, whose references resolve and which keeps to the limit", async () => {
    const bundle = z.strictObject({
      type: z.literal("bundle"),
      id: z.string().regex(/^bundle--[0-9a-f-]{36}$/),
      objects: z.array(object).min(1).optional(),
    });
    const seen = new Set<string>();
    let query = "limit=15";
    for (;;) {
      const response = await get(`${objectsOf("all")}?${query}`, { accept: "application/stix+json" });
      expect(response.headers["content-type"]).toBe(stix);
      const { objects = [] } = bundle.parse(response.json());
      expect(objects.length).toBeLessThanOrEqual(15);
      const ids = new Set(objects.map(({ id }) => id));
      expect(ids.size).toBe(objects.length);
      for (const one of objects) {
        seen.add(one.id);
        if (one.created_by_ref !== undefined) expect(ids).toContain(one.created_by_ref);
        for (const id of (one.object_marking_refs as string[] | undefined) ?? []) expect(ids).toContain(id);
      }
      const next = /^<\?(next=[^>]+)>; rel="next"$/.exec(String(response.headers.link ?? ""))?.[1];
      if (next === undefined) break;
      query = `limit=15&${next}`;
    }
    expect(seen.size).toBe(6 + 33);
  });

  it("goes with an encoding", async () => {
    const plain = await get(objectsOf("all"));
    const gzip = await get(objectsOf("all"), { "accept-encoding": "gzip" });
    const br = await get(objectsOf("all"), { "accept-encoding": "br" });
    expect([gzip.headers["content-encoding"], br.headers["content-encoding"]]).toEqual(["gzip", "br"]);
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
  });
});

describe("objects and their manifest", () => {
  it.each([1, 2, 7, 1_000])("are the same in pages of %s, in order, none twice", async (limit) => {
    const objects = await walk(objectsOf("all"), envelope, { limit: String(limit) });
    const records = await walk(manifestOf("all"), manifest, { limit: String(limit) });
    expect(idsOf(objects)).toEqual(idsOf(records));
    expect(new Set(idsOf(objects)).size).toBe(6 + 33);
    const times = records.flatMap(({ objects: list = [] }) => list.map(({ date_added }) => date_added));
    expect(times).toEqual([...new Set(times)].sort());
    const contents = objects.flatMap((page) => page.objects ?? []);
    const versions = records.flatMap((page) => page.objects ?? []).map(({ version }) => version);
    expect(contents.map((one) => one.modified ?? one.created)).toEqual(versions);
  });

  it("begin with what the others refer to", async () => {
    const types = async (name: string) =>
      (await walk(objectsOf(name), envelope, {})).flatMap((page) => page.objects ?? []).map(({ type }) => type);
    for (const name of ["all", "network", "ips", "hashes", "cves"]) {
      expect((await types(name)).slice(0, 6)).toEqual(["identity", ...Array(5).fill("marking-definition")]);
    }
    expect((await types("network")).slice(6)).toEqual(Array(30).fill("indicator"));
    expect((await types("ips")).slice(6)).toEqual(Array(10).fill("indicator"));
    expect((await types("hashes")).slice(6)).toEqual(["indicator"]);
    expect((await types("cves")).slice(6)).toEqual(["vulnerability"]);
    expect(await types("all")).toContain("attack-pattern");
  });

  it("are told of by the times of the first and the last", async () => {
    for (const url of [objectsOf("network"), manifestOf("network")]) {
      const response = await get(`${url}?limit=9`);
      const records = good(await get(`${manifestOf("network")}?limit=9`), manifest).objects ?? [];
      expect(response.headers["x-taxii-date-added-first"]).toBe(records[0]?.date_added);
      expect(response.headers["x-taxii-date-added-last"]).toBe(records[8]?.date_added);
    }
  });

  it("are those that were added later, and no others", async () => {
    const records = (await walk(manifestOf("all"), manifest, {})).flatMap((page) => page.objects ?? []);
    for (const at of [0, 5, 6, 20, 38]) {
      const added_after = records[at]?.date_added ?? "";
      const later = idsOf(await walk(manifestOf("all"), manifest, { added_after, limit: "4" }));
      expect(later).toEqual(records.slice(at + 1).map(({ id }) => id));
      expect(idsOf(await walk(objectsOf("all"), envelope, { added_after }))).toEqual(later);
    }
    const last = records.at(-1)?.date_added ?? "";
    const empty = await get(`${objectsOf("all")}?added_after=${last}`);
    expect(good(empty, envelope)).toEqual({});
    expect(empty.headers["x-taxii-date-added-first"]).toBeUndefined();
    expect(empty.headers["x-taxii-date-added-last"]).toBeUndefined();
    const count = async (text: string) => idsOf(await walk(objectsOf("all"), envelope, { added_after: text })).length;
    for (const text of ["2000-01-01T00:00:00Z", "2000-01-01T00:00:00.5Z", "0000-01-01T00:00:00.123456789Z"]) {
      expect(await count(text)).toBe(39);
    }
    expect(await count("9999-12-31T23:59:59.999999Z")).toBe(0);
    expect(await count(`${last.slice(0, -1)}999Z`)).toBe(0);
  });

  it("pass every filter that is given", async () => {
    const ids = async (query: Record<string, string>) => idsOf(await walk(objectsOf("all"), envelope, query));
    const everything = await ids({});
    const ofType = (...types: string[]) => everything.filter((id) => types.some((type) => id.startsWith(`${type}--`)));
    expect(await ids({ "match[type]": "indicator" })).toEqual(ofType("indicator"));
    expect(await ids({ "match[type]": "vulnerability,identity", limit: "1" })).toEqual(
      ofType("identity", "vulnerability"),
    );
    for (const type of ["malware", "x-own", "bundle"]) expect(await ids({ "match[type]": type })).toEqual([]);
    const some = [everything[0], everything[8], everything[30]].join(",");
    expect(await ids({ "match[id]": some })).toEqual(some.split(","));
    expect(await ids({ "match[id]": some, limit: "2" })).toEqual(some.split(","));
    expect(await ids({ "match[id]": some, "match[type]": "identity" })).toEqual([everything[0]]);
    expect(await ids({ "match[id]": String(everything[8]).replace("indicator", "malware") })).toEqual([]);
    for (const version of ["last", "first", "all", "first,last", "last,2020-01-01T00:00:00Z"]) {
      expect(await ids({ "match[version]": version })).toEqual(everything);
    }
    const [indicator] = good(await get(`${objectsOf("all")}?match[type]=indicator&limit=1`), envelope).objects ?? [];
    const modified = String(indicator?.modified);
    for (const text of [modified, modified.replace("Z", "000Z"), `${modified},2020-01-01T00:00:00Z`]) {
      expect(await ids({ "match[version]": text })).toContain(indicator?.id);
    }
    for (const text of ["2020-01-01T00:00:00Z", modified.replace("Z", "001Z")]) {
      expect(await ids({ "match[version]": text })).toEqual([]);
    }
    expect(await ids({ "match[spec_version]": "2.1" })).toEqual(everything);
    expect(await ids({ "match[spec_version]": "2.0,2.1" })).toEqual(everything);
    expect(await ids({ "match[spec_version]": "2.0" })).toEqual([]);
    expect(await ids({ "match[unknown]": "x", unknown: "y" })).toEqual(everything);
    expect(idsOf(await walk(manifestOf("all"), manifest, { "match[type]": "vulnerability" }))).toEqual(
      ofType("vulnerability"),
    );
  });

  it("do not pass a malformed question", async () => {
    for (const query of [
      "limit=0",
      "limit=-1",
      "limit=1e9",
      "limit=",
      "limit=abc",
      "limit=1.5",
      "limit=1&limit=1",
      "added_after=yesterday",
      "added_after=2026-01-01",
      "added_after=2026-02-30T00:00:00Z",
      "added_after=2026-01-01T00:00:00",
      "added_after=2026-01-01T00:00:00%2B00:00",
      "added_after=2026-01-01T00:00:00.1234567890Z",
      "added_after=2026-01-01T00:00:00Z&added_after=2026-01-01T00:00:00Z",
      "match[type]=",
      "match[type]=a,,b",
      "match[type]=A%20B",
      "match[id]=x",
      "match[id]=indicator--1",
      "match[type]=indicator&match[type]=identity",
      "match[version]=newest",
      "match[version]=all,last",
      "match[version]=",
      "match[spec_version]=latest",
      "next=",
      "next=abc",
      "%zz=1",
    ]) {
      for (const url of [objectsOf("all"), manifestOf("all")]) {
        const response = await get(`${url}?${query}`);
        expect(bad(response), query).toEqual({ status: 400, code: "invalid_parameter" });
        expect(response.json().details.fields[0].field).not.toBe("");
      }
    }
    expect(good(await get(`${objectsOf("all")}?limit=1000000000`), envelope).objects).toHaveLength(39);
  });

  it("go on from `next` alone, or with the same filters, and from nobody else's", async () => {
    const url = objectsOf("network");
    const first = good(await get(`${url}?limit=3&match[type]=indicator`), envelope);
    const next = encodeURIComponent(first.next ?? "");
    const second = good(await get(`${url}?limit=3&next=${next}`), envelope);
    expect(second.objects?.every(({ type }) => type === "indicator")).toBe(true);
    expect(good(await get(`${url}?limit=3&next=${next}&match[type]=indicator`), envelope)).toEqual(second);
    expect(idsOf([second]).some((id) => idsOf([first]).includes(id))).toBe(false);
    for (const wrong of [
      `${url}?next=${next}&match[type]=vulnerability`,
      `${url}?next=${next}&added_after=2020-01-01T00:00:00Z`,
      `${objectsOf("ips")}?next=${next}`,
      `${url}?next=${next.slice(0, -2)}AA`,
      `${url}?next=${next}&next=${next}`,
      `${url}?next=${Buffer.from('["x","2026-01-01T00:00:00.000000Z",{}]').toString("base64url")}`,
    ]) {
      expect(bad(await get(wrong))).toEqual({ status: 400, code: "invalid_parameter" });
    }
  });

  it("are shown one by one, with their versions", async () => {
    const versions = z.strictObject({ versions: z.array(stixTime).min(1).optional() });
    for (const one of (await walk(objectsOf("all"), envelope, {})).flatMap((page) => page.objects ?? [])) {
      const response = await get(`${objectsOf("all")}${one.id}/`);
      expect(good(response, envelope)).toEqual({ more: false, objects: [one] });
      expect(response.headers["x-taxii-date-added-first"]).toBe(response.headers["x-taxii-date-added-last"]);
      const list = await get(`${objectsOf("all")}${one.id}/versions/`);
      expect(good(list, versions)).toEqual({ versions: [one.modified ?? one.created] });
      expect(list.headers["x-taxii-date-added-last"]).toBe(response.headers["x-taxii-date-added-last"]);
      clock.skip(5_000);
    }
    const [vulnerability] = idsOf(await walk(objectsOf("cves"), envelope, { "match[type]": "vulnerability" }));
    const url = `${objectsOf("all")}${vulnerability}/`;
    for (const query of [
      "added_after=9999-01-01T00:00:00Z",
      "match[version]=2020-01-01T00:00:00Z",
      "match[spec_version]=2.0",
    ]) {
      expect(good(await get(`${url}?${query}`), envelope)).toEqual({});
    }
    for (const query of ["limit=0", "added_after=x", "match[version]=x", "next=x"]) {
      expect(bad(await get(`${url}?${query}`)).status).toBe(400);
    }
    const nowhere = [
      `${objectsOf("hashes")}${vulnerability}/`,
      `${objectsOf("all")}${String(vulnerability).replace("vulnerability", "indicator")}/`,
      `${objectsOf("all")}indicator--00000000-0000-4000-8000-000000000000/`,
      `${objectsOf("all")}nonsense/`,
    ];
    for (const wrong of nowhere) {
      expect(bad(await get(wrong))).toEqual({ status: 404, code: "not_found" });
      expect(bad(await get(`${wrong}versions/`))).toEqual({ status: 404, code: "not_found" });
    }
  });
});

describe("a poller", () => {
  it("meets what changes at the end, and what is withdrawn once more, revoked", async () => {
    const before = await get(manifestOf("all"));
    const added_after = String(before.headers["x-taxii-date-added-last"]);
    const change = (set: string, value: string) =>
      t.deps.db.sql.query(
        `WITH changed AS (
           UPDATE ioc SET ${set}, updated_at = updated_at + interval '1 second' WHERE value = $1 RETURNING id
         ) INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`,
        [value],
      );
    await change("tags = '{more}'", "n1.malware.example");
    await change("withdrawn_at = now()", "n2.malware.example");
    await sequenceChanges(t.deps.context);
    const [page] = await walk(objectsOf("all"), envelope, { added_after });
    expect(page?.objects?.map(({ name, revoked }) => [name, revoked])).toEqual([
      ["n1.malware.example", undefined],
      ["n2.malware.example", true],
    ]);
    const ids = idsOf(await walk(objectsOf("all"), envelope, { limit: "10" }));
    expect(new Set(ids).size).toBe(39);
  });

  it("sees no further back than its plan", async () => {
    const workspace = { id: t.operator.workspaceId };
    await t.deps.db.prisma.workspace.update({ where: workspace, data: { overrides: { iocLookbackDays: 0 } } });
    const objects = (await walk(objectsOf("all"), envelope, {})).flatMap((page) => page.objects ?? []);
    expect(objects.map(({ type }) => type)).toEqual(["identity", ...Array(5).fill("marking-definition")]);
    await t.deps.db.prisma.workspace.update({ where: workspace, data: { overrides: {} } });
  });

  it("is counted", async () => {
    const { secret, id } = await t.createKey(t.operator);
    await get(objectsOf("all"), { authorization: `Bearer ${secret}` });
    await t.deps.usage.flush(t.deps.context);
    const rows = await t.deps.db.sql.query<{ route: string }>(
      "SELECT route FROM usage_minute WHERE key_id = $1::uuid",
      [id],
    );
    expect(rows).toEqual([{ route: "/api/taxii2/api/collections/:collection/objects/" }]);
  });
});
