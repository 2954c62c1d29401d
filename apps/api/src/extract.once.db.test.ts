import { longestText } from "@tocsin/core/extraction";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClock, errorOf, inject } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";

const clock = createClock();
let t: TestApp;
let secret: string;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  secret = (await t.createKey(t.operator)).secret;
});
afterAll(() => t.close());

function post(payload: unknown) {
  clock.skipToMinute();
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  return inject(t, { method: "POST", url: "/api/v1/extract", payload: JSON.stringify(payload) }, headers);
}

describe("extractIOCs", () => {
  it("answers each value of a text with place, type and role", async () => {
    const text = "Emotet (T1105) came from hxxp://malware[.]example/a.\nSee https://github.com/example/repo";
    const response = await post({ text });
    expect(response.statusCode).toBe(200);
    expect(response.json().data).toMatchObject({
      values: [
        { type: "url", value: "http://malware.example/a", role: "indicator", line: 1, place: "text", defanged: true },
        { type: "url", value: "https://github.com/example/repo", role: "reference", line: 2, defanged: false },
      ],
      techniques: [{ id: "T1105", name: "Ingress Tool Transfer", tactics: ["Command and Control"] }],
      malware_families: [{ name: "Emotet", attack_id: "S0367" }],
      complete: true,
    });
  });

  it("costs by the length of the text", async () => {
    const response = await post({ text: "a ".repeat(20_001) });
    expect(response.statusCode).toBe(200);
    expect(response.headers["x-ratelimit-remaining"]).toBe("997");
  });

  it.each<[string, unknown]>([
    ["no text", {}],
    ["an empty text", { text: "" }],
    ["too long a text", { text: "a".repeat(longestText + 1) }],
    ["what is no text", { text: 7 }],
  ])("refuses %s by the name of the field, for the price of one request", async (_what, payload) => {
    const response = await post(payload);
    const { status, code, details } = errorOf(response);
    expect({ status, code, field: details.fields[0].field }).toEqual({
      status: 400,
      code: "invalid_parameter",
      field: "text",
    });
    expect(response.headers["x-ratelimit-remaining"]).toBe("999");
  });
});

describe("getATTACKTechnique", () => {
  const get = (id: string) =>
    inject(t, { method: "GET", url: `/api/v1/attack/techniques/${id}` }, { authorization: `Bearer ${secret}` });

  it("answers a technique, and a revoked id with what took its place", async () => {
    expect((await get("t1071.001")).json().data).toMatchObject({ id: "T1071.001", matrix: "enterprise" });
    expect((await get("T1086")).json().data).toMatchObject({ id: "T1059.001", replaces: "T1086" });
  });

  it("does not find what ATT&CK has not", async () => {
    expect(errorOf(await get("T9999"))).toMatchObject({ status: 404, code: "not_found" });
  });
});
