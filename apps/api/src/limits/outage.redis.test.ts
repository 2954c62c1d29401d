import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { canStartRedis, type OwnRedis, startOwnCluster, startOwnRedis } from "../testing/redis-server";
import { createRedisLimiter, type RedisLimiter } from "./redis-limiter";

if (!canStartRedis) console.log("skipped: outages of Redis (there is no redis-server to start)");

const limits = { perMinute: 10, perDay: 1_000 };
const now = () => new Date();
const open: RedisLimiter[] = [];
afterEach(() => {
  for (const limiter of open.splice(0)) limiter.stop();
});

/** For what is not about waiting: a slow machine's Redis is no Redis that is gone. */
const patient = { patienceMs: 60_000, startMs: 60_000 };

async function connect(url: string, patience: Partial<typeof patient> = {}) {
  const lines: string[] = [];
  const log = { info: () => lines.push("up"), warn: () => lines.push("down") };
  const limiter = createRedisLimiter({ url, prefix: "tocsin:", log, ...patience });
  open.push(limiter);
  await limiter.start();
  return { limiter, lines };
}

/** Whether it has ended before the process could have read from any socket: it waited for nobody. */
async function isAtOnce(run: () => Promise<unknown>): Promise<boolean> {
  let ended = false;
  const running = run().then(() => {
    ended = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  const atOnce = ended;
  await running;
  return atOnce;
}

async function until(is: () => boolean, ms = 60_000): Promise<void> {
  for (const deadline = Date.now() + ms; !is(); await sleep(20)) {
    if (Date.now() > deadline) throw new Error("it did not happen");
  }
}

/** Waits for the next minute where this one is nearly over. */
async function roomInMinute(seconds: number): Promise<void> {
  const left = 60 - ((Date.now() / 1_000) % 60);
  if (left <= seconds) await sleep((left + 0.1) * 1_000);
}

describe.skipIf(!canStartRedis)("when Redis", () => {
  let redis: OwnRedis;
  beforeAll(async () => {
    redis = await startOwnRedis();
  });
  afterAll(() => redis.remove());

  it("is killed, each node goes on from what it has counted; restarted empty, they count together again", async () => {
    await roomInMinute(15);
    const [a, b] = [await connect(redis.url), await connect(redis.url)];
    const charge = async ({ limiter }: typeof a) => (await limiter.charge("key:k", limits, 1, now())).accepted;
    for (let i = 0; i < 6; i++) expect(await charge(a)).toBe(true);
    for (let i = 0; i < 2; i++) expect(await charge(b)).toBe(true);
    await redis.kill();
    const accepted = { a: 0, b: 0 };
    for (let i = 0; i < 20; i++) {
      accepted.a += Number(await charge(a));
      accepted.b += Number(await charge(b));
    }
    expect([accepted, a.limiter.state(), b.limiter.state()]).toEqual([{ a: 4, b: 8 }, "degraded", "degraded"]);
    await redis.start();
    await until(() => a.limiter.state() === "ok" && b.limiter.state() === "ok");
    // Each brings its own count along: the limit that is used up is not given again.
    expect([await charge(a), await charge(b)]).toEqual([false, false]);
    const other = async ({ limiter }: typeof a) => (await limiter.charge("key:other", limits, 1, now())).accepted;
    const both = [];
    for (let i = 0; i < 10; i++) both.push(await other(a), await other(b));
    expect(both.filter(Boolean)).toHaveLength(10);
    expect([a.lines, b.lines]).toEqual([
      ["up", "down", "up"],
      ["up", "down", "up"],
    ]);
  });

  it("hangs, requests are answered without it, and after the first none waits", async () => {
    const { limiter, lines } = await connect(redis.url);
    const roomy = { perMinute: 1_000_000, perDay: null };
    const charge = () => limiter.charge("key:hang", roomy, 1, now());
    await charge();
    redis.signal("SIGSTOP");
    try {
      const started = performance.now();
      // Redis answers none of them as long as it is stopped.
      await Promise.all(Array.from({ length: 50 }, charge));
      expect(performance.now() - started).toBeGreaterThan(90);
      expect(limiter.state()).toBe("degraded");
      // Probes go on meanwhile, and hold up nobody.
      const later: boolean[] = [];
      for (const end = Date.now() + 1_500; Date.now() < end; await sleep(10)) later.push(await isAtOnce(charge));
      expect(new Set(later)).toEqual(new Set([true]));
      expect(limiter.state()).toBe("degraded");
    } finally {
      redis.signal("SIGCONT");
    }
    await until(() => limiter.state() === "ok");
    expect((await limiter.charge("key:hang", roomy, 1, now())).accepted).toBe(true);
    expect(lines).toEqual(["up", "down", "up"]);
  });

  it("is slow, no request waits for it, and it is used again when it is not", async () => {
    const { limiter, lines } = await connect(redis.url);
    await redis.ask("CLIENT", "PAUSE", 3_000, "ALL");
    const charge = () => limiter.charge("key:slow", limits, 1, now());
    expect(await isAtOnce(charge)).toBe(false);
    expect(limiter.state()).toBe("degraded");
    for (let i = 0; i < 4; i++) expect(await isAtOnce(charge)).toBe(true);
    await until(() => limiter.state() === "ok");
    expect(lines).toEqual(["up", "down", "up"]);
  });

  it("cuts every connection, the counts go on", async () => {
    const { limiter } = await connect(redis.url);
    await redis.ask("CLIENT", "KILL", "TYPE", "normal");
    await limiter.charge("key:cut", limits, 1, now());
    await until(() => limiter.state() === "ok");
    expect((await limiter.charge("key:cut", limits, 1, now())).accepted).toBe(true);
  });

  it("has lost its scripts, they are sent again", async () => {
    await roomInMinute(3);
    const { limiter, lines } = await connect(redis.url, patient);
    await limiter.charge("key:flush", limits, 1, now());
    await redis.ask("SCRIPT", "FLUSH");
    expect(await limiter.charge("key:flush", limits, 1, now())).toMatchObject({ accepted: true, remaining: 8 });
    expect(lines).toEqual(["up"]);
  });

  it("takes no writes, each node counts by itself and the log stays quiet", async () => {
    const { limiter, lines } = await connect(redis.url);
    await redis.ask("REPLICAOF", "127.0.0.1", 1);
    try {
      for (let i = 0; i < 40; i++) {
        expect((await limiter.charge(`key:read-only:${i}`, limits, 1, now())).accepted).toBe(true);
        await sleep(10);
      }
      expect(lines).toEqual(["up", "down"]);
    } finally {
      await redis.ask("REPLICAOF", "NO", "ONE");
    }
    await until(() => limiter.state() === "ok");
  });

  it("wants another password, the log says so without telling ours", async () => {
    await redis.ask("CONFIG", "SET", "requirepass", "the right one");
    try {
      const said: string[] = [];
      const log = { info: () => {}, warn: (fields: object) => said.push(JSON.stringify(fields)) };
      const url = redis.url.replace("//", "//:wrong-one@");
      const limiter = createRedisLimiter({ url, prefix: "tocsin:", log });
      open.push(limiter);
      await limiter.start();
      expect(limiter.state()).toBe("degraded");
      expect(said).toEqual([expect.stringContaining("WRONGPASS")]);
      expect(said.join()).not.toContain("wrong-one");
    } finally {
      await redis.ask("CONFIG", "SET", "requirepass", "");
    }
  });

  it("is not there at the start, the start goes on without it, and it is found later", async () => {
    const late = await startOwnRedis();
    await late.kill();
    const { limiter, lines } = await connect(late.url);
    expect((await limiter.charge("key:k", limits, 1, now())).accepted).toBe(true);
    await late.start();
    await until(() => limiter.state() === "ok");
    expect(lines).toEqual(["down", "up"]);
    await late.remove();
  });
});

describe.skipIf(!canStartRedis)("on a cluster", () => {
  it("keys and their workspaces are counted together, on whatever node they lie", async () => {
    await roomInMinute(8);
    const cluster = await startOwnCluster();
    try {
      const nodes = await Promise.all(cluster.nodes.map(({ url }) => connect(url, patient)));
      expect(nodes.map(({ limiter }) => limiter.state())).toEqual(["ok", "ok", "ok"]);
      await roomInMinute(5);
      for (let workspace = 0; workspace < 20; workspace++) {
        const pool = { key: `workspace:${workspace}`, limits: { perMinute: 4, perDay: 40 } };
        const charges = [];
        for (const { limiter } of [...nodes, ...nodes])
          charges.push(await limiter.charge(`key:${workspace}`, limits, 1, now(), pool));
        expect(charges.filter(({ accepted }) => accepted)).toHaveLength(4);
      }
      expect(nodes.map(({ lines }) => lines)).toEqual([["up"], ["up"], ["up"]]);
      const held = await Promise.all(cluster.nodes.map(async (node) => Number(await node.ask("DBSIZE"))));
      expect(held.every((count) => count > 0)).toBe(true);
      const names = ["tocsin:{workspace:7}:key:7", "tocsin:{workspace:7}"];
      const slots = await Promise.all(names.map((name) => cluster.nodes[0]?.ask("CLUSTER", "KEYSLOT", name)));
      expect(slots[0]).toBe(slots[1]);
    } finally {
      await cluster.remove();
    }
  });
});
