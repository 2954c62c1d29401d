import { expect, it } from "vitest";
import { connectionsOf, createAdmission, type Lane } from "./lanes";

it("shares connections out so that none is left over, and every lane has one", () => {
  for (let all = 8; all <= 200; all += 1) {
    const parts = Object.values(connectionsOf(all) ?? {});
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(all);
    expect(Math.min(...parts)).toBeGreaterThan(0);
  }
  expect(connectionsOf(7)).toBeNull();
});

/** Work that is under way until it is ended. */
function held() {
  let end = () => {};
  const work = () => new Promise<void>((resolve) => (end = resolve));
  return { work, end: () => end() };
}

it("admits one at a time, what is short before what is long, and in the order of their coming", async () => {
  const admission = createAdmission(() => 0);
  const first = held();
  const order: string[] = [];
  const done = [admission.run("long", first.work)];
  const asked: [Lane | "rest", string][] = [
    ["long", "page 2"],
    ["rest", "ingest"],
    ["short", "lookup 1"],
    ["dashboard", "overview"],
    ["short", "lookup 2"],
  ];
  for (const [lane, name] of asked) done.push(admission.run(lane, async () => void order.push(name)));
  first.end();
  await Promise.all(done);
  expect(order).toEqual(["lookup 1", "lookup 2", "overview", "ingest", "page 2"]);
});

it("lets nothing wait for ever, and goes on after what failed", async () => {
  let time = 0;
  const admission = createAdmission(() => time);
  const first = held();
  const order: string[] = [];
  const done: Promise<unknown>[] = [admission.run("short", first.work)];
  done.push(admission.run("long", async () => void order.push("export")));
  time = 501;
  done.push(admission.run("short", async () => void order.push("lookup")));
  first.end();
  await Promise.all(done);
  expect(order).toEqual(["export", "lookup"]);
  await expect(
    admission.run("rest", async () => {
      throw new Error("no such table");
    }),
  ).rejects.toThrow("no such table");
  expect(await admission.run("rest", async () => 1)).toBe(1);
});
