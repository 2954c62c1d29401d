/**
 * What a well-behaved client, which looks one value up a second, feels of 20 attackers that send the worst inputs that
 * the table of bench/linear.ts found: its p50, p99 and worst time on the idle server and under attack in the same run,
 * and the event loop's longest delay in both (of Node's own histogram, whose resolution of 10 ms is part of it).
 *
 *   npx tsx bench/attack.ts [--seconds 25] [--attackers 20] [--source] [--database postgres://…]   (after `npm run build`)
 *
 * `--source` runs the sources in place of the build. Its database is dropped at the end.
 */
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { signIn } from "../src/e2e/server";
import { startOwnServer } from "./own-server";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "25" },
    attackers: { type: "string", default: "20" },
    source: { type: "boolean", default: false },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
  },
});
const [seconds, attackers] = [Number(values.seconds), Number(values.attackers)];
const admin = { email: "op@tocsin.example", password: "correct horse battery" };

/** Texts that readers once took time by the square for. */
const worst = ["dot ", "a.", "\u0301\u0316", " ", "[.]", "0.", "%20", '"', "a@", "::", "ж", "1"];
const filled = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const hostile = (at: number, length: number) => `http://${filled(worst[at % worst.length] ?? "a", length)}!`;

type Attack = { name: string; send: (turn: number) => Promise<Response> };
type Phase = { p50: number; p99: number; worst: number; longestDelay: number; answers: Record<string, number> };

const own = await startOwnServer("attack", values.database, {
  env: { TOCSIN_ALLOW_PRIVATE_FEEDS: "on" },
  source: values.source,
});
const feed = http.createServer((_request, response) => response.end(filled("dot a.example,", 1_000_000)));
feed.listen(0, "127.0.0.1");
await once(feed, "listening");
try {
  const roomy = JSON.stringify({ requestsPerMinute: 1e9, requestsPerDay: 1e9, watchlistEntries: 1e6 });
  await own.query(`UPDATE workspace SET overrides = '${roomy}', tier = 'pro'`);
  const [good, bad] = [await own.createKey(), await own.createKey()];
  const attacks = await attacksWith(bad);
  await phase(good, [], 5);
  const idle = await phase(good, [], Math.min(seconds, 15));
  const attacked = await phase(good, attacks, seconds);
  const ratio = { p50: round(attacked.p50 / idle.p50), p99: round(attacked.p99 / idle.p99) };
  console.table({ idle: { ...idle, answers: "" }, attacked: { ...attacked, answers: "" }, ratio });
  console.log(JSON.stringify({ attackers, seconds, idle, attacked, ratio }));
} finally {
  feed.close();
  await own.remove();
}

/** The client and the attackers side by side; times in ms. */
async function phase(key: string, attacks: readonly Attack[], length: number): Promise<Phase> {
  await longestDelay();
  const end = performance.now() + length * 1_000;
  const answers: Record<string, number> = {};
  const attacking = Array.from({ length: attacks.length === 0 ? 0 : attackers }, async (_, at) => {
    for (let turn = at; performance.now() < end; turn += 1) {
      const attack = attacks[turn % attacks.length];
      const status = await attack?.send(turn).then(statusOf, () => "broken");
      const name = `${attack?.name} ${status}`;
      answers[name] = (answers[name] ?? 0) + 1;
    }
  });
  const times: number[] = [];
  while (performance.now() < end) {
    const started = performance.now();
    await fetch(`${own.server.url}/api/v1/lookup?ioc=malware.example`, { headers: { "x-api-key": key } }).then(
      statusOf,
    );
    times.push(performance.now() - started);
    await sleep(Math.max(0, 1_000 - (performance.now() - started)));
  }
  const delay = await longestDelay();
  await Promise.all(attacking);
  times.sort((a, b) => a - b);
  const share = (part: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  return { p50: share(0.5), p99: share(0.99), worst: share(1), longestDelay: delay, answers };
}

async function statusOf(answer: Response): Promise<number> {
  await answer.arrayBuffer();
  return answer.status;
}

/** Of the server's event loop since it was last asked, in ms. */
async function longestDelay(): Promise<number> {
  const text = await fetch(`${own.server.url}/metrics`).then((answer) => answer.text());
  return round(Number(/^tocsin_nodejs_eventloop_lag_max_seconds ([\d.e+-]+)$/m.exec(text)?.[1] ?? Number.NaN) * 1_000);
}

/** Everything that takes a long text, each as long as it takes it. */
async function attacksWith(key: string): Promise<Attack[]> {
  const { url } = own.server;
  const cookie = await signIn(url, admin.email, admin.password);
  const headers = { "x-api-key": key };
  const session = { cookie, origin: url, "content-type": "application/json" };
  const post = (
    path: string,
    body: unknown,
    more: Record<string, string> = { ...headers, "content-type": "application/json" },
  ) => fetch(`${url}${path}`, { method: "POST", headers: more, body: JSON.stringify(body) });
  const made = await post("/api/v1/watchlists", { name: "Attacked" }, session).then((answer) => answer.json());
  const { data: list } = made as { data: { id: string } };
  const { port } = feed.address() as AddressInfo;
  const source = { url: `http://127.0.0.1:${port}/`, format: "plain", mapping: {}, auth: { kind: "none" } };
  const query = (text: string) => encodeURIComponent(text).slice(0, 12_000);
  return [
    { name: "lookup", send: (turn) => fetch(`${url}/api/v1/lookup?ioc=${query(hostile(turn, 4_000))}`, { headers }) },
    {
      name: "search",
      send: (turn) => fetch(`${url}/api/v1/iocs/search?q=${query(hostile(turn, 4_000))}`, { headers }),
    },
    {
      name: "bulk",
      send: (turn) =>
        post("/api/v1/lookup", {
          values: Array.from({ length: 1_000 }, (_, at) => hostile(turn + at, 400)),
          include_hunting: true,
        }),
    },
    {
      name: "bulk of long values",
      send: (turn) =>
        post("/api/v1/lookup", { values: Array.from({ length: 20 }, (_, at) => hostile(turn + at, 16_000)) }),
    },
    {
      name: "paste",
      send: (turn) =>
        post(
          `/api/v1/watchlists/${list.id}/entries`,
          { text: `${filled(worst[turn % worst.length] ?? "a", 90)}\n`.repeat(9_000), dry_run: true },
          session,
        ),
    },
    { name: "preview", send: () => post("/api/trpc/ownFeeds.preview", source, session) },
    { name: "list", send: () => post("/api/v1/lookup", { values: Array.from({ length: 300_000 }, () => 1) }) },
    {
      name: "accept",
      send: () => fetch(`${url}/api/v1/iocs`, { headers: { ...headers, accept: `"${",".repeat(12_000)}` } }),
    },
    {
      name: "basic",
      send: () => fetch(`${url}/api/taxii2/api/`, { headers: { authorization: `Basic Ojo6${"=".repeat(12_000)}x` } }),
    },
    { name: "path", send: () => fetch(`${url}/api/auth/${"/".repeat(12_000)}x`) },
  ];
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
