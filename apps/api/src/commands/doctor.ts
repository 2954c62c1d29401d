import fs from "node:fs";
import path from "node:path";
import { readConnectivity } from "@tocsin/core/runs";
import { feeds } from "@tocsin/feeds";
import type { Deps } from "../deps";
import { askRedis } from "../limits/ask-redis";
import { settingRemarks } from "../settings/settings";
import { type Command, readArgs } from "./command";
import { tryEachFeed } from "./try-each-feed";

export type Finding = { check: string; state: "ok" | "warning" | "failed"; text: string };

/** `doctor`: settings, database, Redis, feeds, clock; each checked and explained. */
export const doctorCommand: Command = {
  usage: "doctor [--feeds]",
  summary: "check settings, database, Redis, feeds and clock, and say what is wrong; --feeds tries every feed",
  run: async ({ deps, terminal, json, args }) => {
    const { values } = readArgs(args, { feeds: { type: "boolean" } });
    const findings = [
      ...checkSettings(deps),
      checkDisk(deps),
      await checkDatabase(deps),
      ...(await checkDurability(deps)),
      ...(await checkAutovacuum(deps)),
      await checkClock(deps),
      ...(await checkRedis(deps)),
      await checkPepper(deps),
      await checkAccounts(deps),
      ...(await checkFeeds(deps)),
      ...(values.feeds ? await tryEachFeed(deps) : []),
    ];
    const failed = findings.some((finding) => finding.state === "failed");
    if (json) terminal.out(`${JSON.stringify({ ok: !failed, data: findings })}\n`);
    else for (const finding of findings) terminal.out(`${mark[finding.state]} ${finding.check}: ${finding.text}\n`);
    return failed ? 1 : 0;
  },
};

const mark = { ok: "ok     ", warning: "warning", failed: "FAILED " };

function checkSettings({ settings, version }: Deps): Finding[] {
  const text = `Tocsin ${version} on Node ${process.versions.node}, listening on ${settings.host}:${settings.port}, public at ${settings.publicUrl}`;
  const { about } = settings.proxies;
  const proxies = about === null ? "no proxy: requests to others go directly" : `requests to ${about}; e-mail directly`;
  return [
    { check: "settings", state: "ok", text },
    { check: "proxy", state: "ok", text: proxies },
    ...settingRemarks(settings, "settings"),
  ];
}

function checkDisk({ db, settings }: Deps): Finding {
  try {
    fs.mkdirSync(settings.dataDir, { recursive: true });
    const probe = path.join(settings.dataDir, `.probe.${process.pid}`);
    fs.writeFileSync(probe, "x");
    fs.rmSync(probe);
    const { bavail, bsize } = fs.statfsSync(settings.dataDir);
    const free = (bavail * bsize) / 1e9;
    const text = `${settings.dataDir} is writable, ${free.toFixed(1)} GB free`;
    if (db.kind === "pglite" && db.storage() === "full")
      return { check: "data folder", state: "failed", text: `${text}: too little, so the database writes nothing` };
    return {
      check: "data folder",
      state: free < 1 ? "warning" : "ok",
      text: free < 1 ? `${text}: make room before the database stops` : text,
    };
  } catch (error) {
    return {
      check: "data folder",
      state: "failed",
      text: `${settings.dataDir} cannot be written: ${(error as Error).message}`,
    };
  }
}

