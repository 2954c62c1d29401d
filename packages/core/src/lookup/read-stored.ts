import type { Context } from "../context";
import { ownRowsOf, ownSightingsOfIds } from "../iocs";
import {
  type Category,
  type Confidence,
  confidences,
  type IocType,
  plainForm,
  plainForms,
  samenessOf,
  type Tlp,
} from "../values";
import type { Candidate } from "./candidates";
import { idsWithForms } from "./stored-forms";

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
 * Those of the candidates of one or many subjects that are stored: one probe of the primary key for each, and one of a small
 * index for each way to write a URL or a mailbox plainly. What the caller's workspace says itself takes the place of what
 * feeds say alone; whether it says anything comes with the first answer, so that the others pay for no statement of it.
 */
export async function readStored(ctx: Asking, asked: readonly (readonly Candidate[])[]): Promise<StoredRecords> {
  const ids = [...new Set(asked.flatMap((candidates) => candidates.map(({ id }) => id)))];
  if (ids.length === 0) return recordsOf([], false);
  const forms = [...new Set(asked.flatMap(([subject]) => (subject ? plainForms(subject.type, subject.value) : [])))];
  const wanted = forms.length > 0 ? idsWithForms : "$1::uuid[]";
  const values = [ids, ctx.caller.workspaceId, ...(forms.length > 0 ? [forms] : [])];
  const [first, ...others] = await ctx.sql.query<{ own: boolean } & (StoredRow | { id: null })>(
    `SELECT ${saysAnything} AS own, ${storedFields}
     FROM (VALUES (true)) one LEFT JOIN ioc ON ioc.id = ANY (${wanted})`,
    values,
  );
  const reported = (first ? [first, ...others] : []).filter(
    (row): row is { own: boolean } & StoredRow => row.id !== null,
  );
  if (!first?.own) return recordsOf(reported.map(toStored), false);
  const said = await ctx.sql.query<StoredRow>(
    `SELECT ${storedFields} FROM (${ownRowsOf(wanted, `$${values.length + 1}::timestamptz`)}) ioc`,
    [...values, ctx.now().toISOString()],
  );
  const byId = new Map([...reported, ...said].map((row) => [row.id, row]));
  return recordsOf([...byId.values()].map(toStored), true);
}

/** Whether the workspace $2 has ever said anything itself, as few have. */
const saysAnything = "EXISTS (SELECT 1 FROM own_store WHERE workspace_id = $2::uuid AND total > 0)";

function toStored({ confidence, stated, ...row }: StoredRow): StoredIoc {
  return { ...row, confidence: wordOf(confidence), stated: wordOf(stated) };
}

/** Stored records by their ids, and those that are written in more ways than one by their plain form. */
export type StoredRecords = {
  byId: ReadonlyMap<string, StoredIoc>;
  byForm: ReadonlyMap<string, readonly StoredIoc[]>;
  /** Whether the caller's workspace says something of anything. */
  own: boolean;
};

function recordsOf(rows: readonly StoredIoc[], own: boolean): StoredRecords {
  const byForm = new Map<string, StoredIoc[]>();
  for (const row of rows.filter(({ type }) => type === "url" || type === "email")) {
    const form = plainForm(row.type, row.value);
    const sharing = byForm.get(form);
    if (sharing) sharing.push(row);
    else byForm.set(form, [row]);
  }
  return { byId: new Map(rows.map((row) => [row.id, row])), byForm, own };
}

const storedFields = `id, type, value, confidence, stated, reputation, coalesce(warnings, '{}') AS warnings,
  withdrawn_at AS "withdrawnAt", first_seen AS "firstSeen", last_seen AS "lastSeen", tags,
  mitre_techniques AS "mitreTechniques", threat_type AS "threatType", malware_family AS "malwareFamily", tlp,
  risk_score AS "riskScore"`;

/** A record that bears on a subject. */
export type Known = { stored: StoredIoc; relation: Candidate["relation"] };

/** Those of a subject's candidates that are stored, in their order, with the other ways in which the subject is written. */
export function knownAmong(candidates: readonly Candidate[], { byId, byForm }: StoredRecords): Known[] {
  const [subject] = candidates;
  if (!subject) return [];
  const { type, value } = subject;
  const listed = candidates.flatMap(({ id, relation }) => {
    const stored = byId.get(id);
    return stored ? [{ stored, relation }] : [];
  });
  const ids = new Set(candidates.map(({ id }) => id));
  const written = (byForm.get(plainForm(type, value)) ?? [])
    .filter((stored) => stored.type === type && !ids.has(stored.id))
    .map((stored) => ({ stored, relation: samenessOf(type, value, stored.value) }));
  const isSelf = ({ relation }: Known) => relation === "exact" || relation === "same";
  return [
    ...listed.filter(isSelf),
    ...written.filter(isSelf),
    ...written.filter((known) => !isSelf(known)),
    ...listed.filter((known) => !isSelf(known)),
  ];
}

/**
 * All sightings of the ids, latest first, with what the caller's workspace says itself where it says anything (`own`). A feed
 * that is gone is named by its id.
 */
export async function readSightings(ctx: Asking, ids: readonly string[], own: boolean): Promise<StoredSighting[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.sql.query<Stored<StoredSighting>>(
    `SELECT s.ioc_id AS "iocId", s.feed_id AS "feedId", coalesce(f.name, s.feed_id) AS "feedName", s.category, s.confidence,
            s.first_seen AS "firstSeen", s.last_seen AS "lastSeen", s.occurrences, s.reference_url AS "referenceUrl", s.context
     FROM sighting s LEFT JOIN feed f ON f.id = s.feed_id
     WHERE s.ioc_id = ANY ($1::uuid[])${own ? ` UNION ALL ${ownSightingsOfIds}` : ""}
     ORDER BY "lastSeen" DESC, "feedId", "iocId"`,
    own ? [ids, ctx.caller.workspaceId, ctx.now().toISOString()] : [ids],
  );
  return rows.map((row) => ({ ...row, confidence: wordOf(row.confidence) }));
}

const wordOf = (rank: number): Confidence => confidences[rank - 1] ?? "low";
