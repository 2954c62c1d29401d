import type { Context } from "../context";
import { ownRowsOf, ownSightingsOfIds } from "../iocs";
import { createGatherer } from "../lib";
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
import { idsWithForms, ownIdsWithForms } from "./stored-forms";

/** A stored IOC as a lookup reads it. */
export type StoredIoc = {
  id: string;
  type: IocType;
  value: string;
  confidence: Confidence;
  /** What the surest source says of itself. */
  stated: Confidence;
  /** The same as a figure, 0 to 100; null where only the word is kept. */
  certainty: number | null;
  /** The best source's, 0 to 100. */
  reputation: number;
  /** How many report it, those that repeat each other counted once. */
  independentSources: number;
  /** Whether it answered when a source last looked; null where none looks. */
  active: boolean | null;
  /** Others of its host or its /24 that a source lists along with it. */
  company: number;
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
 * Those of the candidates of one or many subjects that are stored. What the caller's workspace says itself takes the place of
 * what feeds say alone; whether it says anything comes with the first answer, so that others pay for no statement of it.
 */
export async function readStored(ctx: Asking, asked: readonly (readonly Candidate[])[]): Promise<StoredRecords> {
  const ids = [...new Set(asked.flatMap((candidates) => candidates.map(({ id }) => id)))];
  if (ids.length === 0) return { ...recordsOf([]), own: false, reports: false };
  const forms = [...new Set(asked.flatMap(([subject]) => (subject ? plainForms(subject.type, subject.value) : [])))];
  const { workspaceId } = ctx.caller;
  const ask = { ids, forms, workspaceId };
  const { rows, records, says } =
    ids.length + forms.length > fewIds ? await readReported(ctx, [ask]) : await gatherersOf(ctx).reported(ask);
  const { own, reports } = says?.[workspaceId] ?? { own: false, reports: false };
  if (!own) return { ...records, own, reports };
  const said = await ctx.sql.query<StoredRow>(
    `SELECT ${storedFields} FROM (${ownRowsOf(ownIdsWithForms, "$4::timestamptz")}) ioc`,
    [ids, workspaceId, forms, ctx.now().toISOString()],
  );
  const byId = new Map([...rows, ...said.map(toStored)].map((row) => [row.id, row]));
  return { ...recordsOf([...byId.values()]), own, reports };
}

/** So few are asked for in one statement with what others ask for at the same time. */
const fewIds = 64;
/** Statements at once, and how many ask in one. */
const gathered = { atOnce: 2, most: 32 };

type Ask = { readonly ids: readonly string[]; readonly forms: readonly string[]; readonly workspaceId: string };
/** Of workspaces that say something themselves, by their ids: which have indicators, which sightings or verdicts. */
type Says = Readonly<Record<string, { own: boolean; reports: boolean }>> | null;
/** What feeds say, of everybody who asked, and who of them says something themselves. */
type Reported = { readonly rows: readonly StoredIoc[]; readonly records: Records; readonly says: Says };
type Ctx = Pick<Context, "sql">;

/** One probe of the primary key for each id, and one of a small index for each way to write a URL or a mailbox plainly. */
async function readReported(ctx: Ctx, asks: readonly Ask[]): Promise<Reported> {
  const all = (each: (ask: Ask) => readonly string[]) => [...new Set(asks.flatMap(each))];
  const forms = all((ask) => ask.forms);
  const rows = await ctx.sql.query<{ says: Says } & (StoredRow | { id: null })>(
    `SELECT (${saysSql}) AS says, ${storedFields}
     FROM (VALUES (true)) one LEFT JOIN ioc ON ioc.id = ANY (${forms.length > 0 ? idsWithForms : "$1::uuid[]"})`,
    [all((ask) => ask.ids), all((ask) => [ask.workspaceId]), ...(forms.length > 0 ? [forms] : [])],
  );
  const stored = rows.flatMap((row) => (row.id === null ? [] : [toStored(row)]));
  return { rows: stored, records: recordsOf(stored), says: rows[0]?.says ?? null };
}

const saysSql = `SELECT jsonb_object_agg(workspace_id, jsonb_build_object('own', total > 0, 'reports', sightings + verdicts > 0))
  FROM own_store WHERE workspace_id = ANY ($2::uuid[]) AND total + sightings + verdicts > 0`;

function toStored({ confidence, stated, ...row }: StoredRow): StoredIoc {
  return { ...row, confidence: wordOf(confidence), stated: wordOf(stated) };
}

/** Lookups of the same moment, on one way to the database, ask in common. */
type Gatherers = {
  readonly reported: (ask: Ask) => Promise<Reported>;
  readonly sightings: (ids: readonly string[]) => Promise<StoredSighting[]>;
};
const gatherers = new WeakMap<object, Gatherers>();

function gatherersOf(ctx: Ctx): Gatherers {
  const known = gatherers.get(ctx.sql);
  if (known) return known;
  const made = {
    reported: createGatherer(async (asks: readonly Ask[]) => {
      const reported = await readReported(ctx, asks);
      return asks.map(() => reported);
    }, gathered),
    sightings: createGatherer(async (asks: readonly (readonly string[])[]) => {
      const sightings = await readReportedSightings(ctx, [...new Set(asks.flat())]);
      return asks.map((ids) => sightings.filter(({ iocId }) => ids.includes(iocId)));
    }, gathered),
  };
  gatherers.set(ctx.sql, made);
  return made;
}

/** Stored records by their ids, and those that are written in more ways than one by their plain form. */
export type StoredRecords = {
  byId: ReadonlyMap<string, StoredIoc>;
  byForm: ReadonlyMap<string, readonly StoredIoc[]>;
  /** Whether the caller's workspace has indicators of its own. */
  own: boolean;
  /** Whether it has reported sightings or verdicts. */
  reports: boolean;
};

type Records = Pick<StoredRecords, "byId" | "byForm">;

function recordsOf(rows: readonly StoredIoc[]): Records {
  const byForm = new Map<string, StoredIoc[]>();
  for (const row of rows.filter(({ type }) => type === "url" || type === "email")) {
    const form = plainForm(row.type, row.value);
    const sharing = byForm.get(form);
    if (sharing) sharing.push(row);
    else byForm.set(form, [row]);
  }
  return { byId: new Map(rows.map((row) => [row.id, row])), byForm };
}

const storedFields = `id, type, value, confidence, stated, reputation, certainty, active, company,
  coalesce(independent_sources, sources_count) AS "independentSources", coalesce(warnings, '{}') AS warnings,
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
  if (!own) return ids.length > fewIds ? readReportedSightings(ctx, ids) : gatherersOf(ctx).sightings(ids);
  const said = ` UNION ALL ${ownSightingsOfIds}`;
  return sightingsOf(ctx, said, [ids, ctx.caller.workspaceId, ctx.now().toISOString()]);
}

function readReportedSightings(ctx: Ctx, ids: readonly string[]): Promise<StoredSighting[]> {
  return sightingsOf(ctx, "", [ids]);
}

async function sightingsOf(ctx: Ctx, others: string, values: readonly unknown[]): Promise<StoredSighting[]> {
  const rows = await ctx.sql.query<Stored<StoredSighting>>(
    `SELECT s.ioc_id AS "iocId", s.feed_id AS "feedId", coalesce(f.name, s.feed_id) AS "feedName", s.category, s.confidence,
            s.first_seen AS "firstSeen", s.last_seen AS "lastSeen", s.occurrences, s.reference_url AS "referenceUrl", s.context
     FROM sighting s LEFT JOIN feed f ON f.id = s.feed_id
     WHERE s.ioc_id = ANY ($1::uuid[])${others}
     ORDER BY "lastSeen" DESC, "feedId", "iocId"`,
    values,
  );
  return rows.map((row) => ({ ...row, confidence: wordOf(row.confidence) }));
}

const wordOf = (rank: number): Confidence => confidences[rank - 1] ?? "low";
