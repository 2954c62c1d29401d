import {
  createMemoryLimiter,
  decideCharge,
  isLimited,
  type Limiter,
  type Limits,
  type Pool,
  unitsOf,
  windowAt,
} from "@tocsin/core/access";
import { runCharge, type Subject } from "./charge-script";
import { createCircuit } from "./circuit";
import { connectRedis } from "./connection";

/** A limiter whose counts all nodes share; without Redis each node counts by itself. */
export type RedisLimiter = Limiter & {
  /** Connects; resolves when Redis answers, or after a second or two without it. Until then this node counts alone. */
  start(): Promise<void>;
  state(): "ok" | "degraded";
  stop(): void;
};

export type RedisLimiterOptions = {
  url: string;
  /** What the names of its keys begin with. */
  prefix: string;
  log: { info: (fields: object, message: string) => void; warn: (fields: object, message: string) => void };
  /** No request waits longer for Redis. */
  patienceMs?: number;
  /** Nor does the start. */
  startMs?: number;
};

/**
 * Counts in Redis, one script call a charge, by Redis's clock. This node's own accepted requests are counted in memory
 * beside it: they go on being counted when Redis is gone, and are a floor under a Redis that has come back empty.
 */
export function createRedisLimiter(options: RedisLimiterOptions): RedisLimiter {
  const { url, prefix, log, patienceMs = 100, startMs = 2_000 } = options;
  const memory = createMemoryLimiter();
  const connection = connectRedis(url, () => circuit.hurry());
  /** How far Redis's clock is ahead of this machine's, in milliseconds. */
  let ahead = 0;
  /** What the probe asks for: the slot of a cluster that failed, not one that works. */
  let slot = "probe";

  const circuit = createCircuit({
    patienceMs,
    probe: async () => {
      await connection.settle();
      const floor = { minuteIndex: 0, minute: 0, dayIndex: 0, day: 0 };
      const name = `${prefix}{${slot}}:probe`;
      await runCharge(connection.client(), 1, [{ name, limits: { perMinute: null, perDay: null }, floor }]);
    },
    // Only the text: the error carries the command, and that may be AUTH.
    onDown: ({ message }) => {
      if (/^(MOVED|CROSSSLOT|ERR This instance has cluster support disabled)/.test(message)) connection.doubt();
      log.warn(
        { redis: connection.problem() ?? message },
        "Redis does not answer: until it does, each node counts limits by itself",
      );
    },
    onUp: () => log.info({}, "Redis answers: limits are counted for all nodes together"),
  });

  const spend = async (key: string, limits: Limits, weight: number, now: Date, within?: Pool) => {
    const units = unitsOf(weight);
    const pool = within && isLimited(within) ? within : undefined;
    const here = new Date(now.getTime() + ahead);
    const subject = (name: string, countedAs: string, most: Subject["limits"]): Subject => {
      const { minute, day } = memory.used(countedAs, here);
      const [minuteIndex, dayIndex] = [windowAt("minute", here).index, windowAt("day", here).index];
      return { name, limits: most, floor: { minuteIndex, minute, dayIndex, day } };
    };
    const tag = within?.key ?? key;
    const taken = await circuit.call(() => {
      const own = subject(`${prefix}{${tag}}:${key}`, key, limits);
      const subjects = pool ? [own, subject(`${prefix}{${tag}}`, pool.key, pool.limits)] : [own];
      return runCharge(connection.client(), units, subjects);
    });
    const [used, shared] = taken?.used ?? [];
    if (!taken || !used) {
      slot = tag;
      return memory.charge(key, limits, weight, here, pool);
    }
    ahead = taken.at.getTime() - now.getTime();
    const charge = decideCharge(used, limits, units, taken.at, pool && shared && { used: shared, limits: pool.limits });
    if (charge.accepted) await memory.charge(key, limits, weight, taken.at, pool);
    return charge;
  };

  return {
    charge: spend,
    peek: (key, limits, now, pool) => spend(key, limits, 0, now, pool),
    start: () => {
      connection.open();
      return circuit.start(startMs);
    },
    state: () => (circuit.isUp() ? "ok" : "degraded"),
    stop: () => {
      circuit.stop();
      connection.close();
    },
  };
}
