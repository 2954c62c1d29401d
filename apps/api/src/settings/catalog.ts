import fs from "node:fs";
import { z } from "zod";
import type { SettingEntry } from "./entry";
import { day, feedChoice, hosts, integer, networks, onOff, origins, publicUrl, secret, text, url } from "./schemas";
import { storageSettings } from "./storage-settings";

/**
 * Every environment variable that Tocsin reads. To add one is to add an entry; `npx vitest run src/settings -u` then writes
 * `.env.example` and the tables of docs/operations.md.
 */
export const settingCatalog = {
  HOST: {
    group: "Where it answers",
    schema: text,
    as: "host",
    default: "127.0.0.1",
    about:
      "The address to listen on. 0.0.0.0 means every IPv4 interface; put a proxy with TLS in front (docs/operations.md#behind-a-proxy-with-tls).",
    remark: ({ host, publicUrl }) =>
      host !== "127.0.0.1" && host !== "::1" && publicUrl.startsWith("http://")
        ? {
            check: "settings",
            state: "warning",
            text: "HOST is open to the network while PUBLIC_URL is http: keys would travel in the clear. Put a TLS proxy in front and set PUBLIC_URL to its https address.",
          }
        : null,
  },
  PORT: {
    group: "Where it answers",
    schema: integer(0, 65_535),
    as: "port",
    default: "8080",
    about: "The port to listen on; 0 chooses a free one.",
  },
  PUBLIC_URL: {
    group: "Where it answers",
    schema: publicUrl.optional(),
    unset: "http://HOST:PORT, or https:// with TLS_CERT",
    example: "https://tocsin.example",
    about:
      "The address at which people and programs reach this instance, with a path where it is under one (`https://host.example/tocsin`). Every absolute link begins with it; with https:// the session cookie is Secure.",
  },
  TLS_CERT: {
    group: "Where it answers",
    schema: text.optional(),
    unset: "it answers http, and a proxy in front brings TLS",
    example: "/etc/tocsin/tls/fullchain.pem",
    about:
      "A file with the certificate and its chain in PEM: Tocsin then answers https by itself. It is read again within a minute of a change, and on SIGHUP.",
  },
  TLS_KEY: {
    group: "Where it answers",
    schema: text.optional(),
    unset: "none",
    example: "/etc/tocsin/tls/key.pem",
    about: "The file with its private key in PEM; required with TLS_CERT.",
  },
  TOCSIN_INSTANCE_NAME: {
    group: "Where it answers",
    schema: z
      .string()
      .trim()
      .regex(/^[^\p{Cc}|]{1,60}$/u, "must be 1 to 60 characters without | or control characters"),
    as: "instanceName",
    default: "Tocsin",
    about:
      "The instance's name in the dashboard, in meta.source, in STIX identities, CEF and Sigma: 1 to 60 characters, without |.",
  },
  TOCSIN_TRUST_PROXY: {
    group: "Where it answers",
    schema: networks.default([]),
    as: "trustProxy",
    unset: "none",
    example: "127.0.0.1,10.0.0.0/8",
    about: "Proxies whose X-Forwarded-For header is trusted: addresses and networks, separated by commas.",
  },
  TOCSIN_TRUST_PROXY_HEADER: {
    group: "Where it answers",
    schema: z.enum(["x-forwarded-for", "forwarded"]),
    as: "forwardedHeader",
    default: "x-forwarded-for",
    about:
      "The header field in which these proxies name the client: x-forwarded-for, with or without ports, or forwarded (RFC 7239). The other one is ignored, since a client may send it.",
  },
  TOCSIN_CORS_ORIGINS: {
    group: "Where it answers",
    schema: origins.default([]),
    as: "corsOrigins",
    unset: "none",
    example: "https://soc.example",
    about:
      "Web origins, separated by commas, whose pages may call the data endpoints with an API key. The dashboard's session is never shared with other origins.",
  },
  TOCSIN_ADDRESS_REQUESTS_AT_ONCE: {
    group: "Where it answers",
    schema: integer(10, 100_000),
    as: "addressAtOnce",
    default: "200",
    about:
      "How many requests of one address (an IPv6 /64 counts as one) this process works on at once: 10 to 100000. Behind a proxy set TOCSIN_TRUST_PROXY, else all clients share the proxy's address.",
  },
  TOCSIN_WRITE_TIMEOUT: {
    group: "Where it answers",
    schema: integer(5, 3_600),
    as: "writeTimeoutSeconds",
    default: "30",
    about: "Seconds after which the connection of a client that takes nothing of its answer is closed, 5 to 3600.",
  },
  ...storageSettings,
  TOCSIN_ADMIN_EMAIL: {
    group: "Accounts and keys",
    schema: z.email("must be an e-mail address").optional(),
    unset: "the console prints a one-time set-up link",
    example: "you@example.org",
    about: "The operator's account, created at the first start; required with TOCSIN_ADMIN_PASSWORD.",
  },
  TOCSIN_ADMIN_PASSWORD: {
    group: "Accounts and keys",
    schema: z.string().min(10, "must have at least 10 characters").max(256).optional(),
    unset: "none",
    about: "The password of the operator's account, 10 to 256 characters; required with TOCSIN_ADMIN_EMAIL.",
  },
  TOCSIN_SIGNUP: {
    group: "Accounts and keys",
    schema: z.enum(["closed", "open"]),
    as: "signup",
    default: "closed",
    about: "open: anybody may sign up and gets a workspace of tier free. closed: accounts by invitation only.",
  },
  TOCSIN_KEY_PREFIX: {
    group: "Accounts and keys",
    schema: z
      .string()
      .regex(/^[a-z0-9]+(_[a-z0-9]+)*_$/, "must be lower-case words, each followed by _, such as sk_live_")
      .max(24),
    as: "keyPrefix",
    default: "sk_live_",
    about:
      "The prefix of the secrets of API keys: lower-case words, each followed by _. Existing keys stay valid when it changes.",
  },
  TOCSIN_API_KEY: {
    group: "Accounts and keys",
    schema: text.optional(),
    as: "apiKey",
    unset: "none",
    about:
      "The API key that `tocsin mcp` asks the instance at PUBLIC_URL with; the server itself needs none (docs/mcp.md).",
  },
  TOCSIN_GITHUB_SECRET_SCANNING: {
    group: "Accounts and keys",
    schema: onOff,
    default: "off",
    about: "on: accepts GitHub's reports of leaked secrets (docs/leaked-keys.md).",
  },
  TOCSIN_GITHUB_KEYS_URL: {
    group: "Accounts and keys",
    schema: url("http:", "https:"),
    default: "https://api.github.com/meta/public_keys/secret_scanning",
    about: "Where the keys that verify the signatures of GitHub's reports are published.",
  },
  TOCSIN_PASSWORD_MIN_LENGTH: {
    group: "Accounts and keys",
    schema: integer(10, 64),
    as: "passwordMinLength",
    default: "10",
    about:
      "The fewest characters of a new password, 10 to 64. Whatever its length, a password may not be one of the common ones, also in disguise, nor the person's name or address.",
  },
  TOCSIN_ALLOW_PRIVATE_IDENTITY_PROVIDERS: {
    group: "Accounts and keys",
    schema: onOff,
    as: "privateProviders",
    default: "off",
    about:
      "on: identity providers of single sign-on may be at private and loopback addresses, and http://. off: nobody can use the settings of single sign-on to make the server read from its internal network.",
  },
  TOCSIN_FEEDS: {
    group: "Feeds",
    schema: feedChoice,
    as: "feeds",
    default: "on",
    about:
      "on, off, or the ids of feeds, separated by commas (docs/feeds.md lists them). `npm run dev` has them off unless this is set.",
  },
  TOCSIN_FEED_MIRROR: {
    group: "Feeds",
    schema: text.optional(),
    unset: "the network",
    about:
      "A folder from which feeds are read in place of the network: `<folder>/<feed id>/*`. For closed networks (docs/feeds.md#a-mirror-in-place-of-the-network).",
    remark: ({ feedMirror }) =>
      feedMirror && !fs.existsSync(feedMirror)
        ? { check: "feeds", state: "failed", text: `TOCSIN_FEED_MIRROR: there is no folder ${feedMirror}` }
        : null,
  },
  TOCSIN_REPORTS_SINCE: {
    group: "Feeds",
    schema: day.optional(),
    unset: "two years before each pull",
    about:
      "The first day (YYYY-MM-DD) of the reports that are read from repositories of reports (docs/feeds.md#repositories-of-reports). Earlier ones are over for most types, and a lookup alone would find them.",
  },
  TOCSIN_EXPORT_RESTRICTED: {
    group: "Feeds",
    schema: z.enum(["include", "exclude"]),
    as: "exportRestricted",
    default: "include",
    about:
      "include or exclude: whether API keys may read indicators whose sources all forbid redistribution. Set exclude when you give keys to other organisations (docs/feeds.md has each feed's terms).",
  },
  TOCSIN_ABUSECH_KEY: {
    group: "Feeds",
    schema: text.optional(),
    unset: "the feeds of abuse.ch that need one are off",
    about: "The Auth-Key of auth.abuse.ch (free).",
  },
  TOCSIN_OTX_KEY: {
    group: "Feeds",
    schema: text.optional(),
    unset: "these pulses are not read",
    about: "The API key of otx.alienvault.com (free), for the pulses that you subscribe to there.",
  },
  TOCSIN_ALLOW_PRIVATE_FEEDS: {
    group: "Feeds",
    schema: onOff,
    as: "privateFeeds",
    default: "off",
    about:
      "on: feeds that operators add may be at private and loopback addresses. off: nobody can use the dashboard to make the server read from its internal network.",
  },
  TOCSIN_WORKER: {
    group: "Feeds",
    schema: onOff,
    as: "worker",
    default: "on",
    about:
      "off: this server pulls no feeds and runs no background jobs; a separate process does (`npm run -s tocsin -- worker`).",
  },
  HTTPS_PROXY: {
    group: "Proxies for outgoing requests",
    schema: url("http:", "https:").optional(),
    unset: "https:// addresses are asked directly",
    example: "http://user:password@proxy.example:3128",
    about:
      "The HTTP proxy for requests to https:// addresses: feeds, TAXII servers, webhooks and GitHub's keys (docs/operations.md#behind-a-proxy-for-outgoing-requests). E-mail goes to its server directly. `https_proxy` does the same.",
  },
  HTTP_PROXY: {
    group: "Proxies for outgoing requests",
    schema: url("http:", "https:").optional(),
    unset: "http:// addresses are asked directly",
    example: "http://proxy.example:3128",
    about: "The same for requests to http:// addresses. `http_proxy` does the same.",
  },
  NO_PROXY: {
    group: "Proxies for outgoing requests",
    schema: hosts.default([]),
    unset: "none",
    example: "localhost,127.0.0.1,.internal.example,10.0.0.0/8",
    about:
      "What is asked without a proxy, separated by commas: names (with all names under them), addresses, networks, each with `:port` if need be, or * for everything. `no_proxy` does the same.",
  },
  TOCSIN_USAGE_MINUTE_DAYS: {
    group: "Retention",
    schema: integer(1, 3650),
    default: "7",
    about:
      "Days for which the usage of API keys is kept by minute. It is kept up to a month longer, since partitions are dropped by whole months. Usage by day is kept forever.",
  },
  TOCSIN_USAGE_HOUR_DAYS: {
    group: "Retention",
    schema: integer(1, 3650),
    default: "90",
    about:
      "Days for which the usage of API keys is kept by hour, up to a month longer as well. The refusals by hour of the analytics need the hours.",
  },
  TOCSIN_ARTICLE_RETENTION_DAYS: {
    group: "Retention",
    schema: integer(1, 36_500),
    as: "articleDays",
    default: "730",
    about:
      "Days after which an article that has not changed is archived: lists leave it out, a request for its id still finds it.",
  },
  TOCSIN_WITHDRAWN_RETENTION_DAYS: {
    group: "Retention",
    schema: integer(1, 36_500),
    as: "withdrawnDays",
    default: "365",
    about: "Days for which a withdrawn IOC is kept for lookups before it is deleted.",
  },
  TOCSIN_MATCH_RETENTION_DAYS: {
    group: "Retention",
    schema: integer(1, 36_500),
    as: "matchDays",
    default: "365",
    about: "Days for which a watchlist match is kept after the last change of the IOC or article that it found.",
  },
  TOCSIN_SMTP_URL: {
    group: "Notices",
    schema: url("smtp:", "smtps:").optional(),
    unset: "notices are shown in the dashboard and sent to webhooks only",
    example: "smtp://user:password@mail.example:587",
    about:
      "The mail server for e-mails to owners and admins: smtp:// (with STARTTLS where the server offers it) or smtps:// (docs/notices.md).",
  },
  TOCSIN_MAIL_FROM: {
    group: "Notices",
    schema: z
      .string()
      .trim()
      .regex(/^[^\p{Cc}]{0,200}[^\s@<>]+@[^\s@<>]+>?$/u, "must be an e-mail address, or Name <address>")
      .optional(),
    unset: "none",
    example: "Tocsin <tocsin@example.org>",
    about: "The sender of these e-mails; required with TOCSIN_SMTP_URL.",
  },
  TOCSIN_WEBHOOK_PRIVATE: {
    group: "Notices",
    schema: onOff,
    as: "webhookPrivate",
    default: "off",
    about:
      "on: webhooks may use private and loopback addresses, and http://. For instances whose users are all trusted.",
  },
  TOCSIN_METRICS_TOKEN: {
    group: "Monitoring",
    schema: secret.optional(),
    as: "metricsToken",
    unset: "only this machine may read it, and nobody where PUBLIC_URL is no loopback address or a proxy is trusted",
    about:
      "Allows to read /metrics (Prometheus) with `Authorization: Bearer <token>`; at least 32 characters. Required on any instance with a public address, on its own machine too (docs/operations.md#health).",
  },
  TOCSIN_AUDIT_SYSLOG: {
    group: "Monitoring",
    schema: url("tls:").optional(),
    as: "auditSyslog",
    unset: "the audit log is not forwarded",
    example: "tls://siem.example:6514",
    about:
      "Where a worker forwards every event of the audit log, by syslog over TLS (RFC 5424, RFC 5425): docs/audit-events.md#pushing-the-log.",
  },
  TOCSIN_AUDIT_SYSLOG_CA: {
    group: "Monitoring",
    schema: text.optional(),
    as: "auditSyslogCa",
    unset: "the authorities that Node knows",
    example: "/etc/tocsin/tls/siem-ca.pem",
    about: "A file with the certificates, in PEM, of the authority that the receiver's certificate is from.",
  },
  TOCSIN_AUDIT_SYSLOG_FORMAT: {
    group: "Monitoring",
    schema: z.enum(["json", "ocsf"]),
    as: "auditSyslogFormat",
    default: "json",
    about: "json: the event as the API gives it; ocsf: as OCSF 1.1 has it.",
  },
  LOG_LEVEL: {
    group: "Monitoring",
    schema: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
    as: "logLevel",
    default: "info",
    about: "fatal, error, warn, info, debug, trace or silent.",
  },
} as const satisfies Record<string, SettingEntry>;
