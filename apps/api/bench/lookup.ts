/**
 * Looks single values up over few and over many IOCs on PostgreSQL, through the server, and tells p50, p99 and their
 * ratios; then the same values in bulk, in values a second. The rows are real: ids as the server computes them, one
 * sighting each. Only the indexes that an exact lookup reads are kept, so that the fill and the disk stay small.
 *
 *   npx tsx bench/lookup.ts [--few 50000] [--many 5000000] [--samples 20000] [--source]
 *     [--database postgres://…]   (after `npm run build`)
 *
 * `--source` runs the sources in place of the build. Needs psql. Its database is dropped at the end.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { type IocType, iocId } from "@tocsin/core/values";
import { startOwnServer } from "./own-server";

const { values } = parseArgs({
  options: {
    few: { type: "string", default: "50000" },
    many: { type: "string", default: "5000000" },
    samples: { type: "string", default: "20000" },
    source: { type: "boolean", default: false },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
  },
});
const [few, many, samples] = [Number(values.few), Number(values.many), Number(values.samples)];
const perBulk = 1_000;

const { server, database, query, createKey, remove } = await startOwnServer("lookup", values.database, {
  env: { TOCSIN_WORKER: "off" },
  source: values.source,
});
try {
  await prepare();
  const key = await createKey();
  const small = await measure(server.url, key, 0, few);
  const large = await measure(server.url, key, few, many);
  const ratio = { p50: round(large.p50 / small.p50), p99: round(large.p99 / small.p99) };
  console.table({ [`${few} IOCs`]: small, [`${many} IOCs`]: large, ratio });
  console.log(JSON.stringify({ few, many, samples, small, large, ratio }));
} finally {
  await remove();
}

/** Limits that nobody reaches, and no index but the primary keys. */
async function prepare(): Promise<void> {
  const overrides = JSON.stringify({ requestsPerMinute: 1_000_000_000, requestsPerDay: 1_000_000_000 });
  await query(
    `UPDATE workspace SET overrides = '${overrides}', tier = 'pro';
     INSERT INTO feed (id, name, category) VALUES ('bench', 'Bench feed', 'threat-feed') ON CONFLICT DO NOTHING;
     DO $$ DECLARE one text; BEGIN
       FOR one IN SELECT indexname FROM pg_indexes WHERE tablename IN ('ioc', 'sighting') AND indexname NOT LIKE '%_pkey' LOOP
         EXECUTE format('DROP INDEX %I', one);
       END LOOP;
     END $$`,
  );
}

type Figures = { p50: number; p99: number; worst: number; singlePerSecond: number; bulkPerSecond: number };

/** Adds rows up to `to`, then looks values up that are stored, nine of ten, in no order; milliseconds. */
async function measure(url: string, key: string, from: number, to: number): Promise<Figures> {
  await fill(from, to);
  const wanted = Array.from({ length: samples }, (_, at) => sampleOf(at % 10 === 9 ? to + at : random(at, to)).value);
  const warm = wanted.slice(0, Math.ceil(samples / 4));
  for (const value of warm) await look(url, key, value);
  const times: number[] = [];
  const started = performance.now();
  for (const value of wanted) {
    const before = performance.now();
    await look(url, key, value);
    times.push(performance.now() - before);
  }
  const singlePerSecond = Math.round((samples / (performance.now() - started)) * 1_000);
  const bulkPerSecond = await measureBulk(url, key, wanted);
  times.sort((a, b) => a - b);
  const at = (share: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), worst: at(1), singlePerSecond, bulkPerSecond };
}

async function look(url: string, key: string, value: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/lookup?ioc=${encodeURIComponent(value)}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.ok) throw new Error(`${value}: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

async function measureBulk(url: string, key: string, wanted: readonly string[]): Promise<number> {
  const started = performance.now();
  let found = 0;
  for (let at = 0; at < wanted.length; at += perBulk) {
    const answer = await fetch(`${url}/api/v1/lookup`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ values: wanted.slice(at, at + perBulk) }),
    });
    if (!answer.ok) throw new Error(`bulk: ${answer.status} ${await answer.text()}`);
    found += ((await answer.json()) as { meta: { found: number } }).meta.found;
  }
  const seconds = (performance.now() - started) / 1_000;
  if (found < wanted.length * 0.89) throw new Error(`only ${found} of ${wanted.length} were found`);
  return Math.round(wanted.length / seconds);
}

/** Four types in turn. */
function sampleOf(n: number): { type: IocType; value: string } {
  switch (n % 4) {
    case 0:
      return { type: "ipv4", value: `${20 + (n >> 24)}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` };
    case 1:
      return { type: "domain", value: `host-${n}.sample${n % 1_000}.example` };
    case 2:
      return { type: "url", value: `http://host-${n}.sample${n % 1_000}.example/path/${n}` };
    default:
      return { type: "sha256", value: createHash("sha256").update(String(n)).digest("hex") };
  }
}

/** The same places in every run, and none before another. */
function random(at: number, below: number): number {
  return createHash("sha256").update(`place ${at}`).digest().readUIntBE(0, 6) % below;
}

async function fill(from: number, to: number): Promise<void> {
  const iocs =
    "id, type, value, confidence, first_seen, last_seen, created_at, updated_at, tags, mitre_techniques, industries, threat_type, malware_family, tlp, risk_score, sources_count, sources, categories, reference_url";
  const sightings = "ioc_id, feed_id, category, confidence, first_seen, last_seen, tags, mitre_techniques";
  const time = "2026-11-20T00:00:00Z";
  await copy(`COPY ioc (${iocs}) FROM STDIN`, from, to, (n) => {
    const { type, value } = sampleOf(n);
    return `${iocId(type, value)}\t${type}\t${value}\t2\t${time}\t${time}\t${time}\t${time}\t{botnet,tag${n % 50}}\t{T1071.001}\t{}\tbotnet_cc\tSampleLoader\tclear\t75\t1\t{bench}\t{threat-feed}\thttps://feed.example/report/${n}\n`;
  });
  await copy(`COPY sighting (${sightings}) FROM STDIN`, from, to, (n) => {
    const { type, value } = sampleOf(n);
    return `${iocId(type, value)}\tbench\tthreat-feed\t2\t${time}\t${time}\t{botnet}\t{T1071.001}\n`;
  });
  await query("VACUUM ANALYZE ioc");
  await query("VACUUM ANALYZE sighting");
}

async function copy(text: string, from: number, to: number, line: (n: number) => string): Promise<void> {
  const psql = spawn("psql", [database, "-q", "-v", "ON_ERROR_STOP=1", "-c", text], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = once(psql, "close");
  for (let n = from; n < to; n += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, to - n) }, (_, at) => line(n + at)).join("");
    if (!psql.stdin.write(lines)) await once(psql.stdin, "drain");
  }
  psql.stdin.end();
  const [code] = (await ended) as [number];
  if (code !== 0) throw new Error(`psql ended with ${code}`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
