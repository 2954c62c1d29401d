import path from "node:path";
import type { UsageRetention } from "@tocsin/core/usage";
import { parseNetwork } from "@tocsin/core/values";
import { feedKeys } from "@tocsin/feeds";
import { z } from "zod";

/** A setting whose value cannot be used: one line that names it and what is allowed. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("; "));
    this.name = "SettingsError";
  }
}

// An empty variable (`REDIS_URL=` in a file) is one that is not set.
const text = z.string().trim().min(1);
const optional = text.optional();
const url = (...protocols: string[]) =>
  text.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
    `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  );
const secret = text.refine((value) => value.length >= 32, "must have at least 32 characters (openssl rand -base64 48)");
const feedId = /^[a-z0-9][a-z0-9-]*$/;

const shape = z.object({
  HOST: text.default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  PUBLIC_URL: url("http:", "https:").optional(),
  TOCSIN_DATA_DIR: text.default(".tocsin"),
  DATABASE_URL: url("postgres:", "postgresql:").optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  REDIS_URL: url("redis:", "rediss:").optional(),
  REDIS_PREFIX: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9:._-]{1,64}$/, "must be 1 to 64 letters, digits and : . _ -")
    .default("tocsin:"),
  TOCSIN_INSTANCE_NAME: z
    .string()
    .trim()
    .regex(/^[^\p{Cc}|]{1,60}$/u, "must be 1 to 60 characters without | or control characters")
    .default("Tocsin"),
  TOCSIN_KEY_PREFIX: z
    .string()
    .regex(/^[a-z0-9]+(_[a-z0-9]+)*_$/, "must be lower-case words, each followed by _, such as sk_live_")
    .max(24)
    .default("sk_live_"),
  TOCSIN_SECRET: secret.optional(),
  TOCSIN_PREVIOUS_SECRETS: z
    .string()
    .transform((value) =>
      value
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(secret))
    .default([]),
  TOCSIN_ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  TOCSIN_ADMIN_PASSWORD: z.string().min(10, "must have at least 10 characters").max(256).optional(),
  TOCSIN_SIGNUP: z.enum(["closed", "open"]).default("closed"),
  TOCSIN_GITHUB_SECRET_SCANNING: z.enum(["on", "off"]).default("off"),
  TOCSIN_GITHUB_KEYS_URL: url("http:", "https:").default("https://api.github.com/meta/public_keys/secret_scanning"),
  TOCSIN_TRUST_PROXY: z
    .string()
    .trim()
    .transform((value) =>
      value
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine(
      (value) => value.every((part) => parseNetwork(part) !== null),
      "must be addresses and networks separated by commas, such as 127.0.0.1,10.0.0.0/8",
    )
    .default([]),
  TOCSIN_FEED_MIRROR: optional,
  TOCSIN_EXPORT_RESTRICTED: z.enum(["include", "exclude"]).default("include"),
  TOCSIN_FEEDS: z
    .string()
    .trim()
    .transform((value): "on" | "off" | string[] =>
      value === "on" || value === "off"
        ? value
        : value
            .split(",")
            .map((part) => part.trim())
            .filter(Boolean),
    )
    .refine(
      (value) => typeof value === "string" || (value.length > 0 && value.every((id) => feedId.test(id))),
      "must be on, off, or feed ids separated by commas",
    )
    .default("on"),
  TOCSIN_WORKER: z.enum(["on", "off"]).default("on"),
  TOCSIN_USAGE_MINUTE_DAYS: z.coerce.number().int().min(1).max(3650).default(7),
  TOCSIN_USAGE_HOUR_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  TOCSIN_ARTICLE_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(730),
  TOCSIN_WITHDRAWN_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
  TOCSIN_MATCH_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
  TOCSIN_ABUSECH_KEY: optional,
  TOCSIN_OTX_KEY: optional,
  TOCSIN_ALLOW_PRIVATE_FEEDS: z.enum(["on", "off"]).default("off"),
  TOCSIN_WEBHOOK_PRIVATE: z.enum(["on", "off"]).default("off"),
  TOCSIN_SMTP_URL: url("smtp:", "smtps:").optional(),
  TOCSIN_MAIL_FROM: z
    .string()
    .trim()
    .regex(/^[^\p{Cc}]{0,200}[^\s@<>]+@[^\s@<>]+>?$/u, "must be an e-mail address, or Name <address>")
    .optional(),
  TOCSIN_METRICS_TOKEN: secret.optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Settings = {
  host: string;
  port: number;
  publicUrl: string;
  dataDir: string;
  databaseUrl: string | undefined;
  databasePool: number;
  redisUrl: string | undefined;
  redisPrefix: string;
  instanceName: string;
  keyPrefix: string;
  /** Absent only with the embedded database, whose secret lies in the data folder. */
  secret: string | undefined;
  previousSecrets: string[];
  admin: { email: string; password: string } | undefined;
  signup: "closed" | "open";
  /** Where GitHub publishes the keys that it signs its reports of leaked secrets with; null takes no such reports. */
  githubKeysUrl: string | null;
  /** Addresses and networks whose X-Forwarded-For is believed. */
  trustProxy: string[];
  feedMirror: string | undefined;
  feeds: "on" | "off" | string[];
  worker: boolean;
  /** How long usage is kept by minute and by hour; by day it is kept for ever. */
  usageRetention: UsageRetention;
  /** Days after which an article that did not change is archived. */
  articleDays: number;
  /** For how many days an IOC that no source stands for any more is kept for lookups. */
  withdrawnDays: number;
  /** For how many days a watchlist match is kept after the last change of what it found. */
  matchDays: number;
  feedKeys: Record<string, string>;
  /** Whether feeds of operators may be at addresses that are not on the open internet. */
  privateFeeds: boolean;
  exportRestricted: "include" | "exclude";
  /** Whether webhooks may lead to addresses that are not on the open internet. */
  webhookPrivate: boolean;
  /** Absent: nothing is sent by e-mail. */
  mail: { url: string; from: string } | undefined;
  /** Opens /metrics to other machines. */
  metricsToken: string | undefined;
  logLevel: string;
};

