/**
 * A database whose packets are swallowed: a proxy before PostgreSQL stops passing anything on for `--seconds`, while
 * clients look up, sign in, list and create keys and ask for readiness. Prints the longest answer by kind, what was answered,
 * and after the return the usage that is stored beside what the clients counted.
 *
 *   npx tsx bench/hang.ts [--seconds 60] [--database postgres://…] [--source]   (after `npm run build`)
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startHangingProxy } from "@tocsin/db/testing";
import { signIn } from "../src/e2e/server";
import { startOwnServer } from "./own-server";

const { values } = parseArgs({
  options: {
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
    seconds: { type: "string", default: "60" },
    source: { type: "boolean", default: false },
  },
});
const hangMs = Number(values.seconds) * 1_000;
const proxy = await startHangingProxy(values.database);
const through = new URL(proxy.url);
through.pathname = `/tocsin_hang_${process.pid}`;
const own = await startOwnServer("hang", values.database, {
  source: values.source,
  env: { DATABASE_URL: through.href },
});

type Kind = { calls: number; statuses: Record<string, number>; longestMs: number };
const { url } = own.server;
const kinds = new Map<string, Kind>();
/** Answers to requests whose key was accepted, which is what usage counts. */
let counted = 0;
let keyLimit: string | null = null;

async function call(kind: string, path: string, init: RequestInit = {}): Promise<void> {
  const seen = kinds.get(kind) ?? { calls: 0, statuses: {}, longestMs: 0 };
  kinds.set(kind, seen);
  const started = performance.now();
  const answer = await fetch(`${url}${path}`, init);
  await answer.arrayBuffer();
  seen.calls++;
  seen.longestMs = Math.max(seen.longestMs, Math.round(performance.now() - started));
  seen.statuses[answer.status] = (seen.statuses[answer.status] ?? 0) + 1;
  if (kind !== "lookup") return;
  // Without a key that was accepted, the header is of the address.
  if (answer.ok) keyLimit = answer.headers.get("x-ratelimit-limit");
  if (answer.headers.get("x-ratelimit-limit") === keyLimit) counted++;
}

try {
  const secret = await own.createKey();
  const cookie = await signIn(url, "op@tocsin.example", "correct horse battery");
  const json = { cookie, origin: url, "content-type": "application/json" };
  const asKey = { headers: { authorization: `Bearer ${secret}` } };
  const calls: [string, number, () => Promise<void>][] = [
    ["lookup", 100, () => call("lookup", "/api/v1/lookup?ioc=192.0.2.1", asKey)],
    ["lookup", 170, () => call("lookup", "/api/v1/lookup?ioc=evil.example", asKey)],
    ["list keys", 500, () => call("list keys", "/api/v1/keys", { headers: { cookie } })],
    [
      "create key",
      2_000,
      () => call("create key", "/api/v1/keys", { method: "POST", headers: json, body: '{"name":"b"}' }),
    ],
    [
      "sign in",
      8_000,
      () =>
        call("sign in", "/api/auth/sign-in/email", {
          method: "POST",
          headers: { origin: url, "content-type": "application/json" },
          body: JSON.stringify({ email: "op@tocsin.example", password: "correct horse battery" }),
        }),
    ],
    ["readyz", 250, () => call("readyz", "/readyz")],
    ["healthz", 250, () => call("healthz", "/healthz")],
  ];
  let going = true;
  const drivers = calls.map(async ([, everyMs, run]) => {
    while (going) {
      await run();
      await sleep(everyMs);
    }
  });
  await sleep(6_000);
  const before = snapshot();
  kinds.clear();
  proxy.hang();
  await sleep(hangMs);
  const during = snapshot();
  kinds.clear();
  proxy.resume();
  const resumed = performance.now();
  while (!(await fetch(`${url}/readyz`)).ok) await sleep(20);
  const readyMs = Math.round(performance.now() - resumed);
  going = false;
  await Promise.all(drivers);
  const stopped = performance.now();
  const stored = async () => {
    const [row] = await own.query<{ n: string }>("SELECT COALESCE(sum(total_requests), 0) AS n FROM api_key");
    return Number(row?.n);
  };
  while ((await stored()) !== counted && performance.now() - stopped < 20_000) await sleep(100);
  const usage = {
    counted,
    stored: await stored(),
    difference: counted - (await stored()),
    msUntilEqual: Math.round(performance.now() - stopped),
  };
  console.log(JSON.stringify({ hangMs, before, during, readyMsAfterReturn: readyMs, usage }, null, 2));
} finally {
  proxy.resume();
  await own.remove();
  await proxy.close();
}

function snapshot(): Record<string, Kind> {
  return Object.fromEntries([...kinds].map(([kind, seen]) => [kind, structuredClone(seen)]));
}
