import { z } from "zod";
import type { SettingEntry } from "./entry";
import { databaseUrl, integer, secret, secrets, text, url } from "./schemas";

/** Part of the catalog: the databases, and what is kept of them. */
export const storageSettings = {
  TOCSIN_DATA_DIR: {
    group: "Where it stores data",
    schema: text,
    default: ".tocsin",
    about:
      "The folder of the embedded database, of the secret that was generated for it, and of feeds that are being read. `npm run dev` uses .tocsin-dev unless this is set.",
  },
  DATABASE_URL: {
    group: "Where it stores data",
    schema: databaseUrl.optional(),
    as: "databaseUrl",
    unset: "the embedded PGlite in TOCSIN_DATA_DIR, which one process can use",
    example: "postgres://tocsin:password@db.example:5432/tocsin",
    about: "PostgreSQL 15 or newer.",
  },
  DATABASE_POOL: {
    group: "Where it stores data",
    schema: integer(2, 200),
    as: "databasePool",
    default: "16",
    about:
      "How many connections this process may open to PostgreSQL: 2 to 200. From 8 on they are shared out, so that short requests, the dashboard, exports and background work do not wait for each other (docs/operations.md#fair-shares).",
  },
  TOCSIN_BACKUP_PASSPHRASE: {
    group: "Where it stores data",
    schema: z.string().min(12, "must have at least 12 characters").optional(),
    as: "backupPassphrase",
    unset: "backups are not encrypted, unless `--encrypt` asks for a passphrase",
    example: "seven-words-that-nobody-else-has",
    about:
      "The passphrase with which `tocsin backup` encrypts, and `tocsin restore` opens what is encrypted. Store it apart from the backups.",
  },
  REDIS_URL: {
    group: "Where it stores data",
    schema: url("redis:", "rediss:").optional(),
    as: "redisUrl",
    unset: "each node counts by itself, so a key may use its whole limit on each node",
    example: "redis://user:password@redis.example:6379",
    about:
      "Redis (5 or newer) or Valkey, one server or a cluster, redis:// or rediss://. Rate limits are then counted for all nodes together.",
  },
  REDIS_PREFIX: {
    group: "Where it stores data",
    schema: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9:._-]{1,64}$/, "must be 1 to 64 letters, digits and : . _ -"),
    as: "redisPrefix",
    default: "tocsin:",
    about: "The prefix of all Redis keys; give each instance that shares a Redis its own.",
  },
  TOCSIN_SECRET: {
    group: "Where it stores data",
    schema: secret.optional(),
    as: "secret",
    unset: "with the embedded database, generated once in TOCSIN_DATA_DIR/secret",
    about:
      "At least 32 characters, the same on every node: `openssl rand -base64 48`. Sessions and the pepper of the API keys' hashes derive from it. Required with DATABASE_URL. Without it no API key works.",
  },
  TOCSIN_PREVIOUS_SECRETS: {
    group: "Where it stores data",
    schema: secrets.default([]),
    as: "previousSecrets",
    unset: "none",
    about:
      "Former values of TOCSIN_SECRET, separated by commas. API keys that were made under them continue to work, and what is stored encrypted under them is encrypted anew.",
  },
} as const satisfies Record<string, SettingEntry>;
