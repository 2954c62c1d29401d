/**
 * Pulls a mirror of 1,000,000 indicators of many types and formats into PostgreSQL, by the command that an operator
 * uses, and tells rows a second and memory; beside it a plain `COPY` of the same rows into a table like that of the IOCs
 * alone, with all its indexes, in the same run. Then pulls all of it again, which changes nothing.
 *
 *   npx tsx bench/ingest.ts [--rows 1000000] [--database postgres://…] [--source]   (after `npm run build`)
 *
 * `--source` runs the sources in place of the build. Needs psql.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { builtCli } from "../src/e2e/server";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    database: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
    source: { type: "boolean", default: false },
  },
});
const rows = Number(values.rows);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-ingest-"));
const mirror = path.join(folder, "mirror");
const now = Date.now();
const name = `tocsin_ingest_${process.pid}`;
const database = new URL(values.database);
database.pathname = `/${name}`;

/** Seconds of CPU that the database's processes have taken for this database; of a server on this machine alone. */
const databaseCpu = new Map<number, number>();

/** What is pulled: a share of all rows in the format of each feed, which share no value. */
const bodies: {
  feed: string;
  file: string;
  share: number;
  perLine: number;
  head: string;
  line: (n: number) => string;
}[] = [
  {
    feed: "urlhaus",
    file: "recent.csv",
    share: 0.25,
    perLine: 1,
    head: "# id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter\n",
    line: (n) => {
      const host = n % 3 === 0 ? address(n) : `host-${word(n >> 3)}.sample${n % 700}.example`;
      return `"${n}","${time(n)}","http://${host}/${word(n)}/bin.${n % 2 ? "sh" : "exe"}","online","${time(n)}","malware_download","elf,mirai,tag${n % 90}","https://urlhaus.abuse.ch/url/${n}/","reporter${n % 50}"`;
    },
  },
  {
    feed: "phishing-database",
    file: "phishing-domains-ACTIVE1.txt",
    share: 0.2,
    perLine: 1,
    head: "",
    line: (n) => `${word(n * 7)}-login.${word(n >> 6)}.example`,
  },
  {
    feed: "malwarebazaar-csv",
    file: "recent.csv",
    share: 0.24,
    perLine: 3,
    head: '# "first_seen_utc","sha256_hash","md5_hash","sha1_hash","reporter","file_name","file_type_guess","mime_type","signature","clamav","vtpercent","imphash","ssdeep","tlsh"\n',
    line: (n) =>
      `"${time(n)}", "${hash("sha256", n)}", "${hash("md5", n)}", "${hash("sha1", n)}", "reporter${n % 50}", "invoice-${n}.exe", "exe", "application/x-dosexec", "Family${n % 120}", "n/a", "n/a", "n/a", "n/a", "n/a"`,
  },
  {
    feed: "threatfox-csv",
    file: "recent.csv",
    share: 0.16,
    perLine: 1,
    head: '# "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","fk_malware","malware_alias","malware_printable","last_seen_utc","confidence_level","reference","tags","anonymous","reporter"\n',
    line: (n) => {
      const [value, type] = [
        [`${address(n + 40_000_000)}:${1_024 + (n % 60_000)}`, "ip:port"],
        [`c2-${word(n)}.example`, "domain"],
        [`https://${word(n)}.c2.example/gate.php`, "url"],
      ][n % 3] as [string, string];
      return `"${time(n)}", "${n}", "${value}", "${type}", "botnet_cc", "win.family${n % 120}", "None", "Family${n % 120}", "", "${[50, 75, 100][n % 3]}", "", "c2,tag${n % 90}", "0", "reporter${n % 50}"`;
    },
  },
  {
    feed: "ipsum",
    file: "ipsum.txt",
    share: 0.15,
    perLine: 1,
    head: "# IPsum Threat Intelligence Feed\n",
    line: (n) => `${address(n + 90_000_000)}\t${1 + (n % 9)}`,
  },
];

