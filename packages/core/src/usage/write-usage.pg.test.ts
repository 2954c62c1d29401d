import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { createUsageRecorder } from "./record-usage";

let db: Db;
let ctx: Context;
let workspaceId: string;
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
const use = (keyId: string) => ({ keyId, route: "/r", status: 200, durationMs: 1, at: ctx.now() });
const waiting = async () => {
  const [row] = await db.sql.query<{ n: number }>(
    "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return row?.n ?? 0;
};

describe("a flush beside others' transactions", () => {
  it("waits for whoever deletes a key, and then leaves that key out", async () => {
    const [kept, gone] = [await newKey(), await newKey()];
    const recorder = createUsageRecorder();
    for (const keyId of [kept, gone]) recorder.record(use(keyId));
    const flushing = await db.sql.begin(async ({ query }) => {
      await query("DELETE FROM api_key WHERE id = $1::uuid", [gone]);
      const flush = recorder.flush(ctx);
      await expect.poll(waiting).toBe(1);
      return { flush };
    });
    await flushing.flush;
    expect(recorder.pending()).toBe(0);
    expect(await db.prisma.usageMinute.findMany({ select: { keyId: true } })).toEqual([{ keyId: kept }]);
  });

  it("adds to what another node wrote while it waited", async () => {
    const keyId = await newKey();
    const recorder = createUsageRecorder();
    recorder.record(use(keyId));
    const { flush } = await db.sql.begin(async ({ query }) => {
      await query("UPDATE api_key SET total_requests = 41 WHERE id = $1::uuid", [keyId]);
      await query("INSERT INTO usage_day (key_id, day, requests, errors) VALUES ($1::uuid, '2026-11-21', 41, 7)", [
        keyId,
      ]);
      const flush = recorder.flush(ctx);
      await expect.poll(waiting).toBe(1);
      return { flush };
    });
    await flush;
    expect(await db.prisma.usageDay.findMany({ where: { keyId }, select: { requests: true, errors: true } })).toEqual([
      { requests: 42, errors: 7 },
    ]);
    const { totalRequests } = await db.prisma.apiKey.findUniqueOrThrow({ where: { id: keyId } });
    expect(Number(totalRequests)).toBe(42);
  });
});
