import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "../testing/test-app";

let test: TestApp;
let statements = 0;
beforeAll(async () => {
  test = await buildTestApp();
  test.deps.verifier.start();
  const { pglite, sql, lanes } = test.deps.db;
  if (pglite) {
    // Prisma and plain SQL both come through here.
    const { query } = pglite;
    pglite.query = (...args) => {
      statements += 1;
      return query.apply(pglite, args) as never;
    };
  } else {
    for (const way of [sql, ...Object.values(lanes)]) {
      const { query } = way;
      way.query = (...args) => {
        statements += 1;
        return query(...args);
      };
    }
  }
});
afterAll(async () => {
  await test.deps.verifier.stop();
  await test.close();
});

const use = async (headers: Record<string, string>) => {
  const before = statements;
  // Past the gate it lacks its parameter, and asks the database nothing.
  const { statusCode } = await test.app.inject({ url: "/api/v1/lookup", headers });
  return [statusCode, statements - before];
};

it("a known key costs the gate no statement, garbage costs none", async () => {
  const { secret } = await test.createKey(test.operator);
  const headers = { "x-api-key": secret };
  expect(await use(headers)).toEqual([400, 1]);
  // Its lease begins with the second renewal, and ends where a slow machine does not come to the next.
  let inARow = 0;
  for (let tries = 0; tries < 600 && inARow < 20; tries++) {
    const [status, cost] = await use(headers);
    expect(status).toBe(400);
    inARow = cost === 0 ? inARow + 1 : 0;
    if (cost !== 0) await sleep(50);
  }
  expect(inARow).toBe(20);
  for (let i = 0; i < 10; i++) expect(await use({ "x-api-key": `sk_live_${i}` })).toEqual([401, 0]);
});
