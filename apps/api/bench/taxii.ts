/**
 * Publishes a number of IOCs on PostgreSQL and reads them by TAXII: pages of 1,000 at the beginning and at the end of a
 * collection, in turns, then everything by `next` and `added_after` while other transactions come in and commit in any
 * order.
 *
 *   npx tsx bench/taxii.ts [--rows 1000000] [--pages 200] [--database postgres://…]   (after `npm run build`)
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ingestIocs } from "@tocsin/core/iocs";
import { createDb } from "@tocsin/db";
import { startOwnServer } from "./own-server";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    pages: { type: "string", default: "200" },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
  },
});
const rows = Number(values.rows);
const pages = Number(values.pages);
const pageSize = 1_000;
const writers = 6;
const feed = { id: "bench", name: "Bench feed", category: "threat-feed", confidence: "high", tlp: "clear" } as const;

const { server, database, query, createKey, remove } = await startOwnServer("taxii", values.database);
try {
  await query(
    `UPDATE workspace SET tier = 'pro', overrides = '{"requestsPerMinute":10000000,"requestsPerDay":100000000}'`,
  );
  const secret = await createKey();
  const published = await publish();
  process.stderr.write(`${JSON.stringify({ published })}\n`);
  const depth = await measureDepth(secret);
  process.stderr.write(`${JSON.stringify({ depth })}\n`);
  const walk = await walkWhileWriting(secret);
  console.log(JSON.stringify({ rows, published, depth, walk }, null, 2));
} finally {
  await remove();
}

/** Fills the table and waits until the server has published all of it. */
async function publish() {
  await query(
    `INSERT INTO feed (id, name, category) VALUES ('bench', 'Bench feed', 'threat-feed') ON CONFLICT DO NOTHING;
     INSERT INTO ioc (id, type, value, confidence, first_seen, last_seen, created_at, updated_at, tags, mitre_techniques,
       industries, threat_type, malware_family, tlp, risk_score, sources_count, sources, categories, reference_url)
     SELECT gen_random_uuid(), (ARRAY['ipv4','domain','url','sha256'])[n % 4 + 1],
       CASE n % 4 WHEN 0 THEN '198.' || n / 65536 % 256 || '.' || n / 256 % 256 || '.' || n % 256
         WHEN 1 THEN 'host-' || n || '.malware.example' WHEN 2 THEN 'http://malware.example/path/' || n || '?a=b'
         ELSE encode(sha256(n::text::bytea), 'hex') END,
       n % 3 + 1, now() - interval '10 days', now(), now() - interval '2 hours', now() - n * interval '10 ms',
       ARRAY['botnet', 'tag' || n % 50], ARRAY['T1071.001'], '{}', 'botnet_cc', 'SampleLoader', 'clear', 75, 1,
       '{bench}', '{threat-feed}', 'https://feed.example/report/' || n
     FROM generate_series(1, ${rows}) AS n`,
  );
  await query("ANALYZE ioc");
  const started = performance.now();
  await query("INSERT INTO ioc_change (ioc_id) SELECT id FROM ioc ORDER BY updated_at, id");
  while ((await waiting()) > 0) await sleep(250);
  const seconds = (performance.now() - started) / 1_000;
  await query("VACUUM ANALYZE publication");
  return { seconds: round(seconds), rowsPerSecond: Math.round(rows / seconds) };
}

async function waiting(): Promise<number> {
  const [row] = await query<{ n: string }>("SELECT count(*) AS n FROM ioc_change");
  return Number(row?.n);
}

type Page = { objects?: { id: string; modified?: string; created: string }[]; more?: boolean; next?: string };

async function read(secret: string, params: Record<string, string>, collection = "all") {
  const url = `${server.url}/api/taxii2/api/collections/${collection}/objects/?${new URLSearchParams(params)}`;
  const headers = { authorization: `Bearer ${secret}`, accept: "application/taxii+json;version=2.1" };
  const started = performance.now();
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  const ms = performance.now() - started;
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return { page: JSON.parse(text) as Page, last: answer.headers.get("x-taxii-date-added-last"), ms };
}

/** The first page and the last whole one of a collection of one index and of one that merges two. */
async function measureDepth(secret: string) {
  const [place] = await query<{ at: string }>(
    `SELECT to_char(date_added AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
     FROM publication ORDER BY date_added DESC OFFSET ${4 * pageSize} LIMIT 1`,
  );
  const filters = { limit: String(pageSize), "match[type]": "indicator" };
  const results: Record<string, object> = {};
  for (const collection of ["all", "network"]) {
    const times: { start: number[]; end: number[] } = { start: [], end: [] };
    for (let turn = -20; turn < pages; turn++) {
      const start = await read(secret, filters, collection);
      const end = await read(secret, { ...filters, added_after: place?.at ?? "" }, collection);
      if (start.page.objects?.length !== pageSize || end.page.objects?.length !== pageSize)
        throw new Error("a short page");
      if (turn < 0) continue;
      times.start.push(start.ms);
      times.end.push(end.ms);
    }
    const [start, end] = [quantiles(times.start), quantiles(times.end)];
    results[collection] = { start, end, ratio: { p50: round(end.p50 / start.p50), p95: round(end.p95 / start.p95) } };
  }
  return results;
}

function quantiles(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.floor(sorted.length * share)] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}

/** One client by `next` to the end, then by `added_after` until all that was written has come. */
async function walkWhileWriting(secret: string) {
  const db = await createDb({ url: database, connections: writers });
  let writing = true;
  let changes = 0;
  const write = async (writer: number) => {
    for (let round = 0; writing; round++) {
      await db.sql.begin(async (tx) => {
        const now = new Date();
        const values = Array.from({ length: 50 }, (_, n) => `w${writer}-${(round % 40) * 50 + n}.example.net`);
        const { iocsNew, iocsChanged } = await ingestIocs(
          { sql: { ...db.sql, query: tx.query }, now: () => now },
          { feed, observations: values.map((value) => ({ value, lastSeen: now })), pulledAt: now },
        );
        changes += iocsNew + iocsChanged;
        await sleep(Math.random() * 400);
      });
    }
  };
  const writes = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const seen = new Set<string>();
  let [repeated, requests] = [0, 0];
  const started = performance.now();
  const take = (page: Page) => {
    requests += 1;
    for (const { id, modified, created } of page.objects ?? []) {
      const version = `${id} ${modified ?? created}`;
      if (seen.has(version)) repeated += 1;
      seen.add(version);
    }
  };
  let last = "";
  const follow = async (first: Record<string, string>) => {
    for (let params: Record<string, string> | null = first; params; ) {
      const answer = await read(secret, { ...params, limit: String(pageSize) });
      take(answer.page);
      last = answer.last ?? last;
      params = answer.page.next === undefined ? null : { next: answer.page.next };
    }
  };
  await follow({});
  const walkSeconds = (performance.now() - started) / 1_000;
  writing = false;
  await writes;
  for (let quiet = 0; quiet < 3; quiet = (await waiting()) === 0 ? quiet + 1 : 0) {
    await sleep(500);
    await follow({ added_after: last });
  }
  const stored = await query<{ version: string }>(
    `SELECT 'indicator--' || stix_id || to_char(modified AT TIME ZONE 'UTC', ' YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS version
     FROM publication`,
  );
  await db.close();
  return {
    stored: stored.length,
    seen: seen.size,
    changesMeanwhile: changes,
    missed: stored.filter(({ version }) => !seen.has(version)).length,
    repeated,
    requests,
    walkSeconds: round(walkSeconds),
    objectsPerSecond: Math.round(seen.size / walkSeconds),
  };
}
