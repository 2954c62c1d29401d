import { afterAll, beforeAll, expect, it } from "vitest";
import { addRecords } from "./testing/records";
import { createClock, inject } from "./testing/requests";
import { buildTestApp, type TestApp } from "./testing/test-app";

const clock = createClock({ ticks: false });
let t: TestApp;
let secret: string;

beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  ({ secret } = await t.createKey(t.stranger));
});
afterAll(() => t.close());

const ask = () => inject(t, { method: "GET", url: "/api/v1/iocs/stats" }, { authorization: `Bearer ${secret}` });
const ageOf = (response: Awaited<ReturnType<typeof ask>>) => [
  response.headers["x-cache-updated-at"],
  response.headers["x-cache-age-seconds"],
  response.headers["x-cache-stale"],
];

it("answers an empty instance at once, says how old the counts are, and renews them when they are due", async () => {
  const empty = await ask();
  expect([empty.statusCode, empty.json().data.totals.iocs]).toEqual([200, 0]);
  const { cache } = empty.json().meta;
  expect(ageOf(empty)).toEqual([cache.updated_at, "0", "false"]);

  await addRecords(t, [{ value: "malware.example" }, { value: "192.0.2.1" }]);
  clock.skip(599_000);
  const kept = await ask();
  expect(kept.json().data.totals.iocs).toBe(0);
  expect(ageOf(kept)).toEqual([cache.updated_at, String(kept.json().meta.cache.age_seconds), "false"]);
  expect(kept.json().meta.cache.age_seconds).toBe(599);

  clock.skip(60_000);
  const stale = await ask();
  expect([stale.json().data.totals.iocs, stale.headers["x-cache-stale"]]).toEqual([0, "true"]);
  await expect
    .poll(
      async () => {
        clock.skip(6_000);
        return (await ask()).json().data.totals;
      },
      { timeout: 120_000, interval: 200 },
    )
    .toMatchObject({ iocs: 2, active: 2, withdrawn: 0 });
});

it("is the same for the dashboard", async () => {
  const response = await inject(t, { method: "GET", url: "/api/trpc/overview.get" }, { cookie: t.stranger.cookie });
  expect(response.json().result.data.stats.data).toEqual((await ask()).json().data);
});
