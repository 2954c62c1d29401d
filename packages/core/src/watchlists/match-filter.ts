import { isUuid } from "../errors";
import type { MatchFilters } from "./match-shape";

/** The tables of a match and all that is shown of it: `m`, its list `w`, its entry `e`, and what it found. */
export const matchTables = `watchlist w JOIN watchlist_match m ON m.watchlist_id = w.id
     JOIN watchlist_entry e ON e.id = m.entry_id
     LEFT JOIN ioc ON m.subject = 'ioc' AND ioc.id = m.subject_id
     LEFT JOIN article ON m.subject = 'article' AND article.id = m.subject_id`;

/** 0 to 100, of an article by its severity; -1 of what is stored no longer. */
export const matchRisk = "COALESCE(ioc.risk_score, round(article.severity_score * 10), -1)::int4";

export const matchColumns = `m.id, w.id AS watchlist_id, w.name AS watchlist_name, e.id AS entry_id, e.kind, e.value AS entry_value, e.note,
       m.reason, m.subject, m.subject_id, m.held, m.matched_at, m.last_at, m.acknowledged_at, m.acknowledged_by,
       m.assigned_to, m.comments,
       ioc.type, ioc.value, ioc.confidence, ioc.risk_score, ioc.threat_type, ioc.malware_family, ioc.warnings,
       ioc.last_seen, ioc.withdrawn_at,
       article.title, article.url, article.published_at, article.severity_score, article.severity_label`;

type Place = { workspaceId: string; watchlistId?: string | undefined };

/** The condition on `matchTables` that a filter comes to, and its parameters; only what is asked for is in it. */
export function matchCondition({ workspaceId, watchlistId }: Place, filters: MatchFilters) {
  const params: unknown[] = [];
  const of = (value: unknown) => `$${params.push(value)}`;
  const parts = [`w.workspace_id = ${of(workspaceId)}::uuid`];
  const when = <T>(value: T | undefined, part: (value: T) => string) => {
    if (value !== undefined) parts.push(part(value));
  };
  when(watchlistId, (id) => `w.id = ${of(id)}::uuid`);
  when(filters.status, (status) => `m.acknowledged_at IS ${status === "open" ? "" : "NOT "}NULL`);
  when(filters.kind, (kind) => `e.kind = ${of(kind)}::text`);
  when(filters.entry_id, (id) => (isUuid(id) ? `m.entry_id = ${of(id)}::uuid` : "false"));
  when(filters.subject_id, (id) => (isUuid(id) ? `m.subject_id = ${of(id)}::uuid` : "false"));
  when(filters.type, (types) => `ioc.type = ANY (${of(types)}::text[])`);
  when(filters.min_risk, (least) => `${matchRisk} >= ${of(least)}::int4`);
  when(filters.lookalikes, (which) => `m.reason ${which === "only" ? "" : "NOT "}LIKE 'lookalike.%'`);
  when(filters.assigned_to, (who) =>
    who === "nobody" ? "m.assigned_to IS NULL" : `m.assigned_to = ${of(who.toLowerCase())}::text`,
  );
  return { condition: parts.join(" AND "), params, of };
}
