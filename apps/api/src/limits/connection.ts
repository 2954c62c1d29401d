import { Cluster, Redis, type RedisOptions } from "ioredis";

/** A connection that reconnects by itself, and finds out whether it has reached one Redis or a cluster. */
export type RedisConnection = {
  client(): Redis | Cluster;
  /** Why it is not connected, as far as it is known. */
  problem(): string | null;
  open(): void;
  /** Turns to a cluster's own client where the server says that it is part of one. */
  settle(): Promise<void>;
  /** Asks anew at the next `settle`: the server has turned out to be something else. */
  doubt(): void;
  close(): void;
};

// Nothing waits in a queue: a request that cannot be sent now is decided without Redis. Commands that were under way
// when the connection broke are not sent again, since they may have been counted.
const common = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  connectTimeout: 2_000,
  // A connection that was cut without a word is given up.
  socketTimeout: 3_000,
  connectionName: "tocsin",
  protocol: 2,
} as const satisfies RedisOptions;

const longestReconnectMs = 2_000;

export function connectRedis(url: string, onReady: () => void): RedisConnection {
  let client: Redis | Cluster = single(url);
  let known = false;
  let problem: string | null = null;
  const watch = () => {
    // Without a listener, an error of the connection would end the process; what it means shows in the calls.
    client.on("error", ({ message }: Error) => {
      problem = message;
    });
    client.on("ready", () => {
      problem = null;
      onReady();
    });
  };
  watch();
  return {
    client: () => client,
    problem: () => problem,
    open: () => void client.connect().catch(() => {}),
    settle: async () => {
      if (known) return;
      const facts = await client.info("cluster").catch((error: unknown) => {
        // Who may not ask is on a managed server that shows itself as one.
        if (error instanceof Error && /^(NOPERM|ERR unknown)/.test(error.message)) return "";
        throw error;
      });
      known = true;
      if (facts.includes("cluster_enabled:1") === client.isCluster) return;
      client.disconnect();
      client = client.isCluster ? single(url) : cluster(url);
      watch();
      await client.connect();
    },
    doubt: () => {
      known = false;
    },
    close: () => client.disconnect(),
  };
}

function single(url: string): Redis {
  return new Redis(url, {
    ...common,
    lazyConnect: true,
    retryStrategy: (times) => Math.min(longestReconnectMs, 25 * 2 ** Math.min(times, 10)),
  });
}

function cluster(url: string): Cluster {
  const { hostname, port, username, password, protocol } = new URL(url);
  const secure = protocol === "rediss:";
  return new Cluster([{ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 6379) }], {
    lazyConnect: true,
    enableOfflineQueue: false,
    clusterRetryStrategy: (times) => Math.min(longestReconnectMs, 25 * 2 ** Math.min(times, 10)),
    // A certificate names hosts, not the addresses that they stand for.
    ...(secure ? { dnsLookup: (address, found) => found(null, address) } : {}),
    redisOptions: {
      maxRetriesPerRequest: common.maxRetriesPerRequest,
      autoResendUnfulfilledCommands: common.autoResendUnfulfilledCommands,
      connectTimeout: common.connectTimeout,
      socketTimeout: common.socketTimeout,
      connectionName: common.connectionName,
      protocol: common.protocol,
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
      ...(secure ? { tls: {} } : {}),
    },
  });
}
