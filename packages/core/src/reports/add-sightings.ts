import { randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import type { Authorized, KeyCaller, SessionCaller } from "../access";
import { actorOf, appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError } from "../errors";
import { mapInSlices, type Turn } from "../lib";
import { lockStore } from "../own-indicators";
import { type ReadSighting, readSighting, type SightingRow } from "./read-report";
import type { AddedSightings, AddSightingsInput, Counts, Outcome, RowError, SightingResult } from "./shape";

/** Whoever reports: a key with the scope, or a member with the right, in their own workspace. */
export type Reporter = Call<Authorized<KeyCaller | SessionCaller>>;

/**
 * Reports one sighting or many; each has a result of its own. A value, a time and a place are one sighting: sent again it says
 * how often from then on, and in the same words it changes nothing. One alone that is refused throws `invalid_parameter` or
 * `report_limit_reached`.
 */
export async function addSightings(ctx: Reporter, input: AddSightingsInput, take?: Turn): Promise<AddedSightings> {
  const { sightings, ...one } = input;
  const now = ctx.now();
  const read = await mapInSlices(sightings ?? [one], (item) => readSighting(item, now), take);
  const rows = new Map<string, SightingRow>();
  // Of several that are one sighting the last counts, as if they had come one after the other.
  for (const each of read) if (each.ok) rows.set(keyOf(each.row), each.row);
  const written = await write(ctx, rows);
  const data = read.map((each, index) => resultOf(each, index, written));
  const [first] = data;
  if (sightings === undefined && first?.error) {
    const { code, fields } = first.error;
    throw new AppError(code, { details: { fields } });
  }
  const meta = { generated_at: now.toISOString(), feed_version: "1.0" as const, source: ctx.instance.name };
  return { meta: { ...meta, total: data.length, ...countOutcomes(data) }, data };
}

const keyOf = ({ id, seenAt, place }: Pick<SightingRow, "id" | "seenAt" | "place">) =>
  `${id} ${seenAt.getTime()} ${place}`;

type Written = { outcome: Exclude<Outcome, "refused"> } | { outcome: "refused"; error: RowError };

function resultOf(each: ReadSighting, index: number, written: ReadonlyMap<string, Written>): SightingResult {
  const nothing = { indicator_id: null, value: null };
  if (!each.ok) return { index, outcome: "refused", ...nothing, error: each.error };
  const one = written.get(keyOf(each.row)) ?? { outcome: "unchanged" as const };
  if (one.outcome === "refused") return { index, outcome: "refused", ...nothing, error: one.error };
  return { index, outcome: one.outcome, indicator_id: each.row.id, value: each.row.value, error: null };
}

function countOutcomes(written: Iterable<{ outcome: Outcome }>): Counts {
  const counts = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  for (const { outcome } of written) counts[outcome] += 1;
  return counts;
}

/** Writers of one workspace come one after the other, by its store. */
async function write(ctx: Reporter, rows: ReadonlyMap<string, SightingRow>): Promise<ReadonlyMap<string, Written>> {
  const results = new Map<string, Written>();
  if (rows.size === 0) return results;
  const { workspaceId, tier } = ctx.caller;
  await ctx.db.$transaction(async (tx) => {
    await lockStore(tx, workspaceId);
    const before = await storedAmong(tx, workspaceId, [...rows.values()]);
    const room = tier.ownIndicators - (await countStored(tx, workspaceId));
    const changes = changesOf(rows, before, { room, limit: tier.ownIndicators, results });
    if (changes.length === 0) return;
    await writeRows(tx, ctx, changes);
    await addUp(tx, workspaceId, changes);
    const created = changes.filter(({ isNew }) => isNew).length;
    await tx.ownStore.update({
      where: { workspaceId },
      data: { sightings: { increment: created } },
      select: { workspaceId: true },
    });
    const details = { created, updated: changes.length - created };
    await appendEvent(ctx, { action: "sighting.add", target: targetOf(changes), details }, tx);
  });
  return results;
}

/** What is new or says something else, as far as there is room; `results` gets what becomes of each. */
function changesOf(
  rows: ReadonlyMap<string, SightingRow>,
  before: ReadonlyMap<string, Pick<SightingRow, "count" | "comment">>,
  { room, limit, results }: { room: number; limit: number; results: Map<string, Written> },
): Change[] {
  let left = room;
  return [...rows].flatMap(([key, row]) => {
    const stored = before.get(key);
    if (stored?.count === row.count && stored.comment === row.comment) return [];
    if (!stored) left -= 1;
    if (!stored && left < 0) {
      results.set(key, { outcome: "refused", error: beyond(limit) });
      return [];
    }
    results.set(key, { outcome: stored ? "updated" : "created" });
    return [{ ...row, isNew: !stored, more: row.count - (stored?.count ?? 0) }];
  });
}

type Change = SightingRow & { isNew: boolean; more: number };

function targetOf(changes: readonly Change[]) {
  const [first, second] = changes;
  return first && !second
    ? { type: "indicator", id: first.id, name: first.value.slice(0, 200) }
    : { type: "indicator", id: null, name: null };
}

export const beyond = (limit: number): RowError => ({
  code: "report_limit_reached",
  fields: [{ field: "value", problem: "is one more than the workspace may have", allowed: `${limit} of them` }],
});

async function countStored(tx: Prisma.TransactionClient, workspaceId: string): Promise<number> {
  const store = await tx.ownStore.findUnique({ where: { workspaceId }, select: { sightings: true } });
  return store?.sightings ?? 0;
}

type Stored = { id: string; seen_at: Date; place: string; occurrences: number; comment: string | null };

async function storedAmong(tx: Prisma.TransactionClient, workspaceId: string, rows: readonly SightingRow[]) {
  const asked = rows.map(({ id, seenAt, place }) => ({ id, seen_at: seenAt.toISOString(), place }));
  const stored = await tx.$queryRaw<Stored[]>`
    SELECT s.ioc_id::text AS id, s.seen_at, s.place, s.occurrences, s.comment
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS t(id uuid, seen_at timestamptz(3), place text)
    JOIN own_sighting s ON s.workspace_id = ${workspaceId}::uuid AND s.ioc_id = t.id AND s.seen_at = t.seen_at
      AND s.place = t.place`;
  return new Map(
    stored.map((row) => [keyOf({ ...row, seenAt: row.seen_at }), { count: row.occurrences, comment: row.comment }]),
  );
}

async function writeRows(tx: Prisma.TransactionClient, ctx: Reporter, changes: readonly Change[]): Promise<void> {
  const rows = changes.map(({ id, type, value, seenAt, place, count, comment }) => ({
    ...{ id: randomUUID(), ioc_id: id, type, value, seen_at: seenAt.toISOString(), place, occurrences: count, comment },
  }));
  await tx.$executeRaw`
    INSERT INTO own_sighting (id, workspace_id, ioc_id, type, value, seen_at, place, occurrences, comment, created_at, created_by)
    SELECT t.id, ${ctx.caller.workspaceId}::uuid, t.ioc_id, t.type, t.value, t.seen_at, t.place, t.occurrences, t.comment,
      ${ctx.now().toISOString()}::timestamptz, ${actorOf(ctx.caller).name ?? ""}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(id uuid, ioc_id uuid, type text, value text,
      seen_at timestamptz(3), place text, occurrences int4, comment text)
    ON CONFLICT (workspace_id, ioc_id, seen_at, place) DO UPDATE SET
      occurrences = EXCLUDED.occurrences, comment = EXCLUDED.comment`;
}

/** What lookups read: one row for each value, which no statement has to add up. */
async function addUp(tx: Prisma.TransactionClient, workspaceId: string, changes: readonly Change[]): Promise<void> {
  const rows = changes.map(({ id, seenAt, place, isNew, more }) => ({
    ...{ id, seen_at: seenAt.toISOString(), place, more, reports: isNew ? 1 : 0 },
  }));
  await tx.$executeRaw`
    INSERT INTO own_seen AS o (workspace_id, ioc_id, first_seen, last_seen, occurrences, reports, places)
    SELECT ${workspaceId}::uuid, t.id, min(t.seen_at), max(t.seen_at), sum(t.more), sum(t.reports),
      (array_agg(DISTINCT t.place ORDER BY t.place) FILTER (WHERE t.place <> ''))[1:10]
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(id uuid, seen_at timestamptz(3), place text, more int8,
      reports int4)
    GROUP BY t.id
    ON CONFLICT (workspace_id, ioc_id) DO UPDATE SET
      first_seen = LEAST(o.first_seen, EXCLUDED.first_seen), last_seen = GREATEST(o.last_seen, EXCLUDED.last_seen),
      occurrences = o.occurrences + EXCLUDED.occurrences, reports = o.reports + EXCLUDED.reports,
      places = (ARRAY(SELECT DISTINCT p FROM unnest(o.places || EXCLUDED.places) AS p ORDER BY p))[1:10]`;
}
