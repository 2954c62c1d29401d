/**
 * Lists, each filter and pair of filters, search, statistics, lookup and a guarded static answer over few and over many
 * IOCs on PostgreSQL, through the server, with 32 requests at once: how many a second as a part of lookup's in the same
 * run, and how p99 grows. The database is never analysed but by the worker's own job, and with `--bare` not at all.
 *
 *   npx tsx bench/lists.ts [--few 50000] [--many 1000000] [--seconds 2] [--pairs] [--bare] [--json] [--source]
 *     [--database postgres://…]   (after `npm run build`)
 *
 * `--source` runs the sources in place of the build. Needs psql. Its databases are dropped at the end.
 */
import http from "node:http";
import { parseArgs } from "node:util";
import { dayMs } from "@tocsin/core/lib";
import { benchFeeds, fillLists, sampleOf } from "./list-rows";
import { startOwnServer } from "./own-server";

const { values } = parseArgs({
  options: {
    few: { type: "string", default: "50000" },
    many: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "2" },
    pairs: { type: "boolean", default: false },
    bare: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    source: { type: "boolean", default: false },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
  },
});
const atOnce = 32;
const [few, many] = [Number(values.few), Number(values.many)];
const now = Date.now();
const daysAgo = (days: number) => new Date(now - days * dayMs).toISOString();

/** By name of the filter: one that many pass, one that few or old ones pass, one that nothing passes. */
const filters: Record<string, string>[] = [
  { type: "domain" },
  { type: "cve" },
  { type: "email" },
  { confidence: "low" },
  { confidence: "high" },
  { category: "government" },
  { category: "news" },
  { industry: "financial-services" },
  { industry: "energy" },
  { source: "feed-3" },
  { source: "archive" },
  { source: "nobody" },
  { tag: "botnet" },
  { tag: "archived" },
  { tag: "tag17" },
  { tag: "nobody" },
  { min_risk: "60" },
  { min_risk: "100" },
  { since: daysAgo(1) },
  { until: daysAgo(200) },
];
const pairs = filters.flatMap((one, at) =>
  filters
    .slice(at + 1)
    .filter((other) => Object.keys(other)[0] !== Object.keys(one)[0])
    .map((other) => ({ ...one, ...other })),
);

type Case = { name: string; path: (n: number) => string };
const listCase = (query: Record<string, string>): Case => {
  const path = `/api/v1/iocs?${new URLSearchParams({ limit: "10", ...query })}`;
  const name = Object.entries(query)
    .map((pair) => pair.join("="))
    .join(" ");
  return { name: `list ${name}`.trim(), path: () => path };
};
const askedFor = (n: number, rows: number) => encodeURIComponent(sampleOf((n * 7_919) % rows).value);
const casesOf = (rows: number): Case[] => [
  { name: "static answer", path: () => "/taxii2/" },
  { name: "lookup, known", path: (n) => `/api/v1/lookup?ioc=${askedFor(n, rows)}` },
  { name: "lookup, unknown", path: (n) => `/api/v1/lookup?ioc=unknown-${n}.example` },
  listCase({}),
  listCase({ offset: "5000" }),
  ...filters.map(listCase),
  ...(values.pairs ? pairs.map(listCase) : []),
  { name: "search, a value", path: (n) => `/api/v1/iocs/search?q=${askedFor(n, rows)}` },
  {
    name: "search, a part",
    path: (n) => `/api/v1/iocs/search?q=${sampleOf(((n * 7_919) % (rows / 5)) * 5 + 1).value.slice(0, 9)}`,
  },
  { name: "search, nothing like it", path: (n) => `/api/v1/iocs/search?q=quux-${n}-wibble` },
  { name: "statistics", path: () => "/api/v1/iocs/stats" },
];

type Figures = { perSecond: number; p50: number; p99: number; ofLookup: number };

const small = await measure(few);
const large = await measure(many);
const rows = Object.fromEntries(
  [...large].map(([name, figures]) => [
    name,
    {
      [`of lookup at ${few}`]: small.get(name)?.ofLookup,
      [`of lookup at ${many}`]: figures.ofLookup,
      "p50, ratio": ratio(figures.p50, small.get(name)?.p50),
      "p99, ratio": ratio(figures.p99, small.get(name)?.p99),
    },
  ]),
);
if (values.json) console.log(JSON.stringify({ few, many, atOnce, small: [...small], large: [...large], rows }));
else console.table(rows);

async function measure(count: number): Promise<Map<string, Figures>> {
  const own = await startOwnServer(`lists_${count}`, values.database, {
    env: { TOCSIN_WORKER: values.bare ? "off" : "on" },
    source: values.source,
  });
  try {
    const overrides = JSON.stringify({ requestsPerMinute: 1_000_000_000, requestsPerDay: 1_000_000_000 });
    await own.query(`UPDATE workspace SET overrides = '${overrides}', tier = 'pro'`);
    for (const feed of benchFeeds)
      await own.query(`INSERT INTO feed (id, name, category) VALUES ('${feed}', 'Bench ${feed}', 'threat-feed')`);
    await fillLists(own.database, count, now);
    if (!values.bare) await settle(own);
    const key = await own.createKey();
    const found = new Map<string, Figures>();
    for (const one of casesOf(count)) {
      await load(own.server.url, key, one, Number(values.seconds) / 4);
      const figures = await load(own.server.url, key, one, Number(values.seconds));
      const lookup = found.get("lookup, known")?.perSecond ?? Number.NaN;
      found.set(one.name, { ...figures, ofLookup: ratio(figures.perSecond, lookup) });
      process.stderr.write(`${count} ${one.name}: ${JSON.stringify(found.get(one.name))}\n`);
    }
    return found;
  } finally {
    await own.remove();
  }
}

/** Until the worker has added up and analysed what was filled, and counted it; five minutes at most. */
async function settle(own: { query: <Row>(text: string) => Promise<Row[]> }): Promise<void> {
  for (const deadline = Date.now() + 300_000; Date.now() < deadline; ) {
    const [row] = await own.query<{ done: boolean }>(
      `SELECT (SELECT last_analyze IS NOT NULL FROM pg_stat_user_tables WHERE relname = 'ioc')
         AND NOT EXISTS (SELECT FROM ioc_tally_change) AS done`,
    );
    if (row?.done) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error("the worker has not analysed what was filled");
}

/** Keeps 32 requests under way for so many seconds; milliseconds, and answers a second. */
async function load(
  url: string,
  key: string,
  { path, name }: Case,
  seconds: number,
): Promise<Omit<Figures, "ofLookup">> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
  const times: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1_000;
  let asked = 0;
  const client = async () => {
    while (performance.now() < end) {
      const before = performance.now();
      const status = await ask(`${url}${path(asked++)}`, key, agent);
      if (status !== 200) throw new Error(`${name}: ${status}`);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  const perSecond = (times.length / (performance.now() - started)) * 1_000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return { perSecond: round(perSecond), p50: at(0.5), p99: at(0.99) };
}

function ask(url: string, key: string, agent: http.Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent, headers: { authorization: `Bearer ${key}` } }, (answer) => {
        answer.on("data", () => {}).on("end", () => resolve(answer.statusCode ?? 0));
        answer.on("error", reject);
      })
      .on("error", reject);
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function ratio(one: number, other: number | undefined): number {
  return other ? round(one / other) : Number.NaN;
}
