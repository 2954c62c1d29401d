import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { levelOf } from "../iocs";
import { minuteMs } from "../lib";
import { makeNotices, type NoticeDraft, type NoticeSetting } from "../notices";
import { withMatchesLock } from "./matches-lock";

/** Matches that one notice names; the rest is counted. */
const namedInNotice = 50;
/** At most one notice of a watchlist in this time, so that a feed of a million rows is announced in a few. */
const tellEveryMs = minuteMs;

type Waiting = { id: string; name: string; workspace_id: string; last: number; count: number };

/** Makes one notice for each watchlist with matches that nobody was notified of. Gives how many notices were made. */
export async function notifyMatches(ctx: Pick<Context, "sql" | "now">, setting: NoticeSetting): Promise<number> {
  const made = await withMatchesLock(ctx, async (query) => {
    const now = ctx.now();
    const before = new Date(now.getTime() - tellEveryMs).toISOString();
    const waiting = await query<Waiting>(findWaiting, [before]);
    let notified = 0;
    for (const list of waiting) {
      const isNews = Number(list.count) > 0;
      if (isNews) notified += await makeNotices(query, [await draftOf(query, list, now)], setting);
      await query(
        "UPDATE watchlist SET told_id = $2::int8, told_at = COALESCE($3::timestamptz, told_at) WHERE id = $1::uuid",
        [list.id, list.last, isNews ? now.toISOString() : null],
      );
    }
    return notified;
  });
  return made ?? 0;
}

// A list that is not to tell has nothing to catch up on when it is to again (core/watchlists/update-watchlist). What was stored
// already is passed by once, and not counted again every time.
const findWaiting = `
  SELECT w.id, w.name, w.workspace_id, found.last, found.count
  FROM watchlist w
  JOIN workspace ON workspace.id = w.workspace_id AND workspace.suspended_at IS NULL
  JOIN LATERAL (
    SELECT max(m.id) AS last, count(*) FILTER (WHERE NOT m.held) AS count FROM watchlist_match m
    WHERE m.watchlist_id = w.id AND m.id > w.told_id
  ) AS found ON found.last IS NOT NULL
  WHERE w.notify AND (w.told_at IS NULL OR w.told_at <= $1::timestamptz)
  ORDER BY w.id LIMIT 100`;

type Row = {
  kind: string;
  entry: string;
  reason: string;
  subject: "ioc" | "article";
  subject_id: string;
  type: string | null;
  value: string | null;
  risk_score: number | null;
  severity_score: number | null;
};

async function draftOf(query: SqlQuery, list: Waiting, now: Date): Promise<NoticeDraft> {
  const rows = await query<Row>(
    `SELECT e.kind, e.value AS entry, m.reason, m.subject, m.subject_id, ioc.type, COALESCE(ioc.value, article.title) AS value,
       ioc.risk_score, article.severity_score
     FROM watchlist_match m JOIN watchlist_entry e ON e.id = m.entry_id
     LEFT JOIN ioc ON m.subject = 'ioc' AND ioc.id = m.subject_id
     LEFT JOIN article ON m.subject = 'article' AND article.id = m.subject_id
     WHERE m.watchlist_id = $1::uuid AND m.id > (SELECT told_id FROM watchlist WHERE id = $1::uuid) AND m.id <= $2::int8
       AND NOT m.held
     ORDER BY COALESCE(ioc.risk_score, article.severity_score * 10) DESC NULLS LAST, m.id DESC LIMIT ${namedInNotice}`,
    [list.id, list.last],
  );
  return {
    kind: "watchlist.match",
    workspaceId: list.workspace_id,
    key: null,
    occasion: `${list.id} ${list.last}`,
    details: {
      watchlist: { id: list.id, name: list.name },
      count: Number(list.count),
      matches: rows.map((row) => ({
        entry: { kind: row.kind, value: row.entry },
        reason: row.reason,
        subject: row.subject,
        id: row.subject_id,
        type: row.type,
        value: (row.value ?? "").slice(0, 500),
        risk:
          row.risk_score === null ? null : { score: Number(row.risk_score), level: levelOf(Number(row.risk_score)) },
      })),
      more: Math.max(0, Number(list.count) - rows.length),
    },
    at: now,
  };
}
