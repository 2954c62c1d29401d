import type { PrismaClient, Sql } from "@tocsin/db";
import type { Caller } from "./access";
import type { Warninglists } from "./values";

/** Where log lines go; pino's shape, so that core needs no logger. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** HMAC keys for secrets, by id; new secrets use `current`, old ones verify under theirs. */
export type Peppers = { current: string; byId: ReadonlyMap<string, Uint8Array> };

/** HMAC keys of the audit log, by id; new events use `current`, old ones verify under theirs. */
export type SigningKeys = Peppers;

/** A number of the fence, and whose facts are worth nothing when they were read before it. */
export type Tombstone = { number: number; subject: string };

/** What the whole instance is and shares; every verb takes it, or a request's extension of it. */
export type Context = {
  db: PrismaClient;
  /** For the few hot statements; never together with an open transaction of `db`. */
  sql: Sql;
  now: () => Date;
  log: Log;
  instance: {
    name: string;
    publicUrl: string;
    keyPrefix: string;
    /** Whether keys get nothing that no source allows to pass on. */
    withholdsRestricted?: boolean;
  };
  peppers: Peppers;
  auditKeys: SigningKeys;
  /** The warninglists of this process; without them those that are shipped. */
  warninglists?: { current: () => Warninglists } | undefined;
  /** The memory of keys in this process, when it has one: a change that is made here is applied here first. */
  revocation?: { node: string; apply: (tombstone: Tombstone) => void } | undefined;
};

/** Where a request came from, for the audit log. */
export type Origin = { ip: string | null; userAgent: string | null; requestId: string | null };

export const noOrigin: Origin = { ip: null, userAgent: null, requestId: null };

/** One request: the instance, who calls (already proven) and from where. */
export type Call<C extends Caller = Caller> = Context & { caller: C; origin: Origin };
