import http from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { addRecords, mispEventFile } from "../testing/records";
import { createClock, errorOf, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

const clock = createClock();
let t: TestApp;
let pro: string;
let free: string;

const values = {
  ipv4: "203.0.113.7",
  network: "198.51.100.0/24",
  ipv6: "2001:db8::7",
  domain: "evil.example.org",
  url: "http://evil.example.org/a?b=1",
  sha256: "0123456789abcdef".repeat(4),
  cve: "CVE-2026-12345",
};

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  pro = (await t.createKey(t.operator)).secret;
  free = (await t.createKey(t.stranger)).secret;
  await addRecords(
    t,
    Object.values(values).map((value) => ({ value, tags: ["kit"] })),
  );
  await addRecords(
    t,
    Array.from({ length: 2_500 }, (_, n) => ({ value: `bulk-${n}.example.net` })),
  );
});
afterAll(() => t.close());

const read = (path: string, headers: Record<string, string> = {}, secret = pro) =>
  inject(t, { method: "GET", url: `/api/v1/${path}` }, { authorization: `Bearer ${secret}`, ...headers });

const time = z.iso.datetime();
const object = z.looseObject({ type: z.string(), spec_version: z.literal("2.1"), id: z.string(), created: time });
const bundle = z.strictObject({
  type: z.literal("bundle"),
  id: z.string().regex(/^bundle--[0-9a-f-]{36}$/),
  objects: z.array(object),
});

