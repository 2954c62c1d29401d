import { sequenceChanges } from "@tocsin/core/changes";
import { iocId, stixId } from "@tocsin/core/values";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addRecords } from "../testing/records";
import { inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

let t: TestApp;
let key: string;

beforeAll(async () => {
  t = await buildTestApp();
  key = (await t.createKey(t.operator)).secret;
  await addRecords(t, [{ value: "gone.example.org" }, { value: "stays.example.org" }, { value: "good.example.org" }]);
  await addRecords(t, [{ value: "never.example.org" }]);
  await t.deps.db.sql.query("UPDATE ioc SET warnings = '{known goods}' WHERE value = 'never.example.org'");
  await sequenceChanges(t.deps.context);
});
afterAll(() => t.close());

type StixObject = { id: string; name: string; modified: string; revoked?: true };

async function read(query: string) {
  const response = await inject(
    t,
    { method: "GET", url: `/api/v1/iocs/stix?format=objects&include_identity=false&include_markings=false${query}` },
    { "x-api-key": key },
  );
  const objects: StixObject[] = response.json();
  return { etag: response.headers.etag, objects: new Map(objects.map((one) => [one.name, one])) };
}

async function change(value: string, set: string): Promise<void> {
  await t.deps.db.sql.query(
    `WITH changed AS (
       UPDATE ioc SET ${set}, updated_at = GREATEST(updated_at + interval '1 millisecond', now()) WHERE value = $1
       RETURNING id
     ) INSERT INTO ioc_change (ioc_id) SELECT id FROM changed`,
    [value],
  );
}

it("tells a delta poller once, and nobody else, what has been withdrawn, in the version that ended it", async () => {
  const since = "&since=2026-01-01T00:00:00Z";
  const before = await read(since);
  expect([...before.objects.values()].some(({ revoked }) => revoked)).toBe(false);
  await change("gone.example.org", "withdrawn_at = now(), valid_until = now() - interval '1 day'");
  await change("good.example.org", "warnings = '{known goods}'");
  const whole = await read("");
  expect(whole.objects.has("gone.example.org")).toBe(false);
  expect(whole.objects.get("stays.example.org")?.revoked).toBeUndefined();
  const delta = await read(since);
  expect(delta.etag).not.toBe(before.etag);
  expect(delta.objects.has("never.example.org")).toBe(false);
  for (const value of ["gone.example.org", "good.example.org"]) {
    const [was, is] = [before.objects.get(value), delta.objects.get(value)];
    expect(is).toMatchObject({ id: was?.id, revoked: true });
    expect(Date.parse(is?.modified ?? "")).toBeGreaterThan(Date.parse(was?.modified ?? ""));
  }
  await sequenceChanges(t.deps.context);
  expect(await read(since)).toEqual(delta);
  await change("gone.example.org", "tags = '{later}'");
  await sequenceChanges(t.deps.context);
  expect((await read(since)).objects.get("gone.example.org")).toEqual(delta.objects.get("gone.example.org"));
});

it("gives what comes back another id", async () => {
  await change("gone.example.org", "withdrawn_at = NULL, generation = generation + 1, created_at = now()");
  const object = (await read("")).objects.get("gone.example.org");
  expect(object?.id).toBe(`indicator--${stixId(iocId("domain", "gone.example.org"), 1)}`);
  expect(object).not.toHaveProperty("revoked");
});
