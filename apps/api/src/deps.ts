import { randomUUID } from "node:crypto";
import os from "node:os";
import {
  createFailureLimiter,
  createMemoryLimiter,
  createSlots,
  type FailureLimiter,
  type Limiter,
  type Slots,
} from "@tocsin/core/access";
import { cacheAttack } from "@tocsin/core/attack";
import { chainOldEvents, createDenialRecorder, type DenialRecorder } from "@tocsin/core/audit";
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
import { type Auth, createAuth, type Passwords } from "./accounts/auth";
import { recordFailedSignIn } from "./accounts/failed-sign-in";
import { type Secrets, secretsOf } from "./accounts/sealing";
import { announceSignUp } from "./accounts/sign-up-letter";
import { createPace, type Pace, pacedSql } from "./limits/pace";
import { createRedisLimiter, type RedisLimiter } from "./limits/redis-limiter";
import { createTurns, type Turns } from "./limits/turns";
import { createMailer, type Mailer } from "./mail/mailer";
import { lockDataDir } from "./process/data-lock";
import { version } from "./process/version";
import { noticeSetting } from "./settings/notice-setting";
import { deriveKeyring, type Keyring, readOrCreateSecretFile } from "./settings/secret";
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
  /** Null where no mail server is set. */
  mailer: Mailer | null;
  /** What second factors are sealed under. */
  accountSecrets: Secrets;
  verifier: Verifier;
  limiter: Limiter;
  /** The limiter, where REDIS_URL makes it one that all nodes share. */
  sharedLimits: RedisLimiter | null;
  failures: FailureLimiter;
  /** Verification of what addresses send that have used up their failures: a few at a time. */
  doubtful: Turns;
  /** What runs at once on this node. */
  slots: Slots;
  /** Lets exports work between short requests. */
  pace: Pace;
  /** Refusals of callers that are known, on their way to the audit log. */
  denials: DenialRecorder;
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
  const feeds = chosenFeeds(settings);
  const node = `${process.pid}@${os.hostname()}/${randomUUID().slice(0, 8)}`;
  const unlock = settings.databaseUrl ? () => {} : lockDataDir(settings.dataDir);
  try {
    const db = await openDatabase(settings, node);
    try {
      const applied = await migrate(db, {
        ...(events.waiting ? { waiting: events.waiting } : {}),
        ...(events.migrating ? { applying: events.migrating } : {}),
      });
      const deps = await buildDeps({ settings, log, db, node });
      // A killed process may have left claims; nobody else can hold one on these files.
      if (db.kind === "pglite") await releaseClaims(deps.context);
      await syncFeeds(deps.context, feeds);
      if (applied.some((name) => name.endsWith("_chain_audit_events"))) await chainOldEvents(deps.context);
      return { ...deps, close: () => deps.close().finally(unlock) };
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
    ? createDb({
        url: settings.databaseUrl,
        connections: settings.databasePool,
        name: `tocsin ${node}`,
        watched: true,
      })
    : createDb({ dataDir: `${settings.dataDir}/db` });
}

function chosenFeeds({ feeds, feedMirror: mirror }: Settings): readonly FeedDefinition[] {
  return selectFeeds(feeds, { mirror });
}

/**
 * Everything that stands on a database of this build's schema. Tests bring their own database, a clock that they set, and
 * passwords that cost little.
 */
export async function buildDeps({
  settings,
  log,
  db: opened,
  node,
  now = () => new Date(),
  passwords,
}: {
  settings: Settings;
  log: Logger;
  db: Db;
  node: string;
  now?: () => Date;
  passwords?: Passwords;
}): Promise<Deps> {
  const pace = createPace();
  const { lanes } = opened;
  // The embedded one has a queue of its own.
  const db: Db =
    opened.kind === "postgresql" ? { ...opened, lanes: { ...lanes, long: pacedSql(lanes.long, pace) } } : opened;
  const keyring = deriveKeyring(settings.secret ?? readOrCreateSecretFile(settings.dataDir), settings.previousSecrets);
  const base = createContext({ settings, log, db, now, keyring });
  const verifier = createVerifier({ ...base, sql: db.lanes.short }, { node, openLine: db.openLine });
  const warninglists = cacheWarninglists(base);
  const attack = cacheAttack(base);
  const context: Context = { ...base, revocation: verifier.revocation, warninglists };
  await Promise.all([warninglists.refresh(), attack.refresh()]);
  const refreshing = refreshRegularly([warninglists, attack], context.log);
  const usage = createUsageRecorder();
  const activity = createActivityRecorder();
  const sharedLimits = settings.redisUrl
    ? createRedisLimiter({ url: settings.redisUrl, prefix: settings.redisPrefix, log: context.log })
    : null;
  const limiter = sharedLimits ?? createMemoryLimiter();
  const secrets = secretsOf(keyring.accounts);
  const mailer = settings.mail ? createMailer({ ...settings.mail, timeoutMs: 10_000 }) : null;
  return {
    settings,
    version,
    node,
    db,
    context,
    auth: createAccounts({ settings, context, db, limiter, secrets, passwords, mailer }),
    mailer,
    accountSecrets: secrets,
    verifier,
    limiter,
    sharedLimits,
    failures: createFailureLimiter(),
    doubtful: createTurns(2),
    slots: createSlots(),
    pace,
    denials: createDenialRecorder(),
    usage,
    activity,
    log,
    feeds: chosenFeeds(settings),
    feedSettings: feedSettingsOf(settings),
    state: { draining: false, startedAt: new Date() },
    close: async () => {
      clearInterval(refreshing);
      sharedLimits?.stop();
      await usage.flush(context);
      await activity.flush(context, noticeSetting(settings));
      mailer?.close();
      await db.close();
    },
  };
}

function createContext({
  settings,
  log,
  db,
  now,
  keyring,
}: {
  settings: Settings;
  log: Logger;
  db: Db;
  now: () => Date;
  keyring: Keyring;
}): Context {
  return {
    db: db.prisma,
    sql: db.sql,
    now,
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
}

function createAccounts({
  settings,
  context,
  db,
  limiter,
  secrets,
  passwords,
  mailer,
}: {
  settings: Settings;
  context: Context;
  db: Db;
  limiter: Limiter;
  secrets: Secrets;
  passwords: Passwords | undefined;
  mailer: Mailer | null;
}): Auth {
  return createAuth({
    db: db.prisma,
    secrets,
    publicUrl: settings.publicUrl,
    instanceName: settings.instanceName,
    signup: settings.signup,
    passwordMinLength: settings.passwordMinLength,
    sessionHooks: auditSessions(context),
    log: context.log,
    passwords,
    onFailedSignIn: (failed) => recordFailedSignIn(context, failed),
    onTakenSignUp: (user) => announceSignUp({ context, limiter, mailer }, user),
    onSignUp: async (user) => {
      await createWorkspace(context, { name: `${user.name}'s workspace`, ownerUserId: user.id, tier: "free" });
    },
  });
}

function feedSettingsOf(settings: Settings): FeedSettings {
  return {
    mirror: settings.feedMirror,
    reportsSince: settings.reportsSince,
    keys: settings.feedKeys,
    spoolDir: `${settings.dataDir}/spool`,
    publicUrl: settings.publicUrl,
    version,
    privateFeeds: settings.privateFeeds,
    proxies: settings.proxies,
  };
}

/** Milliseconds after which a list that has changed, or a name of ATT&CK's, counts on every node. */
const refreshMs = 20_000;

function refreshRegularly(cached: readonly { refresh: () => Promise<void> }[], log: Context["log"]): NodeJS.Timeout {
  let busy = false;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    for (const one of cached)
      await one
        .refresh()
        .catch((error: unknown) => log.warn({ err: error }, "the warninglists or ATT&CK could not be read again"));
    busy = false;
  }, refreshMs);
  return timer.unref();
}
