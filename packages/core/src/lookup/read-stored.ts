import type { Context } from "../context";
import { ownRowsOfIds, ownSightingsOfIds } from "../iocs";
import { type Category, type Confidence, confidences, type IocType, type Tlp } from "../values";
import type { Candidate } from "./candidates";

/** A stored IOC as a lookup reads it. */
export type StoredIoc = {
  id: string;
  type: IocType;
  value: string;
  confidence: Confidence;
  /** What the surest source says of itself. */
  stated: Confidence;
  /** The best source's, 0 to 100. */
  reputation: number;
  /** Names of the warninglists that it is on. */
  warnings: string[];
  /** Since when no source stands for it any more. */
  withdrawnAt: Date | null;
  firstSeen: Date;
  lastSeen: Date;
  tags: string[];
  mitreTechniques: string[];
  threatType: string | null;
  malwareFamily: string | null;
  tlp: Tlp;
  riskScore: number;
};

/** What one feed says of one stored IOC. */
export type StoredSighting = {
  iocId: string;
  feedId: string;
  feedName: string;
  category: Category;
  confidence: Confidence;
  firstSeen: Date;
  lastSeen: Date;
  occurrences: number;
  referenceUrl: string | null;
  context: string | null;
};

type Stored<Row extends { confidence: Confidence }> = Omit<Row, "confidence"> & { confidence: number };
type StoredRow = Omit<Stored<StoredIoc>, "stated"> & { stated: number };

/** A caller, whose workspace may say something of a value itself. */
type Asking = Pick<Context, "sql" | "now"> & { caller: { workspaceId: string } };

/**
 * Those of the ids that are stored: one probe of the primary key for each. What the caller's workspace says itself takes the
 * place of what feeds say alone.
 */
export async function readStored(ctx: Asking, ids: readonly string[]): Promise<StoredIoc[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.sql.query<StoredRow>(
    `SELECT ${storedFields} FROM ioc WHERE id = ANY ($1::uuid[])
     UNION ALL
     SELECT ${storedFields} FROM (${ownRowsOfIds}) ioc`,
    [ids, ctx.caller.workspaceId, ctx.now().toISOString()],
  );
  // The workspace's own come last.
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...byId.values()].map((row) => ({
    ...row,
    confidence: wordOf(row.confidence),
    stated: wordOf(row.stated),
  }));
}

const storedFields = `id, type, value, confidence, stated, reputation, coalesce(warnings, '{}') AS warnings,
  withdrawn_at AS "withdrawnAt", first_seen AS "firstSeen", last_seen AS "lastSeen", tags,
  mitre_techniques AS "mitreTechniques", threat_type AS "threatType", malware_family AS "malwareFamily", tlp,
  risk_score AS "riskScore"`;

/** A record that bears on a subject. */
export type Known = { stored: StoredIoc; relation: Candidate["relation"] };

/** Those of the candidates that are stored, in their order. */
export function knownAmong(
  candidates: readonly Candidate[],
  stored: StoredIoc[] | ReadonlyMap<string, StoredIoc>,
): Known[] {
  const byId = Array.isArray(stored) ? new Map(stored.map((row) => [row.id, row])) : stored;
  return candidates.flatMap(({ id, relation }) => {
    const row = byId.get(id);
    return row ? [{ stored: row, relation }] : [];
  });
}

/** All sightings of the ids, latest first, with what the caller's workspace says itself. A feed that is gone is named by its id. */
export async function readSightings(ctx: Asking, ids: readonly string[]): Promise<StoredSighting[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.sql.query<Stored<StoredSighting>>(
    `SELECT s.ioc_id AS "iocId", s.feed_id AS "feedId", coalesce(f.name, s.feed_id) AS "feedName", s.category, s.confidence,
            s.first_seen AS "firstSeen", s.last_seen AS "lastSeen", s.occurrences, s.reference_url AS "referenceUrl", s.context
     FROM sighting s LEFT JOIN feed f ON f.id = s.feed_id
     WHERE s.ioc_id = ANY ($1::uuid[])
     UNION ALL ${ownSightingsOfIds}
     ORDER BY "lastSeen" DESC, "feedId", "iocId"`,
    [ids, ctx.caller.workspaceId, ctx.now().toISOString()],
  );
  return rows.map((row) => ({ ...row, confidence: wordOf(row.confidence) }));
}

const wordOf = (rank: number): Confidence => confidences[rank - 1] ?? "low";
