/**
 * Exports a number of IOCs in each format from PostgreSQL, and tells rows a second, megabytes a second and the most
 * memory of the server; beside them `COPY … TO STDOUT` of the CSV's columns, in the same run.
 *
 *   npx tsx bench/exports.ts [--rows 200000] [--database postgres://…]   (after `npm run build`)
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { parseArgs } from "node:util";
import { startOwnServer } from "./own-server";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "200000" },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
  },
});
const rows = Number(values.rows);
const paths = {
  csv: "iocs?format=csv",
  txt: "iocs?format=txt",
  ndjson: "iocs?format=ndjson",
  stix: "iocs/stix?",
  misp: "iocs/misp?",
  cef: "iocs/cef?",
  syslog: "iocs/cef?format=syslog",
  openioc: "iocs/openioc?",
  sigma: "iocs/sigma?",
  "sigma grouped": "iocs/sigma?mode=grouped",
  hosts: "iocs/blocklists/hosts?type=ipv4,domain,url,sha256",
  suricata: "iocs/blocklists/suricata?type=ipv4,domain,url,sha256",
  zeek: "iocs/blocklists/zeek?type=ipv4,domain,url,sha256",
  "stix, gzip": "iocs/stix?",
};

const { server, database, query, createKey, remove } = await startOwnServer("exports", values.database);
try {
  const key = await createKey();
  await fill();
  await take(key, paths.txt, false);
  const results: Record<string, object> = { "COPY (csv)": await copy() };
  for (const [format, path] of Object.entries(paths)) {
    results[format] = await take(key, path, format.endsWith("gzip"));
    process.stderr.write(`${format} ${JSON.stringify(results[format])}\n`);
  }
  console.table(results);
  console.log(JSON.stringify({ rows, results }));
} finally {
  await remove();
}

/** Four types in turn, with tags, techniques and a reference, changed within the last hour. */
async function fill(): Promise<void> {
  await query(
    `UPDATE workspace SET overrides = '{"resultsPerRequest":null}', tier = 'pro';
     INSERT INTO feed (id, name, category) VALUES ('bench', 'Bench feed', 'threat-feed') ON CONFLICT DO NOTHING;
     INSERT INTO ioc (id, type, value, confidence, first_seen, last_seen, created_at, updated_at, tags, mitre_techniques,
       industries, threat_type, malware_family, tlp, risk_score, sources_count, sources, categories, reference_url)
     SELECT gen_random_uuid(), (ARRAY['ipv4','domain','url','sha256'])[n % 4 + 1],
       CASE n % 4 WHEN 0 THEN '198.' || n / 65536 % 256 || '.' || n / 256 % 256 || '.' || n % 256
         WHEN 1 THEN 'host-' || n || '.malware.example' WHEN 2 THEN 'http://malware.example/path/' || n || '?a=b'
         ELSE encode(sha256(n::text::bytea), 'hex') END,
       n % 3 + 1, now() - interval '10 days', now(), now() - interval '2 hours', now() - n * interval '10 ms',
       ARRAY['botnet', 'tag' || n % 50], ARRAY['T1071.001'], '{}', 'botnet_cc', 'SampleLoader', 'clear', 75, 1,
       '{bench}', '{threat-feed}', 'https://feed.example/report/' || n
     FROM generate_series(1, ${rows}) AS n;`,
  );
  await query("VACUUM ANALYZE ioc");
}

async function take(key: string, path: string, gzip: boolean) {
  const pid = server.process.pid ?? 0;
  const memory = watchMemory(pid);
  const cpuBefore = cpuSeconds(pid);
  const started = performance.now();
  const answer = await fetch(`${server.url}/api/v1/${path}&limit=all`, {
    headers: { authorization: `Bearer ${key}`, "accept-encoding": gzip ? "gzip" : "identity" },
  });
  if (!answer.ok || !answer.body) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  let bytes = 0;
  let firstMs = 0;
  for await (const chunk of answer.body) {
    firstMs ||= performance.now() - started;
    bytes += (chunk as Uint8Array).byteLength;
  }
  const cpu = cpuSeconds(pid) - cpuBefore;
  const times = rates(bytes, performance.now() - started);
  return { ...times, rowsPerCpuSecond: Math.round(rows / cpu), firstMs: Math.round(firstMs), ...memory.stop() };
}

function rates(bytes: number, ms: number) {
  const seconds = ms / 1_000;
  return {
    rowsPerSecond: Math.round(rows / seconds),
    megabytesPerSecond: Math.round(bytes / 1e5 / seconds) / 10,
    megabytes: Math.round(bytes / 1e5) / 10,
  };
}

/** Of the server alone: what the figures would be on a machine that does nothing else. Linux counts in hundredths. */
function cpuSeconds(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory of a process, in MiB, looked at ten times a second. */
function watchMemory(pid: number) {
  const read = () => {
    const kib = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(kib ?? 0) / 1_024);
  };
  const before = read();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, read());
  }, 100);
  return {
    stop: () => {
      clearInterval(timer);
      return { rssBeforeMiB: before, rssPeakMiB: Math.max(peak, read()) };
    },
  };
}

/** What the database alone takes for the CSV's columns; empty where there is no psql. */
async function copy() {
  const columns =
    "id, type, value, confidence, first_seen, last_seen, '' AS article, 'Bench feed' AS feed, categories[1], tags";
  const text = `COPY (SELECT ${columns} FROM ioc ORDER BY updated_at DESC, id DESC) TO STDOUT WITH (FORMAT csv)`;
  const started = performance.now();
  const psql = spawn("psql", [database, "-q", "-c", text], { stdio: ["ignore", "pipe", "inherit"] });
  psql.on("error", () => {});
  let bytes = 0;
  psql.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.byteLength;
  });
  await once(psql, "close");
  return bytes === 0 ? {} : rates(bytes, performance.now() - started);
}
