import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Charge, createMemoryLimiter, type Limits, type Pool, sessionLimits } from "@tocsin/core/access";
import fc from "fast-check";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRedisLimiter, type RedisLimiter } from "./redis-limiter";

const url = process.env.TEST_REDIS_URL ?? "";
const prefix = `tocsin-test:${randomUUID()}:`;
const log = { info: () => {}, warn: () => {} };
const now = () => new Date();
let nodes: RedisLimiter[];
let redis: Redis;

beforeAll(async () => {
  redis = new Redis(url, { protocol: 2 });
  // A slow machine's Redis is no Redis that is gone.
  nodes = Array.from({ length: 5 }, () =>
    createRedisLimiter({ url, prefix, log, patienceMs: 60_000, startMs: 60_000 }),
  );
  await Promise.all(nodes.map((node) => node.start()));
});
afterAll(async () => {
  for (const node of nodes) node.stop();
  for await (const names of redis.scanStream({ match: `${prefix}*` })) {
    if (names.length > 0) await redis.del(...names);
  }
  redis.disconnect();
});

const nodeAt = (index: number): RedisLimiter => nodes[index % nodes.length] as RedisLimiter;
const freshKey = () => `key:${randomUUID()}`;
const freshPool = (perMinute: number | null, perDay: number | null = null): Pool => ({
  key: `workspace:${randomUUID()}`,
  limits: { perMinute, perDay },
});

/** Waits for the next minute where this one has fewer than `seconds` left. */
async function roomInMinute(seconds: number): Promise<void> {
  const [at] = await redis.time();
  const left = 60 - (Number(at) % 60);
  if (left <= seconds) await sleep((left + 0.1) * 1_000);
}

/** Offers `count` charges on all nodes at once, some in flight on each. */
async function offer(count: number, one: (node: RedisLimiter, index: number) => Promise<Charge>): Promise<Charge[]> {
  const charges: Charge[] = [];
  let next = 0;
  const work = async (node: RedisLimiter) => {
    while (next < count) charges.push(await one(node, next++));
  };
  await Promise.all(nodes.flatMap((node) => Array.from({ length: 10 }, () => work(node))));
  return charges;
}

