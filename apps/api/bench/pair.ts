/**
 * This tree beside another one, both built, in turns within one run, each on a PostgreSQL database of its own with the
 * same rows: start, memory, static answers, lists, search, lookups, statistics. Tells answers a second, the server's CPU
 * time for each, and p99, as ratios of this tree's to the other's: medians over the rounds.
 *
 *   npx tsx bench/pair.ts --base <folder of another tree> [--rows 50000] [--rounds 5] [--seconds 1.5] [--only name]…
 *     [--json] [--database postgres://…]   (after `npm run build` in both)
 *
 * Needs psql. Its databases are dropped at the end.
 */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { builtCli } from "../src/e2e/server";
import { benchFeeds, fillLists, sampleOf } from "./list-rows";
import { type Load, load, median, memoryOf, round } from "./load";
import { type OwnServer, startOwnServer } from "./own-server";

const { values } = parseArgs({
  options: {
    base: { type: "string" },
    rows: { type: "string", default: "50000" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "1.5" },
    only: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
  },
});
if (values.base === undefined) throw new Error("--base names the folder of another tree, which is built");
const rows = Number(values.rows);
const list = (query: string) => () => `/api/v1/iocs?limit=10${query}`;
const stored = (n: number) => sampleOf((n * 7_919) % rows).value;
/** A domain's, whose first part is random. */
const part = (n: number) => sampleOf(((n * 7_919) % (rows / 5)) * 5 + 1).value.slice(0, 9);
const search = (q: (n: number) => string) => (n: number) => `/api/v1/iocs/search?q=${encodeURIComponent(q(n))}`;

const cases: Record<string, (n: number) => string> = {
  open: () => "/healthz",
  guarded: () => "/taxii2/",
  "lookup, known": (n) => `/api/v1/lookup?ioc=${encodeURIComponent(stored(n))}`,
  "lookup, unknown": (n) => `/api/v1/lookup?ioc=unknown-${n}.example`,
  list: list(""),
  "list type": list("&type=domain"),
  "list tag": list("&tag=botnet"),
  "list none match": list("&type=email"),
  "search, a value": search(stored),
  "search, a part": search(part),
  "search, a common part": search((n) => `sample${(n * 7) % 1_000}`),
  "search, nothing like it": search((n) => `quux-${n}-wibble`),
  statistics: () => "/api/v1/iocs/stats",
};
const chosen = Object.keys(cases).filter((name) => values.only === undefined || values.only.includes(name));

type Side = { own: OwnServer; authorization: string; restMiB: number };
const now = Date.now();
const sides: Side[] = [];
try {
  sides.push(await open("this", builtCli));
  sides.push(await open("base", path.resolve(values.base, "apps/api/dist/cli.js")));
  const found = new Map<string, [Load, Load][]>();
  for (const name of chosen) found.set(name, await measure(name));
  show(found);
} finally {
  for (const { own } of sides) await own.remove();
}

async function open(side: string, cli: string): Promise<Side> {
  const own = await startOwnServer(`pair_${side}`, values.database, { env: { TOCSIN_WORKER: "off" }, cli });
  const overrides = JSON.stringify({ requestsPerMinute: 1_000_000_000, requestsPerDay: 1_000_000_000 });
  await own.query(`UPDATE workspace SET overrides = '${overrides}', tier = 'pro'`);
  await sleep(5_000);
  const restMiB = memoryOf(own.server.process.pid ?? 0);
  for (const feed of benchFeeds)
    await own.query(`INSERT INTO feed (id, name, category) VALUES ('${feed}', 'Bench ${feed}', 'threat-feed')`);
  await fillLists(own.database, rows, now);
  await own.query("VACUUM ANALYZE ioc");
  await own.query("VACUUM ANALYZE sighting");
  return { own, authorization: `Bearer ${await own.createKey()}`, restMiB };
}

/** Both in turns, the one that begins taking turns too; the first round does not count. */
async function measure(name: string): Promise<[Load, Load][]> {
  const path = cases[name];
  const [mine, base] = sides;
  if (!path || !mine || !base) throw new Error(`no case ${name}`);
  let offset = 0;
  const run = ({ own, authorization }: Side, from: number) =>
    load(own.server.url, own.server.process.pid ?? 0, (n) => path(from + n), {
      seconds: Number(values.seconds),
      headers: { authorization },
    });
  const pairs: [Load, Load][] = [];
  for (let turn = 0; turn <= Number(values.rounds); turn++) {
    offset += 100_003;
    const first = turn % 2 === 0 ? await run(mine, offset) : null;
    const other = await run(base, offset);
    const pair: [Load, Load] = [first ?? (await run(mine, offset)), other];
    if (turn > 0) pairs.push(pair);
  }
  process.stderr.write(`${name} ${JSON.stringify(rowOf(pairs))}\n`);
  return pairs;
}

function rowOf(pairs: readonly [Load, Load][]) {
  const ratio = (figure: keyof Load) => round(median(pairs.map(([mine, base]) => mine[figure] / base[figure])));
  return {
    perSecond: Math.round(median(pairs.map(([mine]) => mine.perSecond))),
    cpuMs: round(median(pairs.map(([mine]) => mine.cpuMs))),
    "perSecond, ratio": ratio("perSecond"),
    "cpuMs, ratio": ratio("cpuMs"),
    "p99, ratio": ratio("p99"),
  };
}

function show(found: ReadonlyMap<string, [Load, Load][]>): void {
  const table = Object.fromEntries([...found].map(([name, pairs]) => [name, rowOf(pairs)]));
  const resting = Object.fromEntries(
    sides.map(({ own, restMiB }, at) => [
      at === 0 ? "this" : "base",
      { startMs: Math.round(own.server.startMs), restMiB },
    ]),
  );
  if (values.json) {
    console.log(JSON.stringify({ rows, table, resting }));
    return;
  }
  console.table(table);
  console.table(resting);
}
