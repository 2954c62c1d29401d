/**
 * What the gate costs: a guarded static answer (TAXII's discovery: key, limits, metering, log) beside an open one of the
 * same server, and that beside a bare Fastify with the same body and header fields, in turns within one run. Somebody has
 * signed in before, as on every server that is used.
 *
 *   npx tsx bench/gate.ts [--rounds 5] [--seconds 2] [--json] [--source] [--profile folder] [--database postgres://…]
 *   (after `npm run build`, unless `--source`; `--profile` keeps what the server spends its time on)
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { parseArgs } from "node:util";
import { fastify } from "fastify";
import { type Load, load, median, round } from "./load";
import { startOwnServer } from "./own-server";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
    source: { type: "boolean", default: false },
    profile: { type: "string" },
    only: { type: "string" },
    bare: { type: "string" },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
  },
});

if (values.bare !== undefined) await serveBare(JSON.parse(values.bare) as Answer);
else await main();

type Answer = { headers: Record<string, string>; body: unknown };
type Way = { url: string; pid: number; path: string; headers: Record<string, string> };

async function main(): Promise<void> {
  const flags = values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${path.resolve(values.profile)}`];
  const own = await startOwnServer("gate", values.database, {
    env: { TOCSIN_WORKER: "off", LOG_LEVEL: "info" },
    source: values.source,
    flags,
  });
  try {
    const overrides = JSON.stringify({ requestsPerMinute: 1_000_000_000, requestsPerDay: 1_000_000_000 });
    await own.query(`UPDATE workspace SET overrides = '${overrides}', tier = 'pro'`);
    const authorization = `Bearer ${await own.createKey()}`;
    const bare = await startBare(await answerOf(`${own.server.url}/healthz`));
    const server = { url: own.server.url, pid: own.server.process.pid ?? 0 };
    const ways: Record<string, Way> = {
      guarded: { ...server, path: "/taxii2/", headers: { authorization } },
      open: { ...server, path: "/healthz", headers: {} },
      bare: { ...bare, path: "/healthz", headers: {} },
    };
    const found = await measure(ways);
    bare.end();
    show(found);
  } finally {
    await own.remove();
  }
}

/** Each way in turn, so often, after one round that does not count. */
async function measure(ways: Record<string, Way>): Promise<Map<string, Load[]>> {
  const found = new Map<string, Load[]>();
  for (let turn = 0; turn <= Number(values.rounds); turn++) {
    for (const [name, way] of Object.entries(ways)) {
      if (values.only !== undefined && values.only !== name) continue;
      const one = await load(way.url, way.pid, () => way.path, {
        headers: way.headers,
        seconds: Number(values.seconds),
      });
      if (turn > 0) found.set(name, [...(found.get(name) ?? []), one]);
    }
  }
  return found;
}

function show(found: ReadonlyMap<string, readonly Load[]>): void {
  const of = (name: string, figure: keyof Load) => median((found.get(name) ?? []).map((one) => one[figure]));
  const figures = Object.fromEntries(
    [...found.keys()].map((name) => [
      name,
      {
        perSecond: Math.round(of(name, "perSecond")),
        p50: round(of(name, "p50")),
        p99: round(of(name, "p99")),
        cpuMs: Math.round(of(name, "cpuMs") * 1_000) / 1_000,
      },
    ]),
  );
  // By CPU time, since client and server may share the cores; by throughput, as a client sees it.
  const part = (one: string, other: string) => ({
    perSecond: round(of(one, "perSecond") / of(other, "perSecond")),
    cpu: round(of(other, "cpuMs") / of(one, "cpuMs")),
    "p99, ms more": round(of(one, "p99") - of(other, "p99")),
  });
  const ratios = { "guarded / open": part("guarded", "open"), "open / bare": part("open", "bare") };
  if (values.json) {
    console.log(JSON.stringify({ figures, ratios }));
    return;
  }
  console.table(figures);
  console.table(ratios);
}

async function answerOf(url: string): Promise<Answer> {
  const answer = await fetch(url);
  const sent = new Set(["connection", "content-length", "date", "keep-alive", "transfer-encoding"]);
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !sent.has(name)));
  return { headers, body: await answer.json() };
}

/** A Fastify without hooks, in a process of its own. */
async function startBare(answer: Answer) {
  const child = fork(import.meta.filename, ["--bare", JSON.stringify(answer)], { execArgv: ["--import", "tsx"] });
  const [url] = (await once(child, "message")) as [string];
  return { url, pid: child.pid ?? 0, end: () => child.kill() };
}

async function serveBare({ headers, body }: Answer): Promise<void> {
  const app = fastify();
  app.get("/healthz", (_request, reply) => reply.headers(headers).send(body));
  process.send?.(await app.listen({ host: "127.0.0.1", port: 0 }));
  process.once("disconnect", () => process.exit());
}
