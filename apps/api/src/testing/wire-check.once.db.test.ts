import { afterAll, beforeAll, expect, it } from "vitest";
import { inject } from "./requests";
import { buildTestApp, type TestApp } from "./test-app";
import { findProblem } from "./wire-check";

let t: TestApp;
let secret: string;
beforeAll(async () => {
  t = await buildTestApp();
  ({ secret } = await t.createKey(t.operator));
});
afterAll(() => t.close());

const url = "/api/v1/lookup?ioc=evil.example";

it("accepts what is documented, and names what is not", async () => {
  const response = await inject(t, { method: "GET", url }, { "x-api-key": secret });
  const change = (changes: object) => Object.assign(Object.create(response), changes);
  const problem = (changes: object) => findProblem("GET", url, change(changes));
  const body = response.json();
  const { found, ...rest } = body.data;
  expect(found).toBe(false);
  expect(problem({})).toBeNull();
  expect(findProblem("GET", "/api/v1/nowhere", change({ statusCode: 418 }))).toBeNull();
  expect(problem({ statusCode: 418 })).toContain("418 is not documented");
  expect(problem({ headers: {} })).toContain("lacks x-request-id");
  expect(problem({ headers: { ...response.headers, "content-type": "text/html" } })).toContain("text/html");
  expect(problem({ json: () => ({ ...body, data: rest }) })).toContain("'found'");
  expect(problem({ json: () => ({ ...body, data: { ...body.data, extra: 1 } }) })).toContain("additional properties");
  expect(problem({ json: () => ({ ...body, meta: { ...body.meta, generated_at: "today" } }) })).toContain("date-time");
  expect(problem({ statusCode: 401, json: () => ({ error: { code: "nonsense" } }) })).toContain("code");
});
