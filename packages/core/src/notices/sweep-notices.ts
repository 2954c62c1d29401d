import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { dayMs, hourMs, withAdvisoryLock } from "../lib";
import type { NoticeSetting } from "./channels";
import { findFeedTrouble } from "./find-feed-trouble";
import { makeNotices, type NoticeDraft } from "./make-notices";
import { burst, expiryDays, unusedDays } from "./shape";

/** Notices that one statement makes. */
const batch = 500;
/** Refusals are looked at for this long, and then dropped. */
const refusalsKeptMs = hourMs;

type Ctx = Pick<Context, "sql" | "now">;
type KeyFact = { id: string; name: string; workspace_id: string };

/** Once a minute, by any number of nodes: keys that end soon, bursts of refusals, and feeds in trouble. Gives how many notices were made. */
export async function sweepNotices(ctx: Ctx, setting: NoticeSetting): Promise<number> {
  const made = await withAdvisoryLock(ctx, "tocsin notices", async ({ query }) => {
    const now = ctx.now();
    let made = 0;
    for (const days of [...expiryDays].sort((a, b) => a - b)) {
      const within = expiryDays.filter((each) => each < days).sort((a, b) => b - a)[0] ?? 0;
      made += await inBatches(query, setting, () => findExpiring(query, now, days, within));
    }
    made += await makeNotices(query, await findBursts(query, now), setting);
    made += await makeNotices(query, await findFeedTrouble(query, now), setting);
    await query("DELETE FROM key_refusal WHERE slot < $1::timestamptz", [before(now, refusalsKeptMs)]);
    return made;
  });
  return made ?? 0;
}

/** Once an hour: keys that nobody has used for long. It reads every key once. */
export async function sweepUnusedKeys(ctx: Ctx, setting: NoticeSetting): Promise<number> {
  const made = await withAdvisoryLock(ctx, "tocsin unused keys", ({ query }) =>
    inBatches(query, setting, () => findUnused(query, ctx.now())),
  );
  return made ?? 0;
}

/** Drops notices that are older than a year, with what was sent of them; what holds a second one off stays. */
export async function pruneNotices(ctx: Ctx): Promise<void> {
  await ctx.sql.query("DELETE FROM notice WHERE at < $1::timestamptz AND kind <> 'key.unused'", [
    before(ctx.now(), 365 * dayMs),
  ]);
  await ctx.sql.query(
    "DELETE FROM notice_delivery WHERE status <> 'pending' AND created_at < now() - interval '90 days'",
  );
}

async function inBatches(query: SqlQuery, setting: NoticeSetting, find: () => Promise<NoticeDraft[]>): Promise<number> {
  let made = 0;
  for (;;) {
    const drafts = await find();
    const fresh = await makeNotices(query, drafts, setting);
    made += fresh;
    if (drafts.length < batch || fresh === 0) return made;
  }
}

/**
 * Keys with at most `days` left and more than `within`, for which that was not told. A key that began its life so
 * close to its end needs no word: whoever made it knows.
 */
async function findExpiring(query: SqlQuery, now: Date, days: number, within: number): Promise<NoticeDraft[]> {
  const rows = await query<KeyFact & { expires_at: Date; occasion: string }>(
    `SELECT found.id, found.name, found.workspace_id, found.expires_at, found.occasion FROM (
       SELECT id, name, workspace_id, expires_at,
         id || ' ' || (extract(epoch FROM expires_at) * 1000)::int8 || ' ' || $4::text AS occasion
       FROM api_key
       WHERE expires_at > $1::timestamptz AND expires_at > $2::timestamptz AND expires_at <= $3::timestamptz
         AND revoked_at IS NULL AND created_at < expires_at - make_interval(secs => $5::float8)
     ) AS found
     JOIN workspace ON workspace.id = found.workspace_id AND workspace.suspended_at IS NULL
     WHERE NOT EXISTS (
       SELECT 1 FROM notice
       WHERE notice.workspace_id = found.workspace_id AND kind = 'key.expiring' AND notice.occasion = found.occasion
     ) ORDER BY expires_at LIMIT ${batch}`,
    [now.toISOString(), after(now, within * dayMs), after(now, days * dayMs), String(days), (days * dayMs) / 1_000],
  );
  return rows.map((row) => ({
    kind: "key.expiring",
    ...subjectOf(row),
    occasion: row.occasion,
    details: { days, expires_at: row.expires_at.toISOString() },
    at: now,
  }));
}

