import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inject } from "../testing/requests";
import { bad, buildTaxiiApp, envelope, idsOf, manifestOf, objectsOf, root, type TaxiiApp } from "../testing/taxii";

let t: TaxiiApp["t"];
let clock: TaxiiApp["clock"];
let key: TaxiiApp["key"];
let get: TaxiiApp["get"];
let walk: TaxiiApp["walk"];

beforeAll(async () => {
  ({ t, clock, key, get, walk } = await buildTaxiiApp());
});
afterAll(() => t.close());

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

  it("is of a tier that has TAXII", async () => {
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
