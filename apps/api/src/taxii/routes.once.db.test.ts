import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { collections } from "@tocsin/core/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { inject } from "../testing/requests";
import {
  bad,
  buildTaxiiApp,
  collection,
  envelope,
  good,
  idsOf,
  manifestOf,
  object,
  objectsOf,
  root,
  stix,
  type TaxiiApp,
  taxii,
} from "../testing/taxii";
import { buildTestApp } from "../testing/test-app";

const [all, network, ips, hashes, cves] = collections.map(({ id }) => id);
type Answer = Awaited<ReturnType<TaxiiApp["get"]>>;
type StixObject = z.infer<typeof object>;
let t: TaxiiApp["t"];
let key: TaxiiApp["key"];
let get: TaxiiApp["get"];
let walk: TaxiiApp["walk"];

beforeAll(async () => {
  ({ t, key, get, walk } = await buildTaxiiApp());
});
afterAll(() => t.close());

/** What an object of a bundle names: its author and its markings. */
function referencesOf({ created_by_ref: author, object_marking_refs: markings }: StixObject): unknown[] {
  return [...(author === undefined ? [] : [author]), ...((markings as string[] | undefined) ?? [])];
}

/** The query of the page after this one; undefined after the last. */
function nextOf(response: Answer): string | undefined {
  return /^<\?(next=[^>]+)>; rel="next"$/.exec(String(response.headers.link ?? ""))?.[1];
}

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

  it("sends nobody to a name that is empty", async () => {
    const all = await get(objectsOf("all"), {}, "DELETE");
    expect(bad(all)).toEqual({ status: 405, code: "method_not_allowed" });
    expect(all.headers.allow).toBe("GET, HEAD, POST");
    expect(bad(await get(`${root}status/`))).toEqual({ status: 404, code: "not_found" });
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
    for (let query: string | undefined = "limit=15"; query !== undefined; ) {
      const response: Answer = await get(`${objectsOf("all")}?${query}`, { accept: "application/stix+json" });
      expect(response.headers["content-type"]).toBe(stix);
      const { objects = [] } = bundle.parse(response.json());
      expect(objects.length).toBeLessThanOrEqual(15);
      const ids = new Set(objects.map(({ id }) => id));
      expect(ids.size).toBe(objects.length);
      for (const id of objects.flatMap(referencesOf)) expect(ids).toContain(id);
      for (const id of ids) seen.add(id);
      const next = nextOf(response);
      query = next && `limit=15&${next}`;
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
