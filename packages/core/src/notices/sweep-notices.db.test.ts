import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Authorized, SessionCaller } from "../access";
import type { Call, Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { makeNotices } from "./make-notices";
import { createActivityRecorder } from "./record-activity";
import { pruneNotices, sweepNotices, sweepUnusedKeys } from "./sweep-notices";

const dayMs = 86_400_000;
const start = Date.parse("2026-11-21T12:00:00.000Z");
const quiet = { email: false };
let now = new Date(start);
let db: Db;
let ctx: Context;
let owner: Call<Authorized<SessionCaller>>;

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => now });
});
afterAll(() => db.close());
beforeEach(async () => {
  now = new Date(start);
  await ctx.sql.query("DELETE FROM notice");
  await ctx.sql.query("DELETE FROM api_key");
  await ctx.sql.query("DELETE FROM key_refusal");
  owner = await testWorkspace(ctx);
});

async function key(facts: { expiresAt?: Date; createdAt?: Date; lastUsedAt?: Date; revokedAt?: Date } = {}) {
  const id = randomUUID();
  await ctx.db.apiKey.create({
    data: {
      id,
      workspaceId: owner.caller.workspaceId,
      name: "CI",
      prefix: "sk_live_abcd",
      createdAt: new Date(start - 200 * dayMs),
      lastUsedAt: new Date(start),
      ...facts,
    },
  });
  return id;
}

async function told(): Promise<{ kind: string; key_id: string; details: Record<string, unknown> }[]> {
  return ctx.sql.query("SELECT kind, key_id, details FROM notice ORDER BY at, id");
}

it("tells of a key's end 14, 3 and 1 days before, once each, however often it sweeps", async () => {
  const id = await key({ expiresAt: new Date(start + 20 * dayMs) });
  const days: unknown[] = [];
  for (let hour = 0; hour <= 21 * 24; hour += 12) {
    now = new Date(start + hour * 3_600_000);
    const made = await sweepNotices(ctx, quiet);
    if (made > 0) expect(await sweepNotices(ctx, quiet)).toBe(0);
    if (made > 0) days.push([hour / 24, (await told()).at(-1)?.details.days]);
  }
  expect(days).toEqual([
    [6, 14],
    [17, 3],
    [19, 1],
  ]);
  expect((await told()).every(({ kind, key_id }) => kind === "key.expiring" && key_id === id)).toBe(true);
});

it("after a long silence tells only the nearest of the three, and nothing of a key that is over or revoked", async () => {
  await key({ expiresAt: new Date(start + 2 * dayMs) });
  await key({ expiresAt: new Date(start - 1) });
  await key({ expiresAt: new Date(start + dayMs), revokedAt: new Date(start) });
  expect(await sweepNotices(ctx, quiet)).toBe(1);
  expect((await told()).map(({ details }) => details.days)).toEqual([3]);
});

it("says nothing of what whoever made a short-lived key knows, and tells a moved end anew", async () => {
  const id = await key({ createdAt: new Date(start), expiresAt: new Date(start + 7 * dayMs) });
  expect(await sweepNotices(ctx, quiet)).toBe(0);
  now = new Date(start + 5 * dayMs);
  expect(await sweepNotices(ctx, quiet)).toBe(1);
  await ctx.db.apiKey.update({ where: { id }, data: { expiresAt: new Date(start + 8 * dayMs) } });
  expect(await sweepNotices(ctx, quiet)).toBe(1);
  expect(await sweepNotices(ctx, quiet)).toBe(0);
});

it("tells of keys that are unused for 90 days, again only after a use", async () => {
  const never = await key({ createdAt: new Date(start - 90 * dayMs), lastUsedAt: undefined as never });
  await ctx.sql.query("UPDATE api_key SET last_used_at = NULL WHERE id = $1::uuid", [never]);
  const idle = await key({ lastUsedAt: new Date(start - 90 * dayMs) });
  await key({ lastUsedAt: new Date(start - 90 * dayMs + 1) });
  await key({ lastUsedAt: new Date(start - 100 * dayMs), expiresAt: new Date(start - dayMs) });
  expect(await sweepUnusedKeys(ctx, quiet)).toBe(2);
  expect(new Set((await told()).map(({ key_id }) => key_id))).toEqual(new Set([never, idle]));
  now = new Date(start + 60 * dayMs);
  await ctx.db.apiKey.updateMany({ data: { lastUsedAt: new Date(start + 59 * dayMs) }, where: { id: { not: idle } } });
  expect(await sweepUnusedKeys(ctx, quiet)).toBe(0);
  await ctx.db.apiKey.update({ where: { id: idle }, data: { lastUsedAt: now } });
  now = new Date(start + 150 * dayMs);
  expect(await sweepUnusedKeys(ctx, quiet)).toBeGreaterThan(0);
  await pruneNotices(ctx);
  expect(await sweepUnusedKeys(ctx, quiet)).toBe(0);
});

