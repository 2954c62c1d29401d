import path from "node:path";
import { createProxies, type Proxies } from "@tocsin/core/outbound";
import type { UsageRetention } from "@tocsin/core/usage";
import { feedKeys } from "@tocsin/feeds";
import { z } from "zod";
import { settingCatalog } from "./catalog";
import type { Remark, SettingEntry, SettingFacts } from "./entry";

/** A setting whose value cannot be used: one line that names it and what is allowed. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("; "));
    this.name = "SettingsError";
  }
}

type Catalog = typeof settingCatalog;
type SettingName = keyof Catalog;
type Environment = z.output<typeof shape>;
type NameAs<Name extends SettingName> = Catalog[Name] extends { readonly as: infer As extends string } ? As : never;

/** What entries of the catalog name in `as`, and what is made of several variables. */
export type Settings = {
  [Name in SettingName as NameAs<Name>]: z.output<Catalog[Name]["schema"]>;
} & CombinedSettings;

type CombinedSettings = {
  publicUrl: string;
  dataDir: string;
  admin: { email: string; password: string } | undefined;
  /** Files in PEM; absent: a proxy brings TLS, or nobody. */
  tls: { cert: string; key: string } | undefined;
  /** Where GitHub publishes the keys that it signs its reports of leaked secrets with; null takes no such reports. */
  githubKeysUrl: string | null;
  feedMirror: string | undefined;
  reportsSince: Date | undefined;
  /** How long usage is kept by minute and by hour; by day it is kept for ever. */
  usageRetention: UsageRetention;
  feedKeys: Record<string, string>;
  /** What carries requests to others. */
  proxies: Proxies;
  /** Absent: nothing is sent by e-mail. */
  mail: { url: string; from: string } | undefined;
};

const entries: readonly (readonly [string, SettingEntry])[] = Object.entries(settingCatalog);

/** Every environment variable that Tocsin reads. */
export const settingNames = Object.keys(settingCatalog) as readonly SettingName[];

const shape = z.object(
  // Each name with its own entry's schema, which fromEntries forgets.
  Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])) as {
    [Name in SettingName]: Catalog[Name]["schema"];
  },
);

/** Reads and checks the environment. Throws SettingsError with a line for each wrong value, never with a secret's text. */
export function readSettings(env: Record<string, string | undefined>, cwd = process.cwd()): Settings {
  // An empty variable (`REDIS_URL=` in a file) is one that is not set.
  const given = Object.fromEntries(
    entries.map(([name, entry]) => [name, textOf(env, name) ?? ("default" in entry ? entry.default : undefined)]),
  );
  const parsed = shape.safeParse(given);
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map(explain));
  const problems = problemsOf(parsed.data);
  if (problems.length > 0) throw new SettingsError(problems);
  const values: Readonly<Record<string, unknown>> = parsed.data;
  const plain = Object.fromEntries(entries.flatMap(([name, { as }]) => (as ? [[as, values[name]]] : [])));
  // `plain` has what entries name in `as`, by its type.
  return { ...plain, ...combine(parsed.data, cwd) } as Settings;
}

/** Proxies are often set in lower case, which curl and others prefer where both are there. */
function textOf(env: Record<string, string | undefined>, name: string): string | undefined {
  const names = name.endsWith("_PROXY") && !name.startsWith("TOCSIN_") ? [name.toLowerCase(), name] : [name];
  return names.map((each) => env[each]).find((value) => value?.trim());
}

/** What `tocsin doctor` says of these settings in one of its checks. */
export function settingRemarks(facts: SettingFacts, check: Remark["check"]): Remark[] {
  return entries.flatMap(([, { remark }]) => remark?.(facts) ?? []).filter((remark) => remark.check === check);
}

/** Settings that are each well-formed and do not go together. */
function problemsOf(s: Environment): string[] {
  const problems: string[] = [];
  if (s.DATABASE_URL && !s.TOCSIN_SECRET) {
    problems.push("TOCSIN_SECRET: is required with DATABASE_URL, the same on every node (openssl rand -base64 48)");
  }
  if ((s.TOCSIN_ADMIN_EMAIL === undefined) !== (s.TOCSIN_ADMIN_PASSWORD === undefined)) {
    problems.push("TOCSIN_ADMIN_EMAIL, TOCSIN_ADMIN_PASSWORD: set both or neither");
  }
  if ((s.TLS_CERT === undefined) !== (s.TLS_KEY === undefined)) problems.push("TLS_CERT, TLS_KEY: set both or neither");
  if ((s.TOCSIN_SMTP_URL === undefined) !== (s.TOCSIN_MAIL_FROM === undefined)) {
    problems.push("TOCSIN_SMTP_URL, TOCSIN_MAIL_FROM: set both or neither");
  }
  return problems;
}

function combine(s: Environment, cwd: string): CombinedSettings {
  return {
    publicUrl: (s.PUBLIC_URL ?? `${s.TLS_CERT ? "https" : "http"}://${urlHost(s.HOST)}:${s.PORT}`).replace(/\/+$/, ""),
    dataDir: path.resolve(cwd, s.TOCSIN_DATA_DIR),
    admin:
      s.TOCSIN_ADMIN_EMAIL && s.TOCSIN_ADMIN_PASSWORD
        ? { email: s.TOCSIN_ADMIN_EMAIL.toLowerCase(), password: s.TOCSIN_ADMIN_PASSWORD }
        : undefined,
    tls:
      s.TLS_CERT && s.TLS_KEY ? { cert: path.resolve(cwd, s.TLS_CERT), key: path.resolve(cwd, s.TLS_KEY) } : undefined,
    githubKeysUrl: s.TOCSIN_GITHUB_SECRET_SCANNING ? s.TOCSIN_GITHUB_KEYS_URL : null,
    reportsSince: s.TOCSIN_REPORTS_SINCE ? new Date(s.TOCSIN_REPORTS_SINCE) : undefined,
    feedMirror: s.TOCSIN_FEED_MIRROR ? path.resolve(cwd, s.TOCSIN_FEED_MIRROR) : undefined,
    usageRetention: { minuteDays: s.TOCSIN_USAGE_MINUTE_DAYS, hourDays: s.TOCSIN_USAGE_HOUR_DAYS },
    feedKeys: Object.fromEntries(feedKeys.flatMap((name) => (s[name] ? [[name, s[name]]] : []))),
    proxies: createProxies({ https: s.HTTPS_PROXY, http: s.HTTP_PROXY, except: s.NO_PROXY }),
    mail: s.TOCSIN_SMTP_URL && s.TOCSIN_MAIL_FROM ? { url: s.TOCSIN_SMTP_URL, from: s.TOCSIN_MAIL_FROM } : undefined,
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
