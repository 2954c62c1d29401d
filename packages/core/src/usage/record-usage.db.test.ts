import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { percentileOf } from "./histogram";
import { dailyUsage } from "./key-usage";
import { createUsageRecorder, type UsageRecorder } from "./record-usage";

let db: Db;
let ctx: Context;
let workspaceId: string;
const noon = new Date("2026-11-21T12:00:30.000Z");

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
  workspaceId = (await testWorkspace(ctx)).caller.workspaceId;
});
afterAll(() => db.close());

async function newKey(): Promise<string> {
  const id = randomUUID();
  await db.prisma.apiKey.create({ data: { id, workspaceId, name: "k", prefix: "sk_live_0000" } });
  return id;
}
const keyRow = (id: string) =>
  db.prisma.apiKey.findUniqueOrThrow({ where: { id }, select: { totalRequests: true, lastUsedAt: true } });
const minutesOf = (keyId: string) =>
  db.prisma.usageMinute.findMany({
    where: { keyId },
    orderBy: [{ minute: "asc" }, { route: "asc" }, { status: "asc" }],
  });
const use = (keyId: string, rest: object = {}) => ({
  keyId,
  route: "/api/v1/iocs",
  status: 200,
  durationMs: 12,
  at: noon,
  ...rest,
});

/** One success and one refusal of each key. */
function recordUses(recorder: UsageRecorder, keyIds: readonly string[], refusedRoute: string): void {
  for (const keyId of keyIds) {
    recorder.record(use(keyId));
    recorder.record(use(keyId, { status: 429, route: refusedRoute }));
  }
}

