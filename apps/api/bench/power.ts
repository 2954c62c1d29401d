/**
 * Power cuts on the embedded database, and what safety from them costs.
 *
 * Cuts: keys are made and revoked and an account is changed through the API; after each answer, before anything else
 * happens, the data folder is restored from what fsync had brought to the disk by then, opened, and compared with all
 * that was answered. Costs: the same changes and an ingest with fsync and with an fsync that does nothing, which is
 * how PGlite comes, in turns in one run.
 *
 *   npx tsx bench/power.ts [--cuts 100] [--rounds 3]
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ingestIocs } from "@tocsin/core/iocs";
import { createDb } from "@tocsin/db";
import { shadowDisk } from "@tocsin/db/testing";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { createOperator } from "../src/accounts/setup";
import { buildApp } from "../src/app";
import { type Deps, openDeps } from "../src/deps";
import { readSettings } from "../src/settings/settings";

const { values } = parseArgs({
  options: { cuts: { type: "string", default: "100" }, rounds: { type: "string", default: "3" } },
});
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-power-"));
const admin = { email: "op@tocsin.example", password: "correct horse battery" };
const origin = "http://127.0.0.1:8080";

type Instance = { deps: Deps; app: FastifyInstance; cookie: string; close: () => Promise<void> };

async function start(dataDir: string): Promise<Instance> {
  const settings = readSettings({
    TOCSIN_DATA_DIR: dataDir,
    TOCSIN_FEEDS: "off",
    TOCSIN_SECRET: "power-bench-secret-power-bench-secret",
    PUBLIC_URL: origin,
  });
  const deps = await openDeps(settings, pino({ level: "silent" }));
  await createOperator(deps, { ...admin, name: "Operator", workspace: "Bench" });
  const app = await buildApp(deps);
  const signedIn = await app.inject({
    method: "POST",
    url: "/api/auth/sign-in/email",
    headers: { origin },
    payload: admin,
  });
  const cookie = signedIn.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
  return { deps, app, cookie, close: () => app.close().then(() => deps.close()) };
}

async function change(instance: Instance, method: "POST" | "DELETE", url: string, payload?: object) {
  const answer = await instance.app.inject({
    method,
    url,
    headers: { cookie: instance.cookie, origin },
    ...(payload ? { payload } : {}),
  });
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
  return answer.body === "" ? {} : answer.json();
}

const createKey = async (instance: Instance): Promise<string> =>
  (await change(instance, "POST", "/api/v1/keys", { name: "Power" })).data.id;
const revokeKey = (instance: Instance, id: string) => change(instance, "DELETE", `/api/v1/keys/${id}`);

async function cutPower(cuts: number) {
  const data = path.join(folder, "data");
  fs.mkdirSync(data);
  const disk = shadowDisk(data);
  const instance = await start(data);
  const live: string[] = [];
  const revoked = new Set<string>();
  let name = "Operator";
  let lost = 0;
  const began = disk.syncs();
  for (let cut = 1; cut <= cuts; cut++) {
    if (cut % 5 === 0) {
      name = `Operator ${cut}`;
      await change(instance, "POST", "/api/auth/update-user", { name });
    } else if (cut % 2 === 0 && live.length > 0) {
      const id = live.shift() ?? "";
      await revokeKey(instance, id);
      revoked.add(id);
    } else live.push(await createKey(instance));
    const left = path.join(folder, "left");
    disk.cutPower(left);
    lost += await missing(left, { live, revoked, name });
    fs.rmSync(left, { recursive: true });
    if (cut % 10 === 0) process.stderr.write(`cut ${cut}: ${lost} lost\n`);
  }
  const syncs = disk.syncs() - began;
  await instance.close();
  disk.stop();
  return { cuts, revocations: revoked.size, answeredAndLost: lost, syncsPerChange: syncs / cuts };
}

async function missing(
  dataDir: string,
  answered: { live: readonly string[]; revoked: ReadonlySet<string>; name: string },
): Promise<number> {
  const db = await createDb({ dataDir: path.join(dataDir, "db") });
  const keys = await db.sql.query<{ id: string; revoked: boolean }>(
    "SELECT id, revoked_at IS NOT NULL AS revoked FROM api_key",
  );
  const [user] = await db.sql.query<{ name: string }>('SELECT name FROM "user"');
  const [events] = await db.sql.query<{ n: number }>(
    "SELECT count(*) AS n FROM audit_event WHERE action IN ('key.create', 'key.revoke')",
  );
  await db.close();
  const found = new Map(keys.map(({ id, revoked }) => [id, revoked]));
  const { live, revoked, name } = answered;
  return (
    live.filter((id) => found.get(id) !== false).length +
    [...revoked].filter((id) => found.get(id) !== true).length +
    (user?.name === name ? 0 : 1) +
    (events?.n === live.length + 2 * revoked.size ? 0 : 1)
  );
}

const { fsyncSync } = fs;
const modes = { before: () => {}, now: fsyncSync } as const;
type Mode = keyof typeof modes;

async function measureCosts(rounds: number) {
  const instances = { before: await start(path.join(folder, "before")), now: await start(path.join(folder, "now")) };
  const figures: Record<Mode, { keyMs: number[]; rowsPerSecond: number[] }> = {
    before: { keyMs: [], rowsPerSecond: [] },
    now: { keyMs: [], rowsPerSecond: [] },
  };
  for (let round = 0; round < rounds; round++) {
    for (const mode of ["before", "now"] as const) {
      fs.fsyncSync = modes[mode];
      const instance = instances[mode];
      for (let n = 0; n < 10; n++) {
        const started = performance.now();
        await revokeKey(instance, await createKey(instance));
        figures[mode].keyMs.push((performance.now() - started) / 2);
      }
      figures[mode].rowsPerSecond.push(await ingest(instance.deps, round));
    }
  }
  fs.fsyncSync = fsyncSync;
  await Promise.all(Object.values(instances).map((instance) => instance.close()));
  const [before, now] = [figures.before, figures.now].map(({ keyMs, rowsPerSecond }) => ({
    msPerKeyChange: median(keyMs),
    ingestRowsPerSecond: median(rowsPerSecond),
  }));
  if (!before || !now) throw new Error("nothing was measured");
  return {
    before,
    now,
    keyChangeTakes: now.msPerKeyChange / before.msPerKeyChange,
    ingestKeeps: now.ingestRowsPerSecond / before.ingestRowsPerSecond,
  };
}

async function ingest({ context }: Deps, round: number): Promise<number> {
  const [batches, size] = [6, 5_000];
  const started = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    const observations = Array.from({ length: size }, (_, n) => ({
      value: `${40 + round}.${batch}.${n >> 8}.${n & 255}`,
      type: "ipv4" as const,
      threatType: "attacker",
    }));
    await ingestIocs(context, {
      feed: { id: "bench", name: "Bench", category: "threat-feed", confidence: "medium", tlp: "clear" } as never,
      observations: observations as never,
      pulledAt: new Date(),
    });
  }
  return (batches * size) / ((performance.now() - started) / 1_000);
}

function median(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}

try {
  const costs = Number(values.rounds) > 0 ? await measureCosts(Number(values.rounds)) : null;
  const cuts = Number(values.cuts) > 0 ? await cutPower(Number(values.cuts)) : null;
  console.log(JSON.stringify({ costs, cuts }, null, 2));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