try {
  writeMirror("");
  await query(values.database, `CREATE DATABASE ${name}`);
  await run("migrate");
  const first = await pull();
  const copied = await copy();
  // Another line behind the head: the bodies are new, what they say is not.
  writeMirror("# again\n");
  const second = await pull();
  console.log(
    JSON.stringify(
      {
        rows: first.rows,
        copy: copied,
        first: { ...first, ofCopy: ratio(first.rowsPerSecond, copied.rowsPerSecond) },
        second: { ...second, ofCopy: ratio(second.rowsPerSecond, copied.rowsPerSecond) },
      },
      null,
      1,
    ),
  );
} finally {
  await query(values.database, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  fs.rmSync(folder, { recursive: true, force: true });
}

function writeMirror(remark: string): void {
  for (const { feed, file, share, perLine, head, line } of bodies) {
    const dir = path.join(mirror, feed);
    fs.mkdirSync(dir, { recursive: true });
    const out = fs.openSync(path.join(dir, file), "w");
    fs.writeSync(out, remark + head);
    const lines = Math.round((rows * share) / perLine);
    let text = "";
    for (let n = 1; n <= lines; n++) {
      text += `${line(n)}\n`;
      if (text.length > 1_000_000 || n === lines) {
        fs.writeSync(out, text);
        text = "";
      }
    }
    fs.closeSync(out);
  }
}

/** Keeps looking, since a connection that is gone takes its figures along. */
function watchDatabase() {
  const before = [...databaseCpu.values()].reduce((sum, seconds) => sum + seconds, 0);
  const client = new pg.Client({ connectionString: values.database });
  const ready = client.connect();
  let looking = Promise.resolve();
  const look = async () => {
    await ready;
    const found = await client.query<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE datname = $1", [name]);
    for (const { pid } of found.rows) {
      const seconds = cpuSeconds(pid);
      if (seconds !== null) databaseCpu.set(pid, seconds);
    }
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, 200);
  return async () => {
    clearInterval(timer);
    await looking;
    await client.end();
    const after = [...databaseCpu.values()].reduce((sum, seconds) => sum + seconds, 0);
    return Math.round((after - before) * 10) / 10;
  };
}

/** Linux counts in hundredths; null where there is no such process here. */
function cpuSeconds(pid: number): number | null {
  const file = `/proc/${pid}/stat`;
  if (!fs.existsSync(file)) return null;
  const fields = fs.readFileSync(file, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** All feeds, one after the other, in a process of its own. */
async function pull() {
  const cpuOfDatabase = watchDatabase();
  const { reports, seconds, cpu, rssPeakMiB } = await run("ingest", "--json", ...bodies.map(({ feed }) => feed));
  const failed = reports.filter(({ status, bad }) => status !== "ok" || bad > 0);
  if (failed.length > 0) throw new Error(JSON.stringify(failed, null, 1));
  const sum = (field: "iocsNew" | "iocsChanged" | "sightingsNew") =>
    reports.reduce((total, report) => total + report[field], 0);
  const [stored] = await query<{ n: string }>(database.href, "SELECT count(*) AS n FROM ioc");
  const total = Number(stored?.n);
  return {
    rows: total,
    iocsNew: sum("iocsNew"),
    iocsChanged: sum("iocsChanged"),
    sightingsNew: sum("sightingsNew"),
    seconds,
    rowsPerSecond: Math.round(total / seconds),
    nodeCpuSeconds: cpu,
    databaseCpuSeconds: await cpuOfDatabase(),
    rssPeakMiB,
    perFeed: Object.fromEntries(reports.map(({ feedId, seconds: s }) => [feedId, Math.round(s * 10) / 10])),
  };
}

type Report = {
  feedId: string;
  status: string;
  bad: number;
  seconds: number;
  iocsNew: number;
  iocsChanged: number;
  sightingsNew: number;
};

async function run(...args: string[]) {
  const program = values.source ? ["--import", "tsx", path.join(import.meta.dirname, "../src/cli.ts")] : [builtCli];
  const started = performance.now();
  const child = spawn(process.execPath, [...program, ...args], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.href,
      TOCSIN_SECRET: "ingest-bench-secret-ingest-bench-secret",
      TOCSIN_DATA_DIR: path.join(folder, "data"),
      TOCSIN_FEED_MIRROR: mirror,
      LOG_LEVEL: "error",
      ...(process.env.NODE_OPTIONS ? { NODE_OPTIONS: process.env.NODE_OPTIONS } : {}),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk) => (text += String(chunk)));
  let rssPeakMiB = 0;
  let cpu = 0;
  const timer = setInterval(() => {
    if (!child.pid || !fs.existsSync(`/proc/${child.pid}/stat`)) return;
    const rss = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1];
    rssPeakMiB = Math.max(rssPeakMiB, Math.round(Number(rss ?? 0) / 1_024));
    cpu = cpuSeconds(child.pid) ?? cpu;
  }, 50);
  const [code] = await once(child, "close");
  clearInterval(timer);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${text}`);
  const reports = args.includes("--json") ? (JSON.parse(text) as { data: Report[] }).data : [];
  const seconds = Math.round((performance.now() - started) / 10) / 100;
  return { reports, seconds, cpu, rssPeakMiB };
}

/** What the database alone takes for the rows of `ioc` in the order in which they came. */
async function copy() {
  const file = path.join(folder, "ioc.copy");
  await psql(`\\copy ioc TO '${file}'`);
  await query(database.href, "CREATE TABLE ioc_copy (LIKE ioc INCLUDING ALL)");
  await query(database.href, "CHECKPOINT");
  const cpu = watchDatabase();
  const started = performance.now();
  await psql(`\\copy ioc_copy FROM '${file}'`);
  const seconds = Math.round((performance.now() - started) / 10) / 100;
  fs.rmSync(file);
  const [row] = await query<{ n: string }>(database.href, "SELECT count(*) AS n FROM ioc_copy");
  await query(database.href, "DROP TABLE ioc_copy");
  return { seconds, rowsPerSecond: Math.round(Number(row?.n) / seconds), databaseCpuSeconds: await cpu() };
}

async function psql(command: string): Promise<void> {
  const child = spawn("psql", [database.href, "-q", "-c", command], { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`psql ended with ${code}`);
}

async function query<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query(text)
    .then((result) => result.rows as Row[])
    .finally(() => client.end());
}

function address(n: number): string {
  const mixed = (n * 2_654_435_761) % 2 ** 32;
  // Between 20.0.0.0 and 90.255.255.255 nothing is reserved.
  return `${20 + ((mixed >>> 24) % 70)}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`;
}

function word(n: number): string {
  return hash("md5", n).slice(0, 10);
}

function hash(algorithm: string, n: number): string {
  return createHash(algorithm).update(`sample ${n}`).digest("hex");
}

function time(n: number): string {
  return new Date(now - (n % 2_000_000) * 1_000 - 60_000).toISOString().slice(0, 19).replace("T", " ");
}

function ratio(a: number, b: number): number {
  return Math.round((a / b) * 100) / 100;
}
