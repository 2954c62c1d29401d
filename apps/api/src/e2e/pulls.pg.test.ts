import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type TestDatabase, testDatabaseUrl } from "@tocsin/db/testing";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin pulls "));
const mirror = path.join(folder, "mirror");
const day = 86_400_000;
const now = Date.now();

/** A listing moves on at noon and at midnight: a test that met one begins again. */
const acrossHalfDay = "a half-day ended meanwhile";
const again = { retry: { count: 1, condition: new RegExp(acrossHalfDay) } };
const halfDayOf = (time: number) => Math.floor(time / (12 * 3_600_000));
const expectSameHalfDay = (began: number) => expect(halfDayOf(Date.now()), acrossHalfDay).toBe(halfDayOf(began));

type Database = TestDatabase & { client: pg.Client };
const open: Database[] = [];

beforeAll(() => {
  const times = (n: number) => new Date(now - (n % 20) * day - 3_600_000).toISOString().slice(0, 19).replace("T", " ");
  // Every third value is in the body twice, far from itself, saying something else each time.
  const urls = Array.from({ length: 24_000 }, (_, n) => {
    const value = `http://host-${n % 16_000}.sample.example/${n % 16_000}.bin`;
    return `"${n}","${times(n)}","${value}","online","","malware_download","tag${n % 70},t${n % 3}","https://urlhaus.abuse.ch/url/${n}/","r${n % 9}"`;
  });
  write("urlhaus", "recent.csv", [
    "# id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter",
    ...urls,
  ]);
  const address = (n: number) => `45.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
  write(
    "ipsum",
    "ipsum.txt",
    Array.from({ length: 12_000 }, (_, n) => `${address(n)}\t${1 + (n % 9)}`),
  );
  write(
    "greensnow",
    "greensnow.txt",
    Array.from({ length: 12_000 }, (_, n) => address(n + 6_000)),
  );
});
afterEach(async () => {
  for (const { client, drop } of open.splice(0)) {
    await client.end();
    await drop();
  }
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function write(feed: string, file: string, lines: string[]): void {
  fs.mkdirSync(path.join(mirror, feed), { recursive: true });
  fs.writeFileSync(path.join(mirror, feed, file), `${lines.join("\n")}\n`);
}

async function newDatabase(): Promise<Database> {
  const database = await testDatabaseUrl();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  open.push({ ...database, client });
  return { ...database, client };
}

const built = path.join(import.meta.dirname, "../../dist/cli.js");
// From its sources where it is not built, which starts many times slower.
const program = fs.existsSync(built) ? [built] : ["--import", "tsx", path.join(import.meta.dirname, "../cli.ts")];

/** The command line in a process of its own. */
function start(url: string, ...args: string[]) {
  const child = spawn(process.execPath, [...program, ...args], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: url,
      TOCSIN_SECRET: "pulls-test-secret-pulls-test-secret",
      TOCSIN_DATA_DIR: path.join(folder, "data"),
      TOCSIN_FEED_MIRROR: mirror,
      LOG_LEVEL: "fatal",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  let errors = "";
  child.stdout.on("data", (chunk) => (text += String(chunk)));
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  const done = once(child, "close").then(([code, signal]) => ({ code, signal, text, errors }));
  return { child, done };
}

type Report = { feedId: string; status: string; iocsNew: number; iocsChanged: number; sightingsNew: number };

async function ingest(url: string, ...feeds: string[]): Promise<Report[]> {
  const { code, text, errors } = await start(url, "ingest", "--json", ...feeds).done;
  expect({ code, errors, text }).toMatchObject({ code: 0 });
  return (JSON.parse(text) as { data: Report[] }).data;
}

/** All that is stored, but for when it came; lists in their order where `ordered`. */
async function contents(client: pg.Client): Promise<string> {
  const tables = [];
  for (const table of ["ioc", "sighting"]) {
    const { rows } = await client.query<{ row: object }>(
      `SELECT to_jsonb(t) - '{created_at,updated_at}'::text[] AS row FROM ${table} t ORDER BY ${table === "ioc" ? "id" : "ioc_id, feed_id"}`,
    );
    tables.push(rows.map(({ row }) => JSON.stringify(row)));
  }
  const { rows } = await client.query("SELECT DISTINCT ioc_id FROM ioc_change ORDER BY ioc_id");
  return [...tables.flat(), JSON.stringify(rows)].join("\n");
}

const count = async (client: pg.Client, table: string) =>
  Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n);
const forget = (client: pg.Client) =>
  client.query("UPDATE feed SET etag = NULL, last_modified = NULL, claimed_by = NULL, claimed_until = NULL");

const all = ["urlhaus", "ipsum", "greensnow"];

it("the same pull again changes nothing, not even a time", { timeout: 400_000, ...again }, async () => {
  const began = Date.now();
  const { url, client } = await newDatabase();
  const first = await ingest(url, ...all);
  expect(first.map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
  expect([await count(client, "ioc"), await count(client, "sighting")]).toEqual([34_000, 40_000]);
  const state = () =>
    client
      .query("SELECT md5(string_agg(t::text, E'\\n' ORDER BY id)) AS iocs, count(*) FROM ioc t")
      .then(({ rows }) => rows);
  const sightings = () =>
    client
      .query("SELECT md5(string_agg(t::text, E'\\n' ORDER BY ioc_id, feed_id)) FROM sighting t")
      .then(({ rows }) => rows);
  const before = [await state(), await sightings(), await count(client, "ioc_change")];
  for (let round = 0; round < 2; round++) {
    await forget(client);
    const repeated = await ingest(url, ...all);
    expect(repeated).toMatchObject(all.map(() => ({ status: "ok", iocsNew: 0, sightingsNew: 0 })));
    expectSameHalfDay(began);
    expect(repeated).toMatchObject(all.map(() => ({ iocsChanged: 0 })));
    expect([await state(), await sightings(), await count(client, "ioc_change")]).toEqual(before);
  }
});

it("two workers at once double nothing", { timeout: 400_000, ...again }, async () => {
  const began = Date.now();
  const alone = await newDatabase();
  await ingest(alone.url, ...all);
  const { url, client } = await newDatabase();
  const [one, other] = await Promise.all([ingest(url, ...all), ingest(url, ...all.toReversed())]);
  const reports = [...one, ...other];
  // Whoever comes second to a feed is told so, or finds it unchanged.
  expect(
    reports
      .filter(({ status }) => status === "ok")
      .map(({ feedId }) => feedId)
      .sort(),
  ).toEqual([...all].sort());
  const sum = (field: "iocsNew" | "sightingsNew") => reports.reduce((total, report) => total + report[field], 0);
  expect([sum("iocsNew"), sum("sightingsNew")]).toEqual([34_000, 40_000]);
  expectSameHalfDay(began);
  // Which of two feeds came first is all that may differ.
  const united = (database: pg.Client) =>
    database
      .query(
        `SELECT id, value, confidence, stated, reputation, risk_score, sources_count, tlp,
           ARRAY(SELECT unnest(sources) ORDER BY 1) AS sources, ARRAY(SELECT unnest(categories) ORDER BY 1) AS categories,
           ARRAY(SELECT unnest(tags) ORDER BY 1) AS tags, (SELECT sum(occurrences) FROM sighting s WHERE s.ioc_id = ioc.id) AS seen
         FROM ioc ORDER BY id`,
      )
      .then(({ rows }) => rows);
  expect(await united(client)).toEqual(await united(alone.client));
});

it("SIGKILL in the middle, then a rerun, gives what an undisturbed pull gives", {
  timeout: 400_000,
  ...again,
}, async () => {
  const began = Date.now();
  const undisturbed = await newDatabase();
  await ingest(undisturbed.url, ...all);
  const { url, client } = await newDatabase();
  for (const rows of [1, 6_000, 14_000, 24_000]) {
    const { child, done } = start(url, "ingest", "--json", ...all);
    while (child.exitCode === null && (await count(client, "sighting")) < rows)
      await new Promise((next) => setTimeout(next, 5));
    child.kill("SIGKILL");
    expect((await done).signal).toBe("SIGKILL");
    expect(await count(client, "sighting")).toBeLessThan(40_000);
    // Its lease ends.
    await client.query("UPDATE feed SET claimed_until = now() - interval '1 second' WHERE claimed_by IS NOT NULL");
  }
  const reports = await ingest(url, ...all);
  expect(reports.map(({ status }) => status)).toEqual(expect.arrayContaining(["ok"]));
  expect([await count(client, "ioc"), await count(client, "sighting")]).toEqual([34_000, 40_000]);
  const { rows } = await client.query<{ status: string }>(
    "SELECT DISTINCT status FROM feed_run WHERE status = 'running'",
  );
  expect(rows).toEqual([]);
  expectSameHalfDay(began);
  expect(await contents(client)).toBe(await contents(undisturbed.client));
});