/** Every environment variable that Tocsin reads; `.env.example` documents each (settings.test.ts). */
export const settingNames = Object.keys(shape.shape);

/** Reads and checks the environment. Throws SettingsError with a line for each wrong value, never with a secret's text. */
export function readSettings(env: Record<string, string | undefined>, cwd = process.cwd()): Settings {
  const given = Object.fromEntries(settingNames.map((name) => [name, env[name]?.trim() ? env[name] : undefined]));
  const parsed = shape.safeParse(given);
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map(explain));
  const problems = problemsOf(parsed.data);
  if (problems.length > 0) throw new SettingsError(problems);
  return settingsOf(parsed.data, cwd);
}

type Environment = z.output<typeof shape>;

/** Settings that are each well-formed and do not go together. */
function problemsOf(s: Environment): string[] {
  const problems: string[] = [];
  if (s.DATABASE_URL && !s.TOCSIN_SECRET) {
    problems.push("TOCSIN_SECRET: is required with DATABASE_URL, the same on every node (openssl rand -base64 48)");
  }
  if ((s.TOCSIN_ADMIN_EMAIL === undefined) !== (s.TOCSIN_ADMIN_PASSWORD === undefined)) {
    problems.push("TOCSIN_ADMIN_EMAIL, TOCSIN_ADMIN_PASSWORD: set both or neither");
  }
  if ((s.TOCSIN_SMTP_URL === undefined) !== (s.TOCSIN_MAIL_FROM === undefined)) {
    problems.push("TOCSIN_SMTP_URL, TOCSIN_MAIL_FROM: set both or neither");
  }
  return problems;
}

function settingsOf(s: Environment, cwd: string): Settings {
  return {
    host: s.HOST,
    port: s.PORT,
    publicUrl: (s.PUBLIC_URL ?? `http://${urlHost(s.HOST)}:${s.PORT}`).replace(/\/+$/, ""),
    dataDir: path.resolve(cwd, s.TOCSIN_DATA_DIR),
    databaseUrl: s.DATABASE_URL,
    databasePool: s.DATABASE_POOL,
    redisUrl: s.REDIS_URL,
    redisPrefix: s.REDIS_PREFIX,
    instanceName: s.TOCSIN_INSTANCE_NAME,
    keyPrefix: s.TOCSIN_KEY_PREFIX,
    secret: s.TOCSIN_SECRET,
    previousSecrets: s.TOCSIN_PREVIOUS_SECRETS,
    admin:
      s.TOCSIN_ADMIN_EMAIL && s.TOCSIN_ADMIN_PASSWORD
        ? { email: s.TOCSIN_ADMIN_EMAIL.toLowerCase(), password: s.TOCSIN_ADMIN_PASSWORD }
        : undefined,
    signup: s.TOCSIN_SIGNUP,
    githubKeysUrl: s.TOCSIN_GITHUB_SECRET_SCANNING === "on" ? s.TOCSIN_GITHUB_KEYS_URL : null,
    trustProxy: s.TOCSIN_TRUST_PROXY,
    feedMirror: s.TOCSIN_FEED_MIRROR ? path.resolve(cwd, s.TOCSIN_FEED_MIRROR) : undefined,
    feeds: s.TOCSIN_FEEDS,
    exportRestricted: s.TOCSIN_EXPORT_RESTRICTED,
    worker: s.TOCSIN_WORKER === "on",
    articleDays: s.TOCSIN_ARTICLE_RETENTION_DAYS,
    withdrawnDays: s.TOCSIN_WITHDRAWN_RETENTION_DAYS,
    matchDays: s.TOCSIN_MATCH_RETENTION_DAYS,
    usageRetention: { minuteDays: s.TOCSIN_USAGE_MINUTE_DAYS, hourDays: s.TOCSIN_USAGE_HOUR_DAYS },
    feedKeys: Object.fromEntries(feedKeys.flatMap((name) => (s[name] ? [[name, s[name]]] : []))),
    privateFeeds: s.TOCSIN_ALLOW_PRIVATE_FEEDS === "on",
    webhookPrivate: s.TOCSIN_WEBHOOK_PRIVATE === "on",
    mail: s.TOCSIN_SMTP_URL && s.TOCSIN_MAIL_FROM ? { url: s.TOCSIN_SMTP_URL, from: s.TOCSIN_MAIL_FROM } : undefined,
    metricsToken: s.TOCSIN_METRICS_TOKEN,
    logLevel: s.LOG_LEVEL,
  };
}

// 0.0.0.0 and :: are where to listen, not where to go.
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function explain(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0]);
  if (issue.code === "invalid_value") return `${name}: must be one of ${issue.values.join(", ")}`;
  if (issue.code === "invalid_type") return `${name}: must be a ${issue.expected}`;
  if (issue.code === "too_small" && issue.origin === "number") return `${name}: must be at least ${issue.minimum}`;
  if (issue.code === "too_big" && issue.origin === "number") return `${name}: must be at most ${issue.maximum}`;
  return `${name}: ${issue.message}`;
}
