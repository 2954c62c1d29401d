import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  bad,
  buildTaxiiApp,
  envelope,
  good,
  idsOf,
  manifest,
  manifestOf,
  objectsOf,
  type TaxiiApp,
} from "../testing/taxii";

let t: TaxiiApp["t"];
let get: TaxiiApp["get"];
let walk: TaxiiApp["walk"];

beforeAll(async () => {
  ({ t, get, walk } = await buildTaxiiApp());
});
afterAll(() => t.close());

describe("objects and their manifest", () => {
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
      "match[version]=last,last",
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
});
