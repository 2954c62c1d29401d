import type { SqlQuery } from "@tocsin/db";
import { authenticated } from "../access";
import { type Context, noOrigin } from "../context";
import { endUnusedKey } from "../keys";
import { dayMs, withAdvisoryLock } from "../lib";
import type { NoticeSetting } from "./channels";
import { makeNotices, type NoticeDraft } from "./make-notices";
import { endingUnusedDays } from "./shape";

/** Keys of one pass; the next goes on. */
const batch = 500;

type Row = {
  id: string;
  name: string;
  workspace_id: string;
  days: number;
  last_used_at: Date | null;
  created_at: Date;
  since: Date;
  occasion: string;
  warned_at: Date | null;
};

/**
 * Once an hour: in workspaces whose key policy ends unused keys, tells of those that end within a week, and ends those of
 * which that was told a week ago and that nobody has used since. Gives how many ended.
 */
export async function endUnusedKeys(ctx: Context, setting: NoticeSetting): Promise<number> {
  const now = ctx.now();
  const due = await withAdvisoryLock(ctx, "tocsin ending unused keys", async ({ query }) => {
    const rows = await findUnused(query, now);
    await makeNotices(
      query,
      rows.filter(({ warned_at }) => !warned_at).map((row) => draftOf(row, now)),
      setting,
    );
    return rows.filter((row) => row.warned_at && endOf(row, row.warned_at) <= now);
  });
  let ended = 0;
  // Outside of the lock, which holds a connection; the key itself is locked and asked again.
  for (const { id: keyId, workspace_id: workspaceId, days } of due ?? []) {
    const caller = authenticated({ kind: "system" as const, name: "worker", workspaceId });
    const since = new Date(now.getTime() - days * dayMs);
    if (await endUnusedKey({ ...ctx, caller, origin: noOrigin }, { keyId, since, days })) ended += 1;
  }
  return ended;
}

/** Another number of days is another occasion: nobody was warned of that one yet. Those that end first come first. */
async function findUnused(query: SqlQuery, now: Date): Promise<Row[]> {
  return query<Row>(
    `SELECT found.*, notice.at AS warned_at FROM (
       SELECT api_key.id, api_key.name, workspace_id, days, last_used_at, api_key.created_at,
         COALESCE(last_used_at, api_key.created_at) AS since,
         api_key.id || ' ' || (extract(epoch FROM COALESCE(last_used_at, api_key.created_at)) * 1000)::int8 || ' ' || days AS occasion
       FROM (
         SELECT id, (key_policy->>'end_unused_after_days')::int4 AS days FROM workspace
         WHERE key_policy IS NOT NULL AND suspended_at IS NULL
       ) AS strict JOIN api_key ON api_key.workspace_id = strict.id
       WHERE days IS NOT NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1::timestamptz)
         AND COALESCE(last_used_at, api_key.created_at) <= $1::timestamptz - make_interval(days => days - $2::int4)
     ) AS found
     LEFT JOIN notice ON notice.workspace_id = found.workspace_id AND kind = 'key.ending_unused'
       AND notice.occasion = found.occasion
     ORDER BY notice.at NULLS FIRST, found.since LIMIT ${batch}`,
    [now.toISOString(), endingUnusedDays],
  );
}

/** Never sooner than a week after the word of it. */
function endOf({ since, days }: Pick<Row, "since" | "days">, warnedAt: Date): Date {
  return new Date(Math.max(since.getTime() + days * dayMs, warnedAt.getTime() + endingUnusedDays * dayMs));
}

function draftOf(row: Row, now: Date): NoticeDraft {
  return {
    kind: "key.ending_unused",
    workspaceId: row.workspace_id,
    key: { id: row.id, name: row.name },
    occasion: row.occasion,
    details: {
      days: row.days,
      last_used_at: row.last_used_at?.toISOString() ?? null,
      created_at: row.created_at.toISOString(),
      ends_at: endOf(row, now).toISOString(),
    },
    at: now,
  };
}