describe("usage recorder", () => {
  it("writes minutes, days, the total and the last use", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder();
    for (const status of [200, 200, 304, 404, 429, 500]) recorder.record(use(keyId, { status }));
    recorder.record(use(keyId, { route: "/api/v1/lookup", at: new Date("2026-11-21T23:59:59.999Z") }));
    recorder.record(use(keyId, { at: new Date("2026-11-22T00:00:00.000Z") }));
    expect(recorder.pending()).toBe(7);
    await recorder.flush(ctx);
    expect(recorder.pending()).toBe(0);
    expect(
      (await minutesOf(keyId)).map((row) => [row.minute.toISOString(), row.route, row.status, row.requests]),
    ).toEqual([
      ["2026-11-21T12:00:00.000Z", "/api/v1/iocs", 200, 2],
      ["2026-11-21T12:00:00.000Z", "/api/v1/iocs", 304, 1],
      ["2026-11-21T12:00:00.000Z", "/api/v1/iocs", 404, 1],
      ["2026-11-21T12:00:00.000Z", "/api/v1/iocs", 429, 1],
      ["2026-11-21T12:00:00.000Z", "/api/v1/iocs", 500, 1],
      ["2026-11-21T23:59:00.000Z", "/api/v1/lookup", 200, 1],
      ["2026-11-22T00:00:00.000Z", "/api/v1/iocs", 200, 1],
    ]);
    expect(await dailyUsage({ ...ctx, now: () => new Date("2026-11-22T01:00:00Z") }, keyId, 2)).toEqual([
      { date: "2026-11-22", requests: 1, errors: 0 },
      { date: "2026-11-21", requests: 7, errors: 3 },
    ]);
    const row = await keyRow(keyId);
    expect(Number(row.totalRequests)).toBe(8);
    expect(row.lastUsedAt?.toISOString()).toBe("2026-11-22T00:00:00.000Z");
  });

  it("adds histograms of different lengths element by element", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder();
    const batches = [[1, 1, 5], [900, 40], [0.01], [70_000, 3, 3]];
    for (const batch of batches) {
      for (const durationMs of batch) recorder.record(use(keyId, { durationMs }));
      await recorder.flush(ctx);
    }
    const whole = createUsageRecorder();
    const other = await newKey();
    for (const durationMs of batches.flat()) whole.record(use(other, { durationMs }));
    await whole.flush(ctx);
    const [[merged], [counted]] = [await minutesOf(keyId), await minutesOf(other)];
    expect(merged?.histogram).toEqual(counted?.histogram);
    expect(merged?.durationMs).toBeCloseTo(70_953.01, 5);
    expect(percentileOf(merged?.histogram ?? [], 0.5)).toBeCloseTo(3, 0);
  });

  it("never moves the last use back", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder();
    recorder.record(use(keyId));
    await recorder.flush(ctx);
    recorder.record(use(keyId, { at: new Date(noon.getTime() - 60_000) }));
    await recorder.flush(ctx);
    expect(await keyRow(keyId)).toEqual({ totalRequests: 2n, lastUsedAt: noon });
  });

  it("sums exactly when several recorders flush the same keys at once", async () => {
    const keys = await Promise.all(Array.from({ length: 12 }, newKey));
    const recorders = Array.from({ length: 4 }, () => createUsageRecorder());
    for (let round = 0; round < 5; round++) {
      for (const [i, recorder] of recorders.entries()) {
        recordUses(recorder, i % 2 === 0 ? keys : [...keys].reverse(), `/r${i}`);
      }
      await Promise.all(recorders.map((recorder) => recorder.flush(ctx)));
    }
    for (const keyId of keys) {
      expect(Number((await keyRow(keyId)).totalRequests)).toBe(40);
      const [today] = await dailyUsage(ctx, keyId, 1);
      expect(today).toEqual({ date: "2026-11-21", requests: 40, errors: 20 });
      const [same] = (await minutesOf(keyId)).filter((row) => row.status === 200);
      expect(same?.requests).toBe(20);
      expect(same?.histogram.reduce((sum, count) => sum + count, 0)).toBe(20);
    }
  });

  it("leaves out keys that are gone, and writes the rest", async () => {
    const [kept, gone] = [await newKey(), await newKey()];
    const recorder = createUsageRecorder();
    recorder.record(use(gone));
    recorder.record(use(kept));
    await db.prisma.apiKey.delete({ where: { id: gone } });
    await recorder.flush(ctx);
    expect(recorder.pending()).toBe(0);
    expect(Number((await keyRow(kept)).totalRequests)).toBe(1);
  });

  it("has nothing waiting any more once it is sent again, without another use", async () => {
    const recorder = createUsageRecorder();
    recorder.record(use(await newKey()));
    const broken = { ...ctx, sql: { ...db.sql, query: () => Promise.reject(new Error("connection lost")) } };
    await expect(recorder.flush(broken)).rejects.toThrow("connection lost");
    expect(recorder.waitingMs()).toBeGreaterThan(0);
    await recorder.flush(ctx);
    expect([recorder.pending(), recorder.waitingMs()]).toEqual([0, 0]);
  });

  it("keeps everything when a flush fails, and what came meanwhile", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder();
    recorder.record(use(keyId));
    const broken = {
      ...ctx,
      sql: {
        ...db.sql,
        query: async () => {
          recorder.record(use(keyId));
          throw new Error("connection lost");
        },
      },
    };
    await expect(recorder.flush(broken)).rejects.toThrow("connection lost");
    expect(recorder.pending()).toBe(2);
    expect(recorder.waitingMs()).toBeGreaterThan(0);
    await recorder.flush(ctx);
    expect(recorder.waitingMs()).toBe(0);
    expect(Number((await keyRow(keyId)).totalRequests)).toBe(2);
    await recorder.flush(ctx);
    expect(Number((await keyRow(keyId)).totalRequests)).toBe(2);
  });

  it("counts once what the database stored without an answer, in every figure", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder();
    recorder.record(use(keyId));
    const sent: [string, readonly unknown[]][] = [];
    const silent = {
      ...ctx,
      sql: {
        ...db.sql,
        query: async (text: string, values: readonly unknown[] = []) => {
          sent.push([text, values]);
          await db.sql.query(text, values);
          throw new Error("no answer came");
        },
      },
    };
    await expect(recorder.flush(silent)).rejects.toThrow("no answer came");
    await expect(recorder.flush(silent)).rejects.toThrow("no answer came");
    recorder.record(use(keyId));
    await recorder.flush(ctx);
    // Nor does one count that comes late, after those behind it.
    for (const [text, values] of sent) await db.sql.query(text, values);
    expect(recorder.pending()).toBe(0);
    expect(Number((await keyRow(keyId)).totalRequests)).toBe(2);
    expect((await minutesOf(keyId)).map(({ requests }) => requests)).toEqual([2]);
    expect(await dailyUsage(ctx, keyId, 1)).toEqual([{ date: "2026-11-21", requests: 2, errors: 0 }]);
  });

  it("counts once when it is flushed many times at once, and misses nothing recorded meanwhile", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder();
    recorder.record(use(keyId));
    const first = recorder.flush(ctx);
    recorder.record(use(keyId));
    await Promise.all([first, recorder.flush(ctx), recorder.flush(ctx), recorder.flush(ctx)]);
    expect(recorder.pending()).toBe(0);
    expect(Number((await keyRow(keyId)).totalRequests)).toBe(2);
  });

  it("holds no more rows than allowed, and still counts every request of a known key", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder({ maxRows: 10 });
    for (let i = 0; i < 100; i++) recorder.record(use(keyId, { route: `/r${i}` }));
    expect(recorder.pending()).toBe(11);
    for (let i = 0; i < 100; i++) recorder.record(use(randomUUID(), {}));
    expect(recorder.pending()).toBe(20);
    const warnings: object[] = [];
    await recorder.flush({ ...ctx, log: { ...ctx.log, warn: (fields) => warnings.push(fields) } });
    expect(warnings).toEqual([{ dropped: 91 }]);
    expect(Number((await keyRow(keyId)).totalRequests)).toBe(100);
    expect((await minutesOf(keyId)).find((row) => row.route === "other")?.requests).toBe(90);
  });

  it("is not stopped by a time that is no number", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder();
    recorder.record(use(keyId, { durationMs: Number.NaN }));
    await recorder.flush(ctx);
    expect(Number((await keyRow(keyId)).totalRequests)).toBe(1);
  });
});
