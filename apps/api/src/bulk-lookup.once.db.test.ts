import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addRecords } from "./testing/records";
import { createClock, errorOf, inject } from "./testing/requests";
import { buildTestApp, type Person, type TestApp } from "./testing/test-app";

const clock = createClock();
let t: TestApp;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  await addRecords(t, [{ value: "malware.example" }]);
});
afterAll(() => t.close());

const limitsOf = { operator: { perMinute: 1_000, perDay: 1_000_000 }, stranger: { perMinute: 10, perDay: 1_000 } };

async function bulk(owner: "operator" | "stranger", payload: unknown, taken = 0) {
  clock.skipToMinute();
  const person: Person = t[owner];
  const { id, secret } = await t.createKey(person);
  const name = `key:${id}`;
  if (taken > 0) await t.deps.limiter.charge(name, limitsOf[owner], taken, clock.now());
  const response = await inject(
    t,
    { method: "POST", url: "/api/v1/lookup", payload: typeof payload === "string" ? payload : JSON.stringify(payload) },
    { authorization: `Bearer ${secret}`, "content-type": "application/json" },
  );
  const { perMinute, perDay } = await t.deps.limiter.peek(name, limitsOf[owner], clock.now());
  const spent = {
    minute: limitsOf[owner].perMinute - perMinute.remaining - taken,
    day: limitsOf[owner].perDay - (perDay?.remaining ?? 0) - taken,
  };
  await t.deps.db.prisma.apiKey.delete({ where: { id } });
  return { response, spent };
}

const values = (count: number) => Array.from({ length: count }, (_, n) => `host-${n}.example`);

describe("lookupIOCs", () => {
  it("answers each value in its place, found, unknown or wrong", async () => {
    const { response, spent } = await bulk("operator", { values: ["unknown.example", "?", "malware[.]example"] });
    expect(response.statusCode).toBe(200);
    const { meta, data } = response.json();
    expect(meta).toMatchObject({ feed_version: "1.0", source: "Tocsin", total: 3, found: 1, failed: 1 });
    expect(data.map(({ value }: { value: string }) => value)).toEqual(["unknown.example", "?", "malware[.]example"]);
    expect(data.map(({ result }: { result: { found: boolean } | null }) => result?.found)).toEqual([
      false,
      undefined,
      true,
    ]);
    expect(data[1].error.code).toBe("invalid_parameter");
    expect(spent).toEqual({ minute: 1, day: 1 });
  });

  it.each([
    [1, 1],
    [10, 1],
    [11, 2],
    [95, 10],
    [1_000, 100],
  ])("charges %i values as %i requests, to both windows", async (count, cost) => {
    const { response, spent } = await bulk("operator", { values: values(count) });
    expect([response.statusCode, response.headers["x-ratelimit-remaining"]]).toEqual([200, String(1_000 - cost)]);
    expect(response.json().data).toHaveLength(count);
    expect(spent).toEqual({ minute: cost, day: cost });
  });

  it("charges nothing for what it refuses for the limit, and all where just enough is left", async () => {
    const refused = await bulk("operator", { values: values(21) }, 998);
    expect(errorOf(refused.response)).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    expect(refused.spent).toEqual({ minute: 0, day: 0 });
    const last = await bulk("operator", { values: values(20) }, 998);
    expect([last.response.statusCode, last.spent]).toEqual([200, { minute: 2, day: 2 }]);
  });

  it("says so where no minute of the tier allows as many", async () => {
    const { response, spent } = await bulk("stranger", { values: values(101) });
    expect(errorOf(response)).toMatchObject({ status: 400, code: "invalid_parameter" });
    expect(response.body).toContain("at most 10 requests; this costs 11");
    expect(spent).toEqual({ minute: 1, day: 1 });
    expect((await bulk("stranger", { values: values(100) })).response.statusCode).toBe(200);
  });

  it.each<[string, unknown, number, string]>([
    ["no values", {}, 400, "values"],
    ["too many values", { values: values(1_001) }, 400, "values"],
    ["a type that is none", { values: ["a.example"], type: "ipv9" }, 400, "type"],
    ["a list", [], 400, "body"],
    ["no JSON", "{", 400, ""],
    ["too long a body", JSON.stringify({ values: ["x".repeat(2_000_000)] }), 413, ""],
  ])("refuses %s, for the price of one request", async (_name, payload, status, field) => {
    const { response, spent } = await bulk("operator", payload);
    const error = errorOf(response);
    expect(error.status).toBe(status);
    if (field !== "") expect(error.details.fields[0].field).toBe(field);
    expect(response.headers["x-ratelimit-remaining"]).toBe("999");
    expect(spent).toEqual({ minute: 1, day: 1 });
  });
});
