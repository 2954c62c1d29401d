import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Authorized, createMemoryLimiter, type SessionCaller } from "../access";
import type { Call, Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { type ActivityRecorder, createActivityRecorder } from "./record-activity";

const at = new Date("2026-11-21T12:00:00.000Z");
const quiet = { email: false };
let db: Db;
let ctx: Context;
let owner: Call<Authorized<SessionCaller>>;
let key: { id: string; name: string; workspaceId: string };

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await testWorkspace(ctx);
  key = { id: randomUUID(), name: "CI", workspaceId: owner.caller.workspaceId };
  await ctx.db.apiKey.create({
    data: { id: key.id, workspaceId: key.workspaceId, name: key.name, prefix: "sk_live_abcd" },
  });
});

async function told(): Promise<{ kind: string; key_id: string | null; details: Record<string, unknown> }[]> {
  return ctx.sql.query("SELECT kind, key_id, details FROM notice WHERE workspace_id = $1::uuid ORDER BY at, kind, id", [
    key.workspaceId,
  ]);
}

async function networks(): Promise<number> {
  const rows = await ctx.sql.query("SELECT 1 FROM key_network WHERE key_id = $1::uuid", [key.id]);
  return rows.length;
}

const flushAll = (...nodes: ActivityRecorder[]) => Promise.all(nodes.map((node) => node.flush(ctx, quiet)));

describe("networks", () => {
  it("learns the first in silence, and tells of each further one once, whichever nodes see it", async () => {
    const [one, two] = [createActivityRecorder(), createActivityRecorder()];
    for (const node of [one, two]) node.used(key, "192.0.2.1", at);
    await flushAll(one, two);
    expect(await told()).toEqual([]);
    for (const node of [one, two]) {
      node.used(key, "192.0.2.200", at);
      node.used(key, "198.51.100.7", at);
      node.used(key, "198.51.100.8", at);
      node.used(key, "2001:db8:1::7", at);
      node.used(key, null, at);
    }
    await flushAll(one, two);
    expect((await told()).map(({ kind, details }) => [kind, details.network]).sort()).toEqual([
      ["key.new_network", "198.51.100.0/24"],
      ["key.new_network", "2001:db8:1::/48"],
    ]);
    const three = createActivityRecorder();
    three.used(key, "198.51.100.99", new Date(at.getTime() + 86_400_000));
    await flushAll(three);
    expect(await told()).toHaveLength(2);
    expect(await networks()).toBe(3);
  });

  it("of two nodes that see a key for the first time, from two networks at once, one tells", async () => {
    const [one, two] = [createActivityRecorder(), createActivityRecorder()];
    one.used(key, "192.0.2.1", at);
    two.used(key, "198.51.100.1", at);
    await flushAll(one, two);
    expect(await told()).toHaveLength(1);
  });

  it("asks the database once for a network and a day, whatever comes", async () => {
    let statements = 0;
    const counting = {
      ...ctx,
      sql: {
        ...ctx.sql,
        begin: <T>(work: Parameters<typeof ctx.sql.begin<T>>[0]) => {
          statements += 1;
          return ctx.sql.begin<T>(work);
        },
      },
    };
    const node = createActivityRecorder();
    for (let flush = 0; flush < 5; flush++) {
      for (let i = 0; i < 100; i++) node.used(key, `192.0.2.${i}`, at);
      await node.flush(counting, quiet);
    }
    expect(statements).toBe(1);
    node.used(key, "192.0.2.1", new Date(at.getTime() + 86_400_000));
    await node.flush(counting, quiet);
    expect(statements).toBe(2);
  });

  it("whoever uses a key from everywhere fills neither memory nor table, and is told of ten times a day", async () => {
    const node = createActivityRecorder();
    for (let flush = 0; flush < 6; flush++) {
      for (let i = 0; i < 500; i++) node.used(key, `203.${flush}.${i % 250}.1`, new Date(at.getTime() + flush * 1_000));
      expect(node.pending().networks).toBeLessThanOrEqual(50);
      await node.flush(ctx, quiet);
    }
    expect(await networks()).toBe(200);
    expect(await told()).toHaveLength(10);
  });

  it("keeps what could not be written, and drops what is of a key that is gone", async () => {
    const node = createActivityRecorder();
    node.used(key, "192.0.2.1", at);
    node.refused(key.id, "ip_not_allowed", at);
    const broken = {
      ...ctx,
      sql: { query: () => Promise.reject(new Error("down")), begin: () => Promise.reject(new Error("down")) },
    };
    await expect(node.flush(broken, quiet)).rejects.toThrow("down");
    node.refused(key.id, "ip_not_allowed", at);
    await expect(node.flush(broken, quiet)).rejects.toThrow("down");
    expect(node.pending()).toEqual({ networks: 1, quotas: 0, refusals: 1 });
    node.used({ ...key, id: randomUUID() }, "192.0.2.1", at);
    node.refused(randomUUID(), "ip_not_allowed", at);
    await node.flush(ctx, quiet);
    expect(node.pending()).toEqual({ networks: 0, quotas: 0, refusals: 0 });
    const rows = await ctx.sql.query("SELECT refused FROM key_refusal WHERE key_id = $1::uuid", [key.id]);
    expect(rows).toEqual([{ refused: 2 }]);
    expect(await networks()).toBe(1);
  });
});

describe("quotas", () => {
  const limits = { perMinute: 1_000, perDay: 10 };

  async function spend(node: ActivityRecorder, times: number, when = at, pool?: { perMinute: null; perDay: number }) {
    const shared = pool && { key: key.workspaceId, limits: pool };
    for (let i = 0; i < times; i++) node.charged(key, await limiter.charge(key.id, limits, 1, when, shared));
    await node.flush(ctx, quiet);
  }
  let limiter = createMemoryLimiter();
  beforeEach(() => {
    limiter = createMemoryLimiter();
  });

  it("tells at 80 % and at 100 % of the day, once each, and the next day again", async () => {
    const node = createActivityRecorder();
    await spend(node, 7);
    expect(await told()).toEqual([]);
    await spend(node, 1);
    expect(await told()).toMatchObject([
      { kind: "quota.warning", key_id: key.id, details: { of: "key", percent: 80, limit: 10, day: "2026-11-21" } },
    ]);
    await spend(node, 1);
    expect(await told()).toHaveLength(1);
    await spend(node, 5);
    expect((await told()).map(({ kind }) => kind).sort()).toEqual(["quota.reached", "quota.warning"]);
    // A node that has just started knows nothing of what was told.
    const fresh = createActivityRecorder();
    await spend(fresh, 3);
    expect(await told()).toHaveLength(2);
    await spend(node, 10, new Date("2026-11-22T00:00:01.000Z"));
    expect(await told()).toHaveLength(4);
  });

  it("a request that is too heavy for what is left makes the quota reached, a full minute does not", async () => {
    const node = createActivityRecorder();
    node.charged(key, await limiter.charge(key.id, limits, 7.5, at));
    node.charged(key, await limiter.charge(key.id, limits, 3, at));
    node.charged(key, await limiter.charge("another", { perMinute: 1, perDay: 1_000 }, 2, at));
    await node.flush(ctx, quiet);
    expect((await told()).map(({ kind }) => kind)).toEqual(["quota.reached"]);
  });

  it("tells of the workspace's quota by itself", async () => {
    const node = createActivityRecorder();
    await spend(node, 4, at, { perMinute: null, perDay: 5 });
    expect(await told()).toMatchObject([
      { kind: "quota.warning", key_id: null, details: { of: "workspace", limit: 5 } },
    ]);
  });
});