describe("five nodes on one Redis", () => {
  const loads = [0.9, 1, 2, 10];
  it.each(
    (["minute", "day"] as const).flatMap((window) =>
      [1, 2.5].flatMap((weight) => loads.map((load) => ({ window, weight, load }))),
    ),
  )("accept exactly the limit a $window of $load times it, in weights of $weight", async ({ window, weight, load }) => {
    await roomInMinute(3);
    const most = 100;
    const limit = most * weight;
    const limits: Limits = window === "minute" ? { perMinute: limit, perDay: 1e6 } : { perMinute: 1e6, perDay: limit };
    const key = freshKey();
    const charges = await offer(most * load, (node) => node.charge(key, limits, weight, now()));
    expect(nodes.map((node) => node.state())).toEqual(nodes.map(() => "ok"));
    const refused = charges.filter(({ accepted }) => !accepted);
    expect(charges.length - refused.length).toBe(Math.min(most, most * load));
    for (const charge of refused) expect(charge).toMatchObject({ window, of: "key", limit, remaining: 0 });
    const left = await nodeAt(0).peek(key, limits, now());
    expect(left.remaining).toBe(limit - Math.min(most, most * load) * weight);
  });

  it("take of what the keys of a workspace share exactly its limit, and of each key at most its own", async () => {
    await roomInMinute(3);
    const pool = freshPool(100, 5_000);
    const keys = [freshKey(), freshKey(), freshKey()] as const;
    const limits = { perMinute: 60, perDay: 1_000 };
    const charges = await offer(600, (node, i) => node.charge(keys[i % 3] ?? "", limits, 1, now(), pool));
    expect(charges.filter(({ accepted }) => accepted)).toHaveLength(100);
    const states = await Promise.all(keys.map((key, i) => nodeAt(i).peek(key, limits, now(), pool)));
    // What the pool refused, no key has paid for.
    expect(states.reduce((sum, { perMinute }) => sum + 60 - perMinute.remaining, 0)).toBe(100);
    for (const { perMinute, pool: shared } of states) {
      expect(perMinute.remaining).toBeGreaterThanOrEqual(0);
      expect([shared.perMinute?.remaining, shared.perDay?.remaining]).toEqual([0, 4_900]);
    }
    const refused = await nodeAt(1).charge(freshKey(), limits, 1, now(), pool);
    expect(refused).toMatchObject({ accepted: false, of: "pool", window: "minute", limit: 100 });
  });

  it("answer as a limiter in one process would, whatever the sequence", async () => {
    const step = fc.record({
      node: fc.nat(4),
      key: fc.constantFrom("a", "b"),
      weight: fc.constantFrom(0, 0.001, 0.1, 1, 2.5, 7),
    });
    const limit = fc.integer({ min: 0, max: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.record({ perMinute: limit, perDay: fc.option(limit) }),
        fc.option(fc.record({ perMinute: fc.option(limit), perDay: fc.option(limit) })),
        async (steps, limits, shared) => {
          const run = randomUUID();
          const pool = shared ? { key: `workspace:${run}`, limits: shared } : undefined;
          const memory = createMemoryLimiter();
          for (const { node, key, weight } of steps) {
            const name = `key:${run}:${key}`;
            const charge = await nodeAt(node).charge(name, limits, weight, now(), pool);
            expect(charge).toEqual(await memory.charge(name, limits, weight, charge.at, pool));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("go by Redis's clock: a node that is ten minutes off counts in the same windows", async () => {
    await roomInMinute(3);
    const key = freshKey();
    const limits = { perMinute: 3, perDay: 100 };
    const clocks = [-600_000, 0, 600_000].map((off) => () => new Date(Date.now() + off));
    const charges = [];
    for (const [i, clock] of [...clocks, ...clocks].entries()) {
      charges.push(await nodeAt(i).charge(key, limits, 1, clock()));
    }
    expect(charges.map(({ accepted }) => accepted)).toEqual([true, true, true, false, false, false]);
    expect(new Set(charges.map(({ perMinute }) => perMinute.resetAt.getTime())).size).toBe(1);
    for (const { at, retryAfter } of charges.slice(3)) {
      expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000);
      expect(retryAfter).toBeLessThanOrEqual(60);
    }
  });
});

describe("what lies in Redis", () => {
  const nameOf = (key: string) => `${prefix}{${key}}:${key}`;

  it("is one hash for a key and one for its workspace, gone a minute after its windows", async () => {
    await roomInMinute(3);
    const pool = freshPool(10);
    const key = freshKey();
    await nodeAt(0).charge(key, { perMinute: 5, perDay: 50 }, 1, now(), pool);
    const [own, shared] = [`${prefix}{${pool.key}}:${key}`, `${prefix}{${pool.key}}`];
    const midnight = (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000;
    expect(Math.abs((await redis.pttl(own)) - (midnight + 60_000 - Date.now()))).toBeLessThan(30_000);
    expect(await redis.pttl(shared)).toBeGreaterThan(30_000);
    expect(await redis.pttl(shared)).toBeLessThanOrEqual(120_000);
    await nodeAt(0).charge("user:1", sessionLimits, 1, now());
    expect(await redis.pttl(nameOf("user:1"))).toBeLessThanOrEqual(120_000);
  });

  it("is nothing after a look, and nothing after a refusal", async () => {
    const key = freshKey();
    await nodeAt(0).peek(key, { perMinute: 5, perDay: 50 }, now());
    await nodeAt(0).charge(key, { perMinute: 0, perDay: 50 }, 1, now());
    expect(await redis.exists(nameOf(key))).toBe(0);
  });

  it("counts for the window that it names alone, save that a clock may step back over an edge", async () => {
    await roomInMinute(3);
    const limits = { perMinute: 1, perDay: 50 };
    const charged = async (minutesOff: number) => {
      const key = freshKey();
      const minute = Math.floor(Date.now() / 60_000) + minutesOff;
      const day = Math.floor(Date.now() / 86_400_000);
      await redis.hset(nameOf(key), { m: minute, mu: 1_000, d: day, du: 1_000 });
      const charge = await nodeAt(0).charge(key, limits, 1, now());
      return { accepted: charge.accepted, day: 50 - (charge.perDay?.remaining ?? 0) };
    };
    expect(await charged(0)).toEqual({ accepted: false, day: 1 });
    expect(await charged(-1)).toEqual({ accepted: true, day: 2 });
    expect(await charged(1)).toEqual({ accepted: false, day: 1 });
    expect(await charged(10)).toEqual({ accepted: true, day: 2 });
  });
});