describe("an export", () => {
  it("is a STIX bundle whose references resolve", async () => {
    const response = await read("iocs/stix?tag=kit&include_markings=true&limit=50");
    expect(response.headers["content-type"]).toBe("application/stix+json;version=2.1");
    expect(response.headers["content-disposition"]).toMatch(/^attachment; filename="stix-\d{8}T\d{6}Z\.json"$/);
    const { objects } = bundle.parse(response.json());
    const ids = new Set(objects.map(({ id }) => id));
    const references = objects.flatMap((one) => [one.created_by_ref, ...((one.object_marking_refs as string[]) ?? [])]);
    for (const reference of references) if (reference !== undefined) expect(ids).toContain(reference);
    const indicators = objects.filter(({ type }) => type === "indicator");
    expect(indicators).toHaveLength(6);
    const row = await t.deps.db.prisma.ioc.findFirstOrThrow({ where: { value: values.domain } });
    expect(indicators.find(({ id }) => id === `indicator--${row.id}`)?.created).toBe(row.createdAt.toISOString());
  });

  it("is STIX objects by their options", async () => {
    const query = "format=objects&include_identity=false&include_markings=false&tlp=amber&type=domain&tag=kit";
    const objects = z.array(object).parse((await read(`iocs/stix?${query}`)).json());
    expect(objects.map(({ type, created_by_ref }) => [type, created_by_ref])).toEqual([["indicator", undefined]]);
  });

  it("is a MISP event whose id the filters decide, however they are spelled", async () => {
    const eventOf = async (query: string) => (await read(`iocs/misp?${query}`)).json().Event;
    const event = await eventOf("tag=kit&type=domain,url");
    expect(event.Attribute.map(({ value }: { value: string }) => value).sort()).toEqual([values.domain, values.url]);
    expect(event.info).toContain("type=domain%2Curl");
    expect((await eventOf("type=URL, domain&tag=kit&limit=7".replaceAll(" ", "%20"))).uuid).toBe(event.uuid);
    expect((await eventOf("type=url&tag=kit")).uuid).not.toBe(event.uuid);
  });

  it("is CEF, alone and in syslog", async () => {
    const lines = (await read("iocs/cef?tag=kit")).body.trim().split("\n");
    expect(lines).toHaveLength(7);
    for (const line of lines) expect(line).toMatch(/^CEF:0\|Tocsin\|ThreatIntel\|1\.0\|/);
    const syslog = await read("iocs/cef?tag=kit&format=syslog&type=ipv4");
    expect(syslog.body).toMatch(/^<\d+>1 \d{4}-\d\d-\d\dT/);
    expect(syslog.headers["content-disposition"]).toContain(".log");
  });

  it("is OpenIOC in both versions", async () => {
    for (const [version, root] of [
      ["1.0", "ioc"],
      ["1.1", "OpenIOC"],
    ]) {
      const response = await read(`iocs/openioc?tag=kit&version=${version}`);
      expect(response.headers["content-type"]).toBe("application/xml; charset=utf-8");
      expect(rootOf(response.body)).toBe(root);
      expect(response.body).toContain(values.sha256);
    }
  });

  it("is Sigma, a rule each or grouped, in YAML by either name", async () => {
    const response = await read("iocs/sigma?tag=kit");
    expect(response.headers["content-type"]).toBe("application/yaml; charset=utf-8");
    const rules = parseAllDocuments(response.body).map((document) => document.toJS());
    expect(rules).toHaveLength(6);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(6);
    const grouped = await read("iocs/sigma?mode=grouped&type=domain&limit=2000", { accept: "text/yaml" });
    expect(grouped.headers["content-type"]).toBe("text/yaml; charset=utf-8");
    const [first, second] = parseAllDocuments(grouped.body).map((document) => document.toJS());
    expect(Object.values(first.detection.selection_1)[0]).toHaveLength(1_000);
    expect(second.title).not.toBe(first.title);
  });

  it("is a line of JSON for each record", async () => {
    const lines = (await read("iocs?format=ndjson&limit=300")).body.trim().split("\n");
    const { data } = (await read("iocs?limit=300")).json();
    expect(lines.map((line) => JSON.parse(line))).toEqual(data);
  });

  it("is a block list that its limit counts", async () => {
    const lines = async (path: string) =>
      (await read(`iocs/blocklists/${path}`)).body.split("\n").filter((line) => !/^(#|;|\$|@|$)/.test(line));
    expect((await lines("edl")).sort()).toEqual([values.network, values.ipv6, values.ipv4].sort());
    expect(await lines("edl?kind=url")).toEqual(["evil.example.org/a?b=1"]);
    expect(await lines("hosts?limit=2501&sink=127.0.0.1")).toHaveLength(2_501);
    expect(await lines("rpz?tag=kit&action=nodata")).toContain(`${values.domain} CNAME *.`);
    expect((await lines("suricata?tag=kit&first_sid=5")).some((line) => line.includes("sid:5;"))).toBe(true);
    expect((await lines("zeek?tag=kit")).map((line) => line.split("\t")[1]).sort()).toEqual(
      ["Intel::ADDR", "Intel::ADDR", "Intel::DOMAIN", "Intel::FILE_HASH", "Intel::SUBNET", "Intel::URL"].sort(),
    );
  });

  it("is paged for firewalls, without a gap or a repeat", async () => {
    const page = async (n: number) => (await read(`iocs/blocklists/edl?kind=domain&page=${n}&page_size=1000`)).body;
    const all = (await Promise.all([1, 2, 3, 4].map(page))).map((body) => body.split("\n").filter(Boolean));
    expect(all.map(({ length }) => length)).toEqual([1_000, 1_000, 501, 0]);
    expect(new Set(all.flat()).size).toBe(2_501);
  });

  it("goes on where the header says", async () => {
    const first = await read("iocs/cef?limit=1500");
    const second = await read(`iocs/cef?limit=1500&cursor=${first.headers["x-next-cursor"]}`);
    const both = `${first.body}${second.body}`.trim().split("\n");
    expect([both.length, new Set(both).size, second.headers["x-next-cursor"]]).toEqual([2_507, 2_507, undefined]);
  });
});

describe("a MISP feed", () => {
  it("has a manifest, its events and the hashes of their values", async () => {
    const manifest = (await read("misp/manifest.json")).json();
    const id = mispEventFile.replace(".json", "");
    expect(Object.keys(manifest)).toEqual([id]);
    const { Event } = (await read(`misp/${mispEventFile}`)).json();
    expect([Event.uuid, Event.info, Event.timestamp]).toEqual([id, manifest[id].info, manifest[id].timestamp]);
    expect(Event.Attribute).toHaveLength(2_507);
    const hashes = (await read("misp/hashes.csv")).body.trim().split("\n");
    expect(hashes).toHaveLength(2_507);
    for (const line of hashes) expect(line).toMatch(new RegExp(`^[0-9a-f]{32},${id}$`));
  });

  it("knows what it has not", async () => {
    for (const name of ["00000000-0000-4000-8000-000000000000.json", mispEventFile.replace(".json", ""), "x"]) {
      expect(errorOf(await read(`misp/${name}`))).toMatchObject({ status: 404, code: "not_found" });
    }
  });
});

describe("a document's guard", () => {
  it("asks for the tier, with what is missing", async () => {
    for (const [path, format] of [
      ["iocs/stix", "stix"],
      ["iocs/sigma", "sigma"],
      ["iocs?format=ndjson", "ndjson"],
      ["iocs/blocklists/rpz", "rpz"],
      ["misp/manifest.json", "misp"],
    ]) {
      expect(errorOf(await read(path ?? "", {}, free))).toMatchObject({
        status: 403,
        code: "tier_required",
        details: { format, tier: "free", required_tier: "pro" },
      });
    }
    const edl = await read("iocs/blocklists/edl?kind=domain", {}, free);
    expect([edl.statusCode, edl.body.trim().split("\n").length]).toEqual([200, 100]);
  });

  it("asks for the scope", async () => {
    const { secret } = await t.createKey(t.operator, { scopes: ["read:iocs"] });
    expect(errorOf(await read("iocs/cef", {}, secret))).toMatchObject({
      status: 403,
      code: "insufficient_scope",
      details: { scope: "read:cef" },
    });
  });

  it.each(["stix", "misp", "cef", "openioc", "sigma", "blocklists/edl", "blocklists/zeek"])(
    "refuses a bad request for %s before anything is sent",
    async (path) => {
      for (const query of ["limit=0", "limit=-1", "limit=10001", "limit=all", "type=ip", "since=soon", "cursor=bm8"]) {
        const response = await read(`iocs/${path}?${query}`);
        expect(errorOf(response)).toMatchObject({ status: 400, code: "invalid_parameter" });
        expect(errorOf(response).details.fields[0].field).toBe(query.split("=")[0]);
        expect(response.headers["content-disposition"]).toBeUndefined();
      }
    },
  );

  it("knows each option's values", async () => {
    for (const query of ["stix?format=xml", "stix?tlp=white", "cef?format=leef", "openioc?version=2", "sigma?mode=x"]) {
      expect(errorOf(await read(`iocs/${query}`))).toMatchObject({ status: 400, code: "invalid_parameter" });
    }
  });
});

describe("a poller", () => {
  it("is told that nothing has changed, until something has", async () => {
    const first = await read("iocs/stix?tag=kit");
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(first.headers["cache-control"]).toBe("private, no-cache");
    clock.skip(5_000);
    expect((await read("iocs/stix?tag=kit")).body).toBe(first.body);
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      const again = await read("iocs/stix?tag=kit", { "if-none-match": tag });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, "", etag]);
    }
    expect((await read("iocs/stix?tag=kit&tlp=red", { "if-none-match": etag })).statusCode).toBe(200);
    expect((await read("iocs/stix?tag=kit&limit=3", { "if-none-match": etag })).statusCode).toBe(200);
    await addRecords(t, [{ value: "new.example.org", tags: ["kit"] }]);
    const changed = await read("iocs/stix?tag=kit", { "if-none-match": etag });
    expect([changed.statusCode, changed.body.includes("new.example.org")]).toEqual([200, true]);
  });

  it("may go by time, once that is settled", async () => {
    clock.skip(11_000);
    const modified = String((await read("iocs/blocklists/zeek")).headers["last-modified"]);
    const since = async (value: string, more = {}) =>
      (await read("iocs/blocklists/zeek", { "if-modified-since": value, ...more })).statusCode;
    expect(await since(modified)).toBe(304);
    expect(await since(new Date(Date.parse(modified) - 1_000).toUTCString())).toBe(200);
    expect(await since("yesterday")).toBe(200);
    expect(await since(modified, { "if-none-match": '"other"' })).toBe(200);
  });

  it("is told by time too that something has gone", async () => {
    await addRecords(t, [
      { value: "gone.example.org", tags: ["going"] },
      { value: "left.example.org", tags: ["going"] },
    ]);
    const backdate = (value: string, ago: string) =>
      t.deps.db.sql.query("UPDATE ioc SET updated_at = $2::timestamptz - $3::interval WHERE value = $1", [
        value,
        clock.now().toISOString(),
        ago,
      ]);
    await backdate("left.example.org", "364 days 23 hours 50 minutes");
    clock.skip(11_000);
    const ask = async (modified?: string) => {
      const response = await read("iocs/blocklists/hosts?tag=going", modified ? { "if-modified-since": modified } : {});
      return { modified: String(response.headers["last-modified"]), status: response.statusCode, body: response.body };
    };
    const first = await ask();
    expect(first.body).toMatch(/gone[\s\S]*left|left[\s\S]*gone/);
    expect((await ask(first.modified)).status).toBe(304);
    await t.deps.db.sql.query(
      "UPDATE ioc SET withdrawn_at = $1::timestamptz, updated_at = $1::timestamptz WHERE value = 'gone.example.org'",
      [clock.now().toISOString()],
    );
    clock.skip(11_000);
    const second = await ask(first.modified);
    expect([second.status, second.body.includes("gone.example.org")]).toEqual([200, false]);
    expect((await ask(second.modified)).status).toBe(304);
    clock.skip(11 * 60_000);
    const third = await ask(second.modified);
    expect([third.status, third.body.includes("left.example.org")]).toEqual([200, false]);
    expect((await ask(third.modified)).status).toBe(304);
  });

  it("keeps nothing under an address that holds the key", async () => {
    const response = await inject(t, { method: "GET", url: `/api/v1/iocs/cef?api_key=${pro}` });
    expect([response.statusCode, response.headers["cache-control"]]).toEqual([200, "no-store"]);
  });

  it("gets it compressed as it likes", async () => {
    const plain = await read("iocs/cef?limit=500");
    const gzip = await read("iocs/cef?limit=500", { "accept-encoding": "gzip" });
    const br = await read("iocs/cef?limit=500", { "accept-encoding": "gzip;q=0.5, br" });
    expect([gzip.headers["content-encoding"], br.headers["content-encoding"]]).toEqual(["gzip", "br"]);
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
    expect(new Set([plain, gzip, br].map(({ headers }) => headers.etag)).size).toBe(3);
    expect(gzip.headers.vary).toContain("Accept-Encoding");
    const none = await read("iocs/cef?limit=1", { "accept-encoding": "gzip;q=0, *;q=0" });
    expect(none.headers["content-encoding"]).toBeUndefined();
  });

  it("may look at the head alone", async () => {
    const response = await inject(
      t,
      { method: "HEAD", url: "/api/v1/iocs/stix?tag=kit" },
      { authorization: `Bearer ${pro}` },
    );
    expect([response.statusCode, response.body]).toEqual([200, ""]);
    expect(response.headers.etag).toBeDefined();
  });
});

