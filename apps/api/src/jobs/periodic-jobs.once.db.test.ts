import { allTechniques, storeAttack } from "@tocsin/core/attack";
import { appendEvent } from "@tocsin/core/audit";
import { type Context, noOrigin } from "@tocsin/core/context";
import { ingestIocs } from "@tocsin/core/iocs";
import { testContext } from "@tocsin/core/testing";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { readSettings } from "../settings/settings";
import { startPeriodicJobs } from "./periodic-jobs";

let db: Db;
const lines: string[] = [];
const settings = readSettings({});
const minuteMs = 60_000;
const log = {
  debug: () => {},
  info: (_fields: object, message: string) => lines.push(message),
  warn: (_fields: object, message: string) => lines.push(message),
  error: () => {},
};

/** In true time, however busy the machine is. */
const wait = { timeout: 120_000 };

function append(): Promise<void> {
  const actor = { type: "system", id: null, name: "test" } as const;
  return appendEvent(
    { ...testContext(db), origin: noOrigin, actor, workspaceId: null },
    { action: "workspace.create" },
  );
}

beforeAll(async () => {
  db = await testDb();
  await append();
});
afterAll(() => db.close());
beforeEach(() => {
  lines.length = 0;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => vi.useRealTimers());

const seen = (text: string) => lines.filter((line) => line.includes(text)).length;

it("does each a minute after its start, again when it is due, and nothing after its stop", async () => {
  let ahead = 0;
  const context = testContext(db, { log, now: () => new Date(Date.now() + ahead) });
  const jobs = startPeriodicJobs({ context, settings });
  await vi.advanceTimersByTimeAsync(minuteMs - 1);
  // Others are due sooner; a new connection that they ask for is given up as the clock is set forward.
  expect([seen("audit checkpoint"), seen("usage was rolled up")]).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(1);
  await vi.waitFor(() => expect([seen("audit checkpoint"), seen("usage was rolled up")]).toEqual([1, 1]), wait);
  ahead = 61 * minuteMs;
  await append();
  for (let minute = 0; minute < 6; minute++) await vi.advanceTimersByTimeAsync(minuteMs);
  await vi.waitFor(() => expect(seen("audit checkpoint")).toBe(2), wait);
  await jobs.stop();
  ahead *= 3;
  await append();
  await vi.advanceTimersByTimeAsync(10 * minuteMs);
  expect([seen("audit checkpoint"), seen("usage was rolled up")]).toEqual([2, 1]);
});

it("tries again ten minutes after a failure", async () => {
  const context = testContext(db, { log, now: () => new Date() });
  let away = true;
  const query: Context["sql"]["query"] = (text, values) =>
    away ? Promise.reject(new Error("connection lost")) : context.sql.query(text, values);
  const jobs = startPeriodicJobs({ context: { ...context, sql: { ...context.sql, query } }, settings });
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect([seen("could not write audit checkpoints"), seen("could not roll up usage")]).toEqual([1, 1]);
  away = false;
  await vi.advanceTimersByTimeAsync(10 * minuteMs);
  await vi.waitFor(() => expect(seen("usage was rolled up")).toBe(1), wait);
  await jobs.stop();
});

it("deletes watchlist matches when their time is over", async () => {
  const now = new Date("2026-11-21T12:00:00.000Z");
  const context = testContext(db, { log, now: () => now });
  const id = "00000000-0000-4000-8000-000000000001";
  const at = (days: number) => new Date(now.getTime() - days * 24 * 60 * minuteMs).toISOString();
  await db.sql.query("INSERT INTO workspace (id, name, slug, created_at) VALUES ($1::uuid, 'W', 'w', $2)", [
    id,
    at(800),
  ]);
  await db.sql.query(
    `INSERT INTO watchlist (id, workspace_id, name, created_at, created_by, updated_at)
     VALUES ($1::uuid, $1::uuid, 'Ours', $2::timestamptz, 'ada@people.example', $2::timestamptz)`,
    [id, at(800)],
  );
  await db.sql.query(
    `INSERT INTO watchlist_entry (id, watchlist_id, kind, value, created_at)
     VALUES ($1::uuid, $1::uuid, 'domain', 'example.org', $2::timestamptz)`,
    [id, at(800)],
  );
  for (const days of [364, 366]) {
    await db.sql.query(
      `INSERT INTO watchlist_match (watchlist_id, entry_id, subject, subject_id, reason, held, matched_at, last_at)
       VALUES ($1::uuid, $1::uuid, 'ioc', gen_random_uuid(), 'exact', false, $2::timestamptz, $3::timestamptz)`,
      [id, at(700), at(days)],
    );
  }
  const jobs = startPeriodicJobs({ context, settings });
  await vi.advanceTimersByTimeAsync(minuteMs);
  const left = () => db.sql.query<{ last_at: Date }>("SELECT last_at FROM watchlist_match");
  await vi.waitFor(async () => expect(await left()).toEqual([{ last_at: new Date(at(364)) }]), wait);
  await jobs.stop();
});

it("withdraws what no source stands for any more, and deletes it when its time is over", async () => {
  let now = new Date("2026-11-21T12:00:00.000Z");
  const context = testContext(db, { log, now: () => now });
  const observations = Array.from({ length: 2_500 }, (_, n) => ({ value: `198.51.${n >> 8}.${n & 255}` }));
  const feed = { id: "list", name: "List", category: "threat-feed", confidence: "low", tlp: "clear" } as const;
  await ingestIocs(context, { feed, observations, pulledAt: now });
  const count = async (condition: string) =>
    (await db.sql.query<{ n: number }>(`SELECT count(*) AS n FROM ioc WHERE ${condition}`))[0]?.n;
  const jobs = startPeriodicJobs({ context, settings });
  now = new Date("2026-12-25T12:00:00.000Z");
  await vi.advanceTimersByTimeAsync(minuteMs);
  await vi.waitFor(async () => expect(await count("withdrawn_at IS NOT NULL")).toBe(2_500), wait);
  await jobs.stop();
  now = new Date("2027-12-26T12:00:00.000Z");
  const later = startPeriodicJobs({ context, settings });
  await vi.advanceTimersByTimeAsync(minuteMs);
  await vi.waitFor(async () => expect(await count("true")).toBe(0), wait);
  await later.stop();
});

it("tells pollers what ATT&CK has renamed, once every process knows it", async () => {
  // The names apply after the last change of any record, and other tests make some in days to come.
  await db.sql.query("DELETE FROM ioc");
  let ahead = 0;
  const context = testContext(db, { log, now: () => new Date(Date.now() + ahead) });
  const techniques = allTechniques().flatMap((one) =>
    one.id.startsWith("T0") ? [] : [one.id === "T1059" ? { ...one, name: "Interpreters" } : one],
  );
  const tables = { techniques, tactics: [], former: [], groups: [], software: [] };
  await storeAttack(context, { matrix: "enterprise", version: "99", modified: new Date(), tables });
  const announced = async () => {
    const [row] = await db.sql.query<{ done: boolean }>("SELECT announced_at IS NOT NULL AS done FROM attack_edition");
    return row?.done;
  };
  const jobs = startPeriodicJobs({ context, settings });
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(await announced()).toBe(false);
  ahead = 4 * minuteMs;
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(await announced()).toBe(true);
  }, wait);
  await jobs.stop();
});
