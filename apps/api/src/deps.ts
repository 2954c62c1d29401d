import { randomUUID } from "node:crypto";
import os from "node:os";
import { createFailureLimiter, createMemoryLimiter, type FailureLimiter, type Limiter } from "@tocsin/core/access";
import { cacheAttack } from "@tocsin/core/attack";
import { chainOldEvents } from "@tocsin/core/audit";
import type { Context } from "@tocsin/core/context";
import { createVerifier, type Verifier } from "@tocsin/core/keys";
import { type ActivityRecorder, createActivityRecorder } from "@tocsin/core/notices";
import { releaseClaims, syncFeeds } from "@tocsin/core/runs";
import { createUsageRecorder, type UsageRecorder } from "@tocsin/core/usage";
import { cacheWarninglists } from "@tocsin/core/warninglists";
import { createWorkspace } from "@tocsin/core/workspaces";
import { createDb, type Db, migrate } from "@tocsin/db";
import { type FeedDefinition, type FeedSettings, selectFeeds } from "@tocsin/feeds";
import type { Logger } from "pino";
import { auditSessions } from "./accounts/audit-sessions";
import { type Auth, createAuth } from "./accounts/auth";
import { createRedisLimiter, type RedisLimiter } from "./limits/redis-limiter";
import { lockDataDir } from "./process/data-lock";
import { version } from "./process/version";
import { noticeSetting } from "./settings/notice-setting";
import { deriveKeyring, readOrCreateSecretFile } from "./settings/secret";
import type { Settings } from "./settings/settings";

/** Everything that a process of Tocsin holds, made once at its start. */
export type Deps = {
  settings: Settings;
  version: string;
  /** This process, in claims, logs and runs. */
  node: string;
  db: Db;
  context: Context;
  auth: Auth;
  verifier: Verifier;
  limiter: Limiter;
  /** The limiter, where REDIS_URL makes it one that all nodes share. */
  sharedLimits: RedisLimiter | null;
  failures: FailureLimiter;
  usage: UsageRecorder;
  /** What notices are made of. */
  activity: ActivityRecorder;
  log: Logger;
  /** Those that TOCSIN_FEEDS chooses. */
  feeds: readonly FeedDefinition[];
  feedSettings: FeedSettings;
  state: { draining: boolean; readonly startedAt: Date };
  close: () => Promise<void>;
};

export type OpenEvents = { waiting?: () => void; migrating?: (name: string, index: number, count: number) => void };

/** Opens the database, brings it to this build's schema and builds what stands on it. */
export async function openDeps(settings: Settings, log: Logger, events: OpenEvents = {}): Promise<Deps> {
  // A feed that does not exist stops the start before anything is opened.
  const feeds = selectFeeds(settings.feeds, { mirror: settings.feedMirror });
  const node = `${process.pid}@${os.hostname()}/${randomUUID().slice(0, 8)}`;
  const unlock = settings.databaseUrl ? () => {} : lockDataDir(settings.dataDir);
  try {
    const db = await openDatabase(settings, node);
    try {
      const applied = await migrate(db, {
        ...(events.waiting ? { waiting: events.waiting } : {}),
        ...(events.migrating ? { applying: events.migrating } : {}),
      });
      const deps = await build(settings, feeds, log, db, node, unlock);
      if (applied.some((name) => name.endsWith("_chain_audit_events"))) await chainOldEvents(deps.context);
      return deps;
    } catch (error) {
      await db.close();
      throw error;
    }
  } catch (error) {
    unlock();
    throw error;
  }
}

function openDatabase(settings: Settings, node: string): Promise<Db> {
  return settings.databaseUrl
    ? createDb({ url: settings.databaseUrl, connections: settings.databasePool, name: `tocsin ${node}` })
    : createDb({ dataDir: `${settings.dataDir}/db` });
}

async function build(
  settings: Settings,
  feeds: readonly FeedDefinition[],
  log: Logger,
  db: Db,
  node: string,
  unlock: () => void,
): Promise<Deps> {
  const keyring = deriveKeyring(settings.secret ?? readOrCreateSecretFile(settings.dataDir), settings.previousSecrets);
  const base: Context = {
    db: db.prisma,
    sql: db.sql,
    now: () => new Date(),
    log: {
      debug: (fields, message) => log.debug(fields, message),
      info: (fields, message) => log.info(fields, message),
      warn: (fields, message) => log.warn(fields, message),
      error: (fields, message) => log.error(fields, message),
    },
    instance: {
      name: settings.instanceName,
      publicUrl: settings.publicUrl,
      keyPrefix: settings.keyPrefix,
      withholdsRestricted: settings.exportRestricted === "exclude",
    },
    peppers: keyring.peppers,
    auditKeys: keyring.auditKeys,
  };
  const verifier = createVerifier(base, { node, openLine: db.openLine });
  const warninglists = cacheWarninglists(base);
  const attack = cacheAttack(base);
  const context: Context = { ...base, revocation: verifier.revocation, warninglists };
  const auth = createAuth({
    db: db.prisma,
    secret: keyring.session,
    publicUrl: settings.publicUrl,
    instanceName: settings.instanceName,
    signup: settings.signup,
    sessionHooks: auditSessions(context),
    log: context.log,
    onSignUp: async (user) => {
      await createWorkspace(context, { name: `${user.name}'s workspace`, ownerUserId: user.id, tier: "free" });
    },
  });
  await syncFeeds(context, feeds);
  await Promise.all([warninglists.refresh(), attack.refresh()]);
  const refreshing = refreshRegularly([warninglists, attack], context.log);
  // A killed process may have left claims; nobody else can hold one on these files.
  if (db.kind === "pglite") await releaseClaims(context);
  const usage = createUsageRecorder();
  const activity = createActivityRecorder();
  const sharedLimits = settings.redisUrl
    ? createRedisLimiter({ url: settings.redisUrl, prefix: settings.redisPrefix, log: context.log })
    : null;
  return {
    settings,
    version,
    node,
    db,
    context,
    auth,
    verifier,
    limiter: sharedLimits ?? createMemoryLimiter(),
    sharedLimits,
    failures: createFailureLimiter(),
    usage,
    activity,
    log,
    feeds,
    feedSettings: {
      mirror: settings.feedMirror,
      keys: settings.feedKeys,
      spoolDir: `${settings.dataDir}/spool`,
      publicUrl: settings.publicUrl,
      version,
      privateFeeds: settings.privateFeeds,
    },
    state: { draining: false, startedAt: new Date() },
    close: async () => {
      clearInterval(refreshing);
      sharedLimits?.stop();
      await usage.flush(context);
      await activity.flush(context, noticeSetting(settings));
      await db.close();
      unlock();
    },
  };
}

/** Milliseconds after which a list that has changed, or a name of ATT&CK's, counts on every node. */
const refreshMs = 20_000;

function refreshRegularly(held: readonly { refresh: () => Promise<void> }[], log: Context["log"]): NodeJS.Timeout {
  let busy = false;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    for (const one of held)
      await one
        .refresh()
        .catch((error: unknown) => log.warn({ err: error }, "the warninglists or ATT&CK could not be read again"));
    busy = false;
  }, refreshMs);
  return timer.unref();
}