it("of sweeps at once, and of nodes that make one notice at once, one makes it", async () => {
  for (let i = 0; i < 5; i++) await key({ expiresAt: new Date(start + 2 * dayMs) });
  const made = await Promise.all(Array.from({ length: 6 }, () => sweepNotices(ctx, quiet)));
  expect(made.reduce((sum, n) => sum + n)).toBe(5);
  const draft = {
    kind: "key.unused",
    workspaceId: owner.caller.workspaceId,
    key: null,
    occasion: "one",
    details: { days: 90, last_used_at: null, created_at: now.toISOString() },
    at: now,
  } as const;
  const others = [draft, { ...draft, occasion: "two" }];
  const orders = [others, [...others].reverse(), others, [...others].reverse()];
  const raced = await Promise.all(orders.map((drafts) => makeNotices(ctx.sql.query, drafts, { email: true })));
  expect(raced.reduce((sum, n) => sum + n)).toBe(2);
  const [queued] = await ctx.sql.query<{ n: number }>(
    "SELECT count(*) AS n FROM notice_delivery WHERE channel = 'email'",
  );
  expect(queued?.n).toBe(2);
});

it("a burst is 50 refusals within five minutes, of all nodes together, told once an hour", async () => {
  const id = await key();
  const nodes = [createActivityRecorder(), createActivityRecorder()];
  const refuse = async (count: number, seconds: number) => {
    const at = new Date(start + seconds * 1_000);
    for (let i = 0; i < count; i++)
      nodes[i % 2]?.refused(id, i % 5 === 0 ? "insufficient_scope" : "ip_not_allowed", at);
    await Promise.all(nodes.map((node) => node.flush(ctx, quiet)));
    now = at;
    return sweepNotices(ctx, quiet);
  };
  expect(await refuse(30, 0)).toBe(0);
  expect(await refuse(19, 290)).toBe(0);
  // The first thirty are too long ago by now.
  expect(await refuse(10, 330)).toBe(0);
  expect(await refuse(21, 400)).toBe(1);
  expect((await told()).at(0)).toMatchObject({
    kind: "key.failures",
    key_id: id,
    details: { refused: 50, codes: { ip_not_allowed: 39, insufficient_scope: 11 } },
  });
  expect(await refuse(100, 460)).toBe(0);
  expect(await refuse(49, 400 + 3_700)).toBe(0);
  expect(await refuse(1, 400 + 3_710)).toBe(1);
  now = new Date(start + 400_000 + 2 * 3_700_000);
  await sweepNotices(ctx, quiet);
  expect(await ctx.sql.query("SELECT 1 FROM key_refusal")).toEqual([]);
});

it("sweeps ten thousand keys without a statement for each", async () => {
  await ctx.sql.query(
    `INSERT INTO api_key (id, workspace_id, name, prefix, scopes, allowed_ips, created_at, last_used_at, expires_at)
     SELECT gen_random_uuid(), $1::uuid, 'K' || n, 'sk_live_abcd', '{}', '{}', $2::timestamptz, $3::timestamptz,
       CASE WHEN n <= 1200 THEN $4::timestamptz END
     FROM generate_series(1, 10000) AS n`,
    [
      owner.caller.workspaceId,
      new Date(start - 50 * dayMs).toISOString(),
      now.toISOString(),
      new Date(start + dayMs).toISOString(),
    ],
  );
  let statements = 0;
  const counted = {
    now: () => now,
    sql: {
      ...ctx.sql,
      begin: <T>(work: Parameters<typeof ctx.sql.begin<T>>[0]) =>
        ctx.sql.begin<T>((tx) =>
          work({
            query: (text, values) => {
              statements += 1;
              return tx.query(text, values);
            },
          }),
        ),
    },
  };
  expect(await sweepNotices(counted, quiet)).toBe(1_200);
  expect(statements).toBeLessThan(20);
  statements = 0;
  expect(await sweepNotices(counted, quiet)).toBe(0);
  expect(statements).toBeLessThan(10);
});
