import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addRecords } from "../testing/records";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { startSequencer } from "./sequencer";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

async function published(): Promise<number> {
  const [row] = await t.deps.db.sql.query<{ n: number }>("SELECT count(*) AS n FROM publication");
  return row?.n ?? -1;
}

async function until(n: number): Promise<void> {
  for (const deadline = Date.now() + 120_000; (await published()) !== n; await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`${await published()} of ${n}`);
  }
}

it("publishes what comes in, also after a failure, until it is stopped", async () => {
  let away = false;
  const begin: TestApp["deps"]["context"]["sql"]["begin"] = (work) =>
    away ? Promise.reject(new Error("connection lost")) : t.deps.context.sql.begin(work);
  const context = { ...t.deps.context, sql: { ...t.deps.context.sql, begin } };
  const sequencer = startSequencer({ context, log: t.deps.log });
  await addRecords(t, [{ value: "a.example.org" }]);
  await until(1);
  away = true;
  await addRecords(t, [{ value: "b.example.org" }]);
  while (!t.lines.join("").includes("could not be published")) await sleep(20);
  away = false;
  await until(2);
  await addRecords(t, [{ value: "c.example.org" }]);
  await until(3);
  await sequencer.stop();
  await addRecords(t, [{ value: "d.example.org" }]);
  await sleep(1_000);
  expect(await published()).toBe(3);
});
