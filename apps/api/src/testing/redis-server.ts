import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { freePort } from "../e2e/server";

/** A Redis of a test's own, to be stopped, woken, killed and started again. It keeps nothing. */
export type OwnRedis = {
  port: number;
  url: string;
  ask: (...words: [string, ...(string | number)[]]) => Promise<unknown>;
  signal: (signal: NodeJS.Signals) => void;
  kill: () => Promise<void>;
  start: () => Promise<void>;
  remove: () => Promise<void>;
};

export const canStartRedis = spawnSync("redis-server", ["--version"]).status === 0;

export async function startOwnRedis(options: { cluster?: boolean } = {}): Promise<OwnRedis> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  // The bus of a cluster listens on another port, which must be below 65536 too.
  const bus = options.cluster ? await freePort() : 0;
  const cluster = options.cluster ? ["--cluster-enabled", "yes", "--cluster-port", String(bus)] : [];
  let child: ChildProcess | undefined;
  const asker = new Redis(url, { lazyConnect: true, protocol: 2, retryStrategy: () => 20, maxRetriesPerRequest: null });
  asker.on("error", () => {});

  const start = async () => {
    const words = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
    child = spawn("redis-server", [...words, ...cluster], { stdio: "ignore" });
    await asker.ping();
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  return {
    port,
    url,
    ask: (command, ...args) => asker.call(command, ...args),
    signal: (signal) => child?.kill(signal),
    kill,
    start,
    remove: async () => {
      asker.disconnect();
      await kill();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Three masters that share the slots. */
export async function startOwnCluster(): Promise<{ nodes: OwnRedis[]; remove: () => Promise<void> }> {
  const nodes = await Promise.all([0, 1, 2].map(() => startOwnRedis({ cluster: true })));
  const ranges = [
    [0, 5460],
    [5461, 10922],
    [10923, 16383],
  ] as const;
  const [first] = nodes;
  for (const [i, node] of nodes.entries()) {
    const [from, to] = ranges[i] ?? [0, 0];
    await node.ask("CLUSTER", "ADDSLOTSRANGE", from, to);
    await node.ask("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
    const bus = String(await first?.ask("CONFIG", "GET", "cluster-port")).split(",")[1] ?? "";
    if (first && node !== first) await node.ask("CLUSTER", "MEET", "127.0.0.1", first.port, bus);
  }
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const states = await Promise.all(nodes.map((node) => node.ask("CLUSTER", "INFO")));
    if (states.every((state) => /cluster_state:ok[\s\S]*cluster_known_nodes:3/.test(String(state)))) {
      return { nodes, remove: async () => void (await Promise.all(nodes.map((node) => node.remove()))) };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the cluster did not come together");
}
