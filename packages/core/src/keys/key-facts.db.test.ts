import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Authorized, SessionCaller } from "../access";
import type { Call } from "../context";
import { readNodes } from "../revocation";
import { testContext } from "../testing";
import { createUsageRecorder, keyTrafficInput, keyTrafficShape, readKeyTraffic } from "../usage";
import { testWorkspace } from "../workspaces/testing";
import { createKey } from "./create-key";
import { keyFactsShape, readKeyFacts } from "./key-facts";
import { createKeyInput } from "./shape";

const now = new Date("2026-11-21T12:34:56.000Z");
let db: Db;
let call: Call<Authorized<SessionCaller>>;
let stranger: Call<Authorized<SessionCaller>>;
let keyId: string;

beforeAll(async () => {
  db = await testDb();
  const ctx = testContext(db, { now: () => now });
  call = await testWorkspace(ctx);
  stranger = await testWorkspace(ctx);
  keyId = (await createKey(call, createKeyInput.parse({ name: "SIEM" }))).data.id;
  const recorder = createUsageRecorder();
  const use = (minutesAgo: number, status: number, route = "/api/v1/iocs", durationMs = 10) =>
    recorder.record({ keyId, route, status, durationMs, at: new Date(now.getTime() - minutesAgo * 60_000) });
  use(0, 200, "/api/v1/lookup");
  use(1, 200);
  use(40, 429);
  use(40, 500, "/api/v1/iocs", 900);
  use(300, 200);
  use(60 * 24 * 10, 200);
  await recorder.flush(ctx);
  const at = (days: number) => new Date(now.getTime() - days * 86_400_000);
  await db.prisma.keyNetwork.createMany({
    data: [
      { keyId, network: "198.51.100.0/24", firstAt: at(9), lastAt: at(0) },
      { keyId, network: "203.0.113.0/24", firstAt: at(5), lastAt: at(4) },
    ],
  });
  await db.prisma.keyRefusal.createMany({
    data: [
      { keyId, slot: new Date(now.getTime() - 60_000), code: "invalid_api_key", refused: 3 },
      { keyId, slot: new Date(now.getTime() - 7_200_000), code: "invalid_api_key", refused: 9 },
    ],
  });
});
afterAll(() => db.close());

describe("readKeyFacts", () => {
  it("says when and for what a key was last used, how much, from where, and what was refused", async () => {
    const facts = await readKeyFacts(call, { keyId });
    expect(keyFactsShape.parse(facts)).toEqual(facts);
    expect(facts.data).toEqual({
      last_use: { at: "2026-11-21T12:34:00.000Z", path: "/api/v1/lookup", status: 200 },
      requests_7d: 5,
      networks: [
        { network: "198.51.100.0/24", first_at: "2026-11-12T12:34:56.000Z", last_at: now.toISOString() },
        { network: "203.0.113.0/24", first_at: "2026-11-16T12:34:56.000Z", last_at: "2026-11-17T12:34:56.000Z" },
      ],
      refused_last_hour: 3,
    });
  });

  it("knows no key of another workspace", async () => {
    await expect(readKeyFacts(stranger, { keyId })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("readKeyTraffic", () => {
  const read = (hours: number) => readKeyTraffic(call, keyTrafficInput.parse({ keyId, hours }));

  it("has every hour, with refusals apart from errors, and endpoints by status", async () => {
    const traffic = await read(24);
    expect(keyTrafficShape.parse(traffic)).toEqual(traffic);
    const { step, slots, endpoints } = traffic.data;
    expect([step, slots.length, slots.at(-1)?.at]).toEqual(["hour", 24, "2026-11-21T12:00:00.000Z"]);
    expect(slots.at(-1)).toMatchObject({ requests: 2, errors: 0, refused: 0 });
    expect(slots.at(-2)).toMatchObject({ requests: 2, errors: 1, refused: 1 });
    expect(slots.at(-2)?.p95).toBeGreaterThan(800);
    expect(slots[0]).toEqual({
      at: "2026-11-20T13:00:00.000Z",
      requests: 0,
      errors: 0,
      refused: 0,
      p50: null,
      p95: null,
    });
    expect(endpoints).toEqual([
      { path: "/api/v1/iocs", requests: 4, by_status: { 200: 2, 429: 1, 500: 1 } },
      { path: "/api/v1/lookup", requests: 1, by_status: { 200: 1 } },
    ]);
  });

  it("goes by the minute for an hour, and knows no key of another workspace", async () => {
    const { step, slots } = (await read(1)).data;
    expect([step, slots.length]).toEqual(["minute", 60]);
    expect(slots.at(-1)).toMatchObject({ at: "2026-11-21T12:34:00.000Z", requests: 1 });
    expect(slots.reduce((sum, slot) => sum + slot.requests, 0)).toBe(4);
    const foreign = readKeyTraffic(stranger, keyTrafficInput.parse({ keyId }));
    await expect(foreign).rejects.toMatchObject({ code: "not_found" });
  });
});

it("a process without leases is one node that is not behind; a lease that ended does not count", async () => {
  expect(await readNodes(call)).toEqual({ nodes: 1, applied: 1 });
  await db.prisma.fence.update({ where: { id: 1 }, data: { head: 7 } });
  const later = new Date(Date.now() + 3_600_000);
  await db.prisma.nodeLease.createMany({
    data: [
      { node: "a", applied: 7, expiresAt: later },
      { node: "b", applied: 6, expiresAt: later },
      { node: "c", applied: 7, expiresAt: new Date(0) },
    ],
  });
  expect(await readNodes(call)).toEqual({ nodes: 2, applied: 1 });
});