async function findUnused(query: SqlQuery, now: Date): Promise<NoticeDraft[]> {
  const rows = await query<KeyFact & { last_used_at: Date | null; created_at: Date; occasion: string }>(
    `SELECT found.id, found.name, found.workspace_id, found.last_used_at, found.created_at, found.occasion FROM (
       SELECT id, name, workspace_id, last_used_at, created_at,
         id || ' ' || (extract(epoch FROM COALESCE(last_used_at, created_at)) * 1000)::int8 AS occasion
       FROM api_key
       WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1::timestamptz)
         AND COALESCE(last_used_at, created_at) <= $2::timestamptz
     ) AS found
     JOIN workspace ON workspace.id = found.workspace_id AND workspace.suspended_at IS NULL
     WHERE NOT EXISTS (
       SELECT 1 FROM notice
       WHERE notice.workspace_id = found.workspace_id AND kind = 'key.unused' AND notice.occasion = found.occasion
     ) LIMIT ${batch}`,
    [now.toISOString(), before(now, unusedDays * dayMs)],
  );
  return rows.map((row) => ({
    kind: "key.unused",
    ...subjectOf(row),
    occasion: row.occasion,
    details: {
      days: unusedDays,
      last_used_at: row.last_used_at?.toISOString() ?? null,
      created_at: row.created_at.toISOString(),
    },
    at: now,
  }));
}

type BurstRow = KeyFact & { slot: Date; codes: Record<string, number> };

/** The first moment of each key's latest burst, unless one was told within the hour before it. */
async function findBursts(query: SqlQuery, now: Date): Promise<NoticeDraft[]> {
  const rows = await query<BurstRow>(
    `WITH slots AS (
       SELECT key_id, slot, sum(refused) AS refused FROM key_refusal
       WHERE slot > $1::timestamptz AND slot <= $2::timestamptz GROUP BY 1, 2
     ), sums AS (
       SELECT key_id, slot, sum(refused) OVER (
         PARTITION BY key_id ORDER BY slot RANGE BETWEEN make_interval(secs => $3::float8) PRECEDING AND CURRENT ROW
       ) AS refused FROM slots
     ), bursts AS (
       SELECT sums.key_id, min(slot) AS slot FROM sums
       WHERE refused >= $4::int4 AND NOT EXISTS (
         SELECT 1 FROM notice WHERE notice.key_id = sums.key_id AND kind = 'key.failures'
           AND at > sums.slot - make_interval(secs => $5::float8)
       ) GROUP BY 1
     )
     SELECT api_key.id, name, workspace_id, bursts.slot, (
       SELECT jsonb_object_agg(code, refused) FROM (
         SELECT code, sum(key_refusal.refused) AS refused FROM key_refusal WHERE key_refusal.key_id = bursts.key_id
           AND key_refusal.slot BETWEEN bursts.slot - make_interval(secs => $3::float8) AND bursts.slot GROUP BY 1
       ) AS of_code
     ) AS codes
     FROM bursts JOIN api_key ON api_key.id = bursts.key_id`,
    [
      before(now, refusalsKeptMs),
      after(now, refusalsKeptMs),
      burst.withinMs / 1_000,
      burst.refused,
      burst.apartMs / 1_000,
    ],
  );
  return rows.map((row) => ({
    kind: "key.failures",
    ...subjectOf(row),
    occasion: `${row.id} ${row.slot.getTime()}`,
    details: {
      refused: Object.values(row.codes).reduce((sum, refused) => sum + refused, 0),
      since: new Date(row.slot.getTime() - burst.withinMs).toISOString(),
      until: new Date(row.slot.getTime() + 10_000).toISOString(),
      codes: row.codes,
    },
    at: now,
  }));
}

function subjectOf({ id, name, workspace_id }: KeyFact) {
  return { workspaceId: workspace_id, key: { id, name } };
}

function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}

function after(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