describe("the dashboard", () => {
  const asked = (path: string, cookie: string, headers: Record<string, string> = {}) =>
    inject(t, { method: "GET", url: path }, { cookie, ...headers });
  const preview = (input: object, cookie: string) =>
    asked(`/api/trpc/exports.preview?input=${encodeURIComponent(JSON.stringify(input))}`, cookie);

  it("downloads what a key would, under the tier of the workspace", async () => {
    const response = await asked("/api/exports/cef?tag=kit", t.member.cookie);
    expect(response.body).toBe((await read("iocs/cef?tag=kit")).body);
    expect((await asked("/api/exports/csv?limit=5", t.stranger.cookie)).body.split("\r\n")).toHaveLength(7);
    const refused = await asked("/api/exports/stix", t.stranger.cookie);
    expect([refused.statusCode, refused.json().error.code]).toEqual([403, "tier_required"]);
    expect((await asked("/api/exports/stix", "")).statusCode).toBe(401);
    expect((await asked("/api/exports/taxii", t.operator.cookie)).statusCode).toBe(404);
    expect((await asked("/api/exports/stix?limit=x", t.operator.cookie)).statusCode).toBe(400);
    const foreign = await asked("/api/exports/cef", t.operator.cookie, { "sec-fetch-site": "cross-site" });
    expect([foreign.statusCode, foreign.json().error.code]).toEqual([403, "cross_site_request"]);
  });

  it("shows the first records", async () => {
    const { data } = (await preview({ format: "stix", query: { limit: "500" } }, t.operator.cookie)).json().result;
    expect(data.records).toBe(20);
    expect(bundle.parse(JSON.parse(data.text)).objects.length).toBeGreaterThan(20);
    expect((await preview({ format: "stix" }, t.stranger.cookie)).statusCode).toBe(403);
    expect((await preview({ format: "edl", query: { kind: "x" } }, t.operator.cookie)).statusCode).toBe(400);
  });
});