async function checkDatabase({ db }: Deps): Promise<Finding> {
  const [row] = await db.sql.query<{ version: string; number: number; migrations: number; iocs: number }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
            (SELECT count(*) FROM _prisma_migrations) AS migrations,
            (SELECT greatest(reltuples, 0)::int8 FROM pg_class WHERE oid = 'ioc'::regclass) AS iocs`,
  );
  const text = `${db.kind === "pglite" ? "embedded PGlite" : "PostgreSQL"} ${row?.version}, ${row?.migrations} migrations applied, about ${row?.iocs} IOCs`;
  if ((row?.number ?? 0) < 150_000)
    return { check: "database", state: "failed", text: `${text}: PostgreSQL 15 or newer is needed` };
  return { check: "database", state: "ok", text };
}

/** What PostgreSQL answers must be on its disk; the embedded database is started so. */
async function checkDurability({ db }: Deps): Promise<Finding[]> {
  if (db.kind === "pglite") return [];
  const settings = await db.sql.query<{ name: string; setting: string }>(
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name",
  );
  const check = "database";
  return settings
    .filter(({ setting }) => setting === "off")
    .map(({ name }) => ({
      check,
      state: "warning",
      text: `the server has ${name} = off: a revocation that was answered can be undone by a power cut. Set it to on.`,
    }));
}

/** Statistics and room of a server's tables; the worker analyses what it fills either way. */
async function checkAutovacuum({ db }: Deps): Promise<Finding[]> {
  if (db.kind === "pglite") return [];
  const [row] = await db.sql.query<{ on: boolean; tables: string | null }>(
    `SELECT current_setting('autovacuum')::bool AND current_setting('track_counts')::bool AS on,
       (SELECT string_agg(relname, ', ' ORDER BY relname) FROM pg_class
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
          AND lower(reloptions::text) ~ 'autovacuum_enabled=(off|false|no|0)') AS tables`,
  );
  const check = "autovacuum";
  const cost =
    "Rows that are gone stay in the tables, and what lists read grows without end. Turn it on, or run VACUUM ANALYZE every day.";
  if (row?.on === false) return [{ check, state: "warning", text: `off on this server. ${cost}` }];
  if (row?.tables) return [{ check, state: "warning", text: `off for ${row.tables}. ${cost}` }];
  return [{ check, state: "ok", text: "on" }];
}

async function checkClock({ db }: Deps): Promise<Finding> {
  const before = Date.now();
  const [row] = await db.sql.query<{ now: Date }>("SELECT clock_timestamp() AS now");
  const after = Date.now();
  const skew = row ? row.now.getTime() - (before + after) / 2 : 0;
  const off = Math.max(0, Math.abs(skew) - (after - before) / 2);
  return off > 2_000
    ? {
        check: "clock",
        state: "warning",
        text: `this machine is ${(off / 1000).toFixed(1)} s away from the database's clock: the times of expiry and, without Redis, of rate-limit windows would differ between nodes. Turn on NTP.`,
      }
    : { check: "clock", state: "ok", text: `within ${Math.ceil(off)} ms of the database's` };
}

async function checkRedis({ settings }: Deps): Promise<Finding[]> {
  if (!settings.redisUrl) return [];
  const answer = await askRedis(settings.redisUrl);
  const check = "redis";
  if (!answer.ok) {
    const text = `REDIS_URL: ${answer.problem}. Until it answers, each node counts limits by itself.`;
    return [{ check, state: "failed", text }];
  }
  const kind = `${answer.server}${answer.cluster ? ", part of a cluster" : ""}`;
  const text = `${kind} answers in ${answer.ms} ms: limits are counted for all nodes together`;
  if (answer.ms < 50) return [{ check, state: "ok", text }];
  return [{ check, state: "warning", text: `${text}. Every request waits for it, 100 ms at most: bring it nearer.` }];
}

async function checkPepper({ db, context }: Deps): Promise<Finding> {
  const known = [...context.peppers.byId.keys()];
  const lost = await db.prisma.keySecret.count({ where: { pepperId: { notIn: known } } });
  return lost > 0
    ? {
        check: "secret",
        state: "failed",
        text: `${lost} stored keys were made under another TOCSIN_SECRET and cannot be verified. Name the old one in TOCSIN_PREVIOUS_SECRETS.`,
      }
    : { check: "secret", state: "ok", text: "every stored key can be verified" };
}

async function checkAccounts({ db }: Deps): Promise<Finding> {
  const operators = await db.prisma.user.count({ where: { operator: true } });
  return operators > 0
    ? { check: "accounts", state: "ok", text: `${operators} operator account${operators > 1 ? "s" : ""}` }
    : { check: "accounts", state: "warning", text: "nobody can sign in yet: `tocsin setup-link` prints a link" };
}

async function checkFeeds({ db, context, settings, feeds: chosen }: Deps): Promise<Finding[]> {
  const findings: Finding[] = settingRemarks(settings, "feeds");
  const { offline } = await readConnectivity(context);
  if (offline) {
    const text = `none can be reached: check the network, set HTTPS_PROXY, or read them from a folder (TOCSIN_FEED_MIRROR); \`demo load\` loads a sample set`;
    findings.push({ check: "feeds", state: "warning", text });
  }
  const failing = await db.prisma.feed.findMany({
    where: { failures: { gt: 0 }, enabled: true, ...(offline ? { unreachable: false } : {}) },
    select: { id: true, failures: true },
  });
  for (const feed of failing) {
    findings.push({
      check: `feed ${feed.id}`,
      state: "warning",
      text: `its last ${feed.failures} pull${feed.failures > 1 ? "s" : ""} failed: see the dashboard's feed page`,
    });
  }
  const keyless = chosen.filter((feed) => feed.needsKey && !settings.feedMirror && !settings.feedKeys[feed.needsKey]);
  if (keyless.length > 0)
    findings.push({
      check: "feeds",
      state: "warning",
      text: `off for want of a key: ${keyless.map((feed) => `${feed.id} (${feed.needsKey})`).join(", ")}`,
    });
  findings.push({
    check: "feeds",
    state: "ok",
    text: `${chosen.length} of ${feeds.length} chosen, pulled by ${settings.worker ? "this process's worker" : "another process"}`,
  });
  return findings;
}
