import { levelOf } from "../iocs";
import { entryKinds, reasons } from "../matching";
import { confidences, iocTypes } from "../values";
import type { MatchView } from "./match-shape";

/** A match with what it found; the IOC's or the article's columns are null. */
export type MatchRow = {
  id: number;
  watchlist_id: string;
  watchlist_name: string;
  entry_id: string;
  kind: string;
  entry_value: string;
  note: string | null;
  reason: string;
  subject: string;
  subject_id: string;
  held: boolean;
  matched_at: Date;
  last_at: Date;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  assigned_to: string | null;
  comments: number;
  type: string | null;
  value: string | null;
  confidence: number | null;
  risk_score: number | null;
  threat_type: string | null;
  malware_family: string | null;
  warnings: string[] | null;
  last_seen: Date | null;
  withdrawn_at: Date | null;
  title: string | null;
  url: string | null;
  published_at: Date | null;
  severity_score: number | null;
  severity_label: string | null;
};

export function toMatch(row: MatchRow): MatchView {
  return {
    id: String(row.id),
    watchlist: { id: row.watchlist_id, name: row.watchlist_name },
    entry: {
      id: row.entry_id,
      kind: entryKinds.find((kind) => kind === row.kind) ?? "value",
      value: row.entry_value,
      note: row.note,
    },
    reason: reasons.find((reason) => reason === row.reason) ?? "exact",
    subject: row.subject === "article" ? "article" : "ioc",
    ioc: iocOf(row),
    article: articleOf(row),
    held: row.held,
    matched_at: row.matched_at.toISOString(),
    last_at: row.last_at.toISOString(),
    acknowledged_at: row.acknowledged_at?.toISOString() ?? null,
    acknowledged_by: row.acknowledged_by,
    assigned_to: row.assigned_to,
    comments: Number(row.comments),
  };
}

function iocOf(row: MatchRow): MatchView["ioc"] {
  const type = iocTypes.find((each) => each === row.type);
  if (!type || row.value === null || row.last_seen === null) return null;
  const score = Number(row.risk_score);
  return {
    id: row.subject_id,
    type,
    value: row.value,
    confidence: confidences[Number(row.confidence) - 1] ?? "low",
    risk_score: score,
    risk_level: levelOf(score),
    threat_type: row.threat_type,
    malware_family: row.malware_family,
    warnings: row.warnings ?? [],
    last_seen: row.last_seen.toISOString(),
    withdrawn_at: row.withdrawn_at?.toISOString() ?? null,
  };
}

function articleOf(row: MatchRow): MatchView["article"] {
  if (row.title === null || row.url === null || row.published_at === null) return null;
  return {
    id: row.subject_id,
    title: row.title,
    url: row.url,
    published_at: row.published_at.toISOString(),
    severity_score: Number(row.severity_score),
    severity_label: row.severity_label ?? "",
  };
}