it("stops reading when the client goes away", async () => {
  await addRecords(
    t,
    Array.from({ length: 9_000 }, (_, n) => ({ value: `more-${n}.example.net` })),
  );
  await t.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = t.app.server.address() as AddressInfo;
  const { long } = t.deps.db.lanes;
  const { query } = long;
  let pages = 0;
  let release = () => {};
  let read: Promise<unknown> = Promise.resolve();
  // All pages but the first wait to be let through.
  const counted: typeof query = async (text, given) => {
    if (!text.includes("AS feed_names,")) return query(text, given);
    pages += 1;
    if (pages > 1) {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }
    const rows = query<never>(text, given);
    read = rows;
    return rows;
  };
  long.query = counted;
  const left = new Promise((resolve) => {
    t.app.server.once("connection", (socket) => socket.once("close", resolve));
  });
  const headers = { authorization: `Bearer ${pro}` };
  const request = http.get({ host: "127.0.0.1", port, path: "/api/v1/iocs/stix?limit=10000", headers }, (response) =>
    response.on("data", (chunk: Buffer) => {
      if (chunk.includes('"indicator"')) request.destroy();
    }),
  );
  request.on("error", () => {});
  await left;
  // The whole would be ten: what is under way comes in, and what was asked for ahead of it.
  for (let turn = 0; turn < 50; turn += 1) {
    release();
    await read;
    await new Promise((resolve) => setImmediate(resolve));
  }
  long.query = query;
  expect(pages).toBeGreaterThan(0);
  expect(pages).toBeLessThan(6);
});

/** The name of the root element; throws where tags do not close each other. */
function rootOf(xml: string): string | undefined {
  const open: string[] = [];
  let root: string | undefined;
  for (const [, close, name = "", empty] of xml.matchAll(/<(\/?)([A-Za-z][\w:.-]*)[^<>]*?(\/?)>/g)) {
    if (close) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    } else if (!empty) {
      root ??= name;
      open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`<${open.join("><")}> stays open`);
  return root;
}
