import type { Db } from "@tocsin/db";
import type { Context, Log } from "./context";

export { type BatchRow, prepareBatch } from "./iocs/batch";
export { lifetimeSeconds } from "./iocs/lifetime";
export { asyncCpuGrowth, cpuGrowth } from "./lib/testing";

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A context on a test database, with a clock that stands still unless `now` is given. */
export function testContext(db: Db, overrides: Partial<Context> = {}): Context {
  return {
    db: db.prisma,
    sql: db.sql,
    now: () => new Date("2026-11-21T12:00:00.000Z"),
    log: silent,
    instance: { name: "Tocsin", publicUrl: "http://127.0.0.1:8080", keyPrefix: "sk_live_" },
    peppers: { current: "test", byId: new Map([["test", Buffer.alloc(32, 7)]]) },
    auditKeys: { current: "test", byId: new Map([["test", Buffer.alloc(32, 9)]]) },
    ...overrides,
  };
}
