import { sequenceChanges } from "@tocsin/core/changes";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addRecords } from "../testing/records";
import { createClock, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

const clock = createClock();
let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp({ now: clock.now });
  await addRecords(t, [{ value: "a.example.org" }, { value: "198.51.100.7" }, { value: "CVE-2026-10001" }]);
});
afterAll(() => t.close());

type Answer = {
  allowed: boolean;
  discovery_url: string;
  collections: { alias: string; objects: number; objects_url: string }[];
};

async function ask(cookie: string): Promise<Answer> {
  const response = await inject(t, { method: "GET", url: "/api/trpc/taxii.get" }, { cookie });
  return response.json().result.data;
}
const counts = ({ collections }: Answer) =>
  Object.fromEntries(collections.map(({ alias, objects }) => [alias, objects]));

it("tells the dashboard where TAXII is and what each collection holds now", async () => {
  const before = await ask(t.operator.cookie);
  expect(before).toMatchObject({ allowed: true, discovery_url: "http://127.0.0.1:8080/taxii2/" });
  expect(counts(before)).toEqual({ all: 0, network: 0, ips: 0, hashes: 0, cves: 0 });
  await sequenceChanges(t.deps.context);
  clock.skip(11_000);
  const after = await ask(t.operator.cookie);
  expect(counts(after)).toEqual({ all: 3, network: 2, ips: 1, hashes: 0, cves: 1 });
  const { secret } = await t.createKey(t.operator);
  for (const { objects_url, objects } of after.collections) {
    const response = await inject(
      t,
      { url: objects_url.replace("http://127.0.0.1:8080", "") },
      { "x-api-key": secret },
    );
    expect(response.json().objects).toHaveLength(6 + objects);
  }
  expect((await ask(t.stranger.cookie)).allowed).toBe(false);
});
