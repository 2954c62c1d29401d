import { withTimeout } from "@tocsin/core/lib";
import { Redis } from "ioredis";

const patienceMs = 2_000;

export type RedisAnswer =
  | { ok: true; server: string; cluster: boolean; ms: number }
  /** Without the address's password. */
  | { ok: false; problem: string };

/** Asks a Redis once, over a connection of its own, what it is and how long it takes to answer. */
export async function askRedis(url: string): Promise<RedisAnswer> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    protocol: 2,
  });
  let lost: Error | undefined;
  client.on("error", (error: Error) => {
    lost = error;
  });
  try {
    await inTime(client.connect());
    const facts = await inTime(client.info());
    const started = performance.now();
    await inTime(client.ping());
    const ms = Math.ceil(performance.now() - started);
    const [, valkey] = /^valkey_version:(\S+)/m.exec(facts) ?? [];
    const [, redis = "?"] = /^redis_version:(\S+)/m.exec(facts) ?? [];
    const server = valkey ? `Valkey ${valkey}` : `Redis ${redis}`;
    return { ok: true, server, cluster: facts.includes("cluster_enabled:1"), ms };
  } catch (error) {
    const { message } = lost ?? (error instanceof Error ? error : new Error(String(error)));
    return { ok: false, problem: message || "the server does not answer" };
  } finally {
    client.disconnect();
  }
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return withTimeout(answer, patienceMs, () => {
    throw new Error(`no answer within ${patienceMs / 1_000} seconds`);
  });
}
