import type { SqlQuery } from "@tocsin/db";
import { circuitFailures, type QuarantinedFile } from "../runs";
import type { NoticeDraft } from "./make-notices";

type Row = { workspace_id: string; feed_id: string; name: string };

/** Feeds whose content is quarantined, and feeds whose circuit is open, for the workspaces that operators own. */
export async function findFeedTrouble(query: SqlQuery, now: Date): Promise<NoticeDraft[]> {
  const held = await query<Row & { held_since: Date; held_run: string; held: QuarantinedFile[] | null }>(
    `SELECT ${columns}, feed.held_since, feed.held_run, feed_run.held
     FROM feed JOIN feed_run ON feed_run.id = feed.held_run, ${owned}
     WHERE feed.held_since IS NOT NULL AND feed.held_decision IS NULL`,
  );
  const failing = await query<Row & { failures: number; last_success_at: Date | null; error: string | null }>(
    `SELECT ${columns}, feed.failures, feed.last_success_at, (
       SELECT error FROM feed_run WHERE feed_id = feed.id AND status = 'failed' ORDER BY started_at DESC LIMIT 1
     ) AS error
     FROM feed, ${owned} WHERE feed.failures >= $1 AND feed.enabled`,
    [circuitFailures],
  );
  return [
    ...held.map((row) => ({
      kind: "feed.held" as const,
      ...subjectOf(row, now),
      occasion: `${row.feed_id} ${row.held_since.getTime()}`,
      details: {
        feed_id: row.feed_id,
        feed: row.name,
        run_id: row.held_run,
        files: (row.held ?? []).slice(0, 5).map(({ first_lines: _, ...figures }) => figures),
      },
    })),
    ...failing.map((row) => ({
      kind: "feed.failing" as const,
      ...subjectOf(row, now),
      occasion: `${row.feed_id} ${row.last_success_at?.getTime() ?? "never"}`,
      details: {
        feed_id: row.feed_id,
        feed: row.name,
        failures: row.failures,
        last_success_at: row.last_success_at?.toISOString() ?? null,
        error: row.error,
      },
    })),
  ];
}

const columns = "owned.workspace_id, feed.id AS feed_id, feed.name";

// Feeds are the instance's: who answers for it is told in the workspaces that are their own.
const owned = `(
  SELECT DISTINCT member.workspace_id FROM member JOIN "user" u ON u.id = member.user_id
  WHERE u.operator AND member.role = 'owner'
) AS owned`;

function subjectOf(row: Row, at: Date) {
  return { workspaceId: row.workspace_id, key: null, at };
}
