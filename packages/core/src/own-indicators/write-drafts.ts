import type { Prisma } from "@tocsin/db";
import type { Authorized, KeyCaller, SessionCaller } from "../access";
import { actorOf, appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter } from "../errors";
import { type DraftRow, errorOf } from "./read-draft";
import type { Counts, Outcome, RowError } from "./shape";

/** Whoever writes indicators: a key with the scope, or any member, in their own workspace. */
export type Writer = Call<Authorized<KeyCaller | SessionCaller>>;

/** Most rows of one transaction, so that one writer of a workspace keeps another waiting for less than a second. */
export const batchRows = 2_500;

export type Written = { outcome: Exclude<Outcome, "refused"> } | { outcome: "refused"; error: RowError };

export const noCounts = (): Counts => ({ created: 0, updated: 0, unchanged: 0, refused: 0 });

/**
 * Writes rows with distinct ids in one transaction, and says of each what became of it. Writers of one workspace come one
 * after the other: each holds the workspace's store from its first statement to its last, and takes rows by ascending id as
 * the sequencer does, so that no two wait for each other. `event`: whether the audit log is told of these rows.
 */
export async function writeDrafts(
  ctx: Writer,
  rows: readonly DraftRow[],
  { event }: { event: boolean },
): Promise<ReadonlyMap<string, Written>> {
  const { workspaceId, tier } = ctx.caller;
  return ctx.db.$transaction(
    async (tx) => {
      const total = await lockStore(tx, workspaceId);
      const results = new Map<string, Written>();
      const free = await withoutTaken(tx, workspaceId, rows, results);
      const before = await storedAmong(tx, workspaceId, free);
      const room = tier.ownIndicators - total;
      const fitting = withinRoom(free, before, room, { limit: tier.ownIndicators, results });
      for (const row of fitting) results.set(row.id, { outcome: "unchanged" });
      for (const { id, is_new } of await write(tx, ctx, fitting)) {
        results.set(id, { outcome: is_new ? "created" : "updated" });
      }
      const counts = countOutcomes(results.values());
      await countChanges(tx, workspaceId, counts);
      if (event && counts.created + counts.updated > 0) {
        await appendEvent(ctx, { action: "indicator.add", target: storeTarget, details: { ...counts } }, tx);
      }
      return results;
    },
    { maxWait: 60_000, timeout: 60_000 },
  );
}

export const storeTarget = { type: "indicator", id: null, name: null };

/** The first statement of every writer. Gives how many indicators there are. */
export async function lockStore(tx: Prisma.TransactionClient, workspaceId: string): Promise<number> {
  const [store] = await tx.$queryRaw<{ total: number }[]>`
    INSERT INTO own_store (workspace_id) VALUES (${workspaceId}::uuid)
    ON CONFLICT (workspace_id) DO UPDATE SET total = own_store.total RETURNING total`;
  return store?.total ?? 0;
}

export async function countChanges(tx: Prisma.TransactionClient, workspaceId: string, counts: Counts): Promise<void> {
  const { created, updated } = counts;
  if (created + updated === 0) return;
  await tx.$executeRaw`
    UPDATE own_store SET total = total + ${created}::int4, changes = changes + 1 WHERE workspace_id = ${workspaceId}::uuid`;
}

export function countOutcomes(written: Iterable<{ outcome: Outcome }>): Counts {
  const counts = noCounts();
  for (const { outcome } of written) counts[outcome] += 1;
  return counts;
}

/** Leaves out rows whose external id another indicator has, of what is stored or of the rows before. */
async function withoutTaken(
  tx: Prisma.TransactionClient,
  workspaceId: string,
  rows: readonly DraftRow[],
  results: Map<string, Written>,
): Promise<DraftRow[]> {
  const names = rows.flatMap(({ external_id }) => (external_id === null ? [] : [external_id]));
  const stored =
    names.length === 0
      ? []
      : await tx.$queryRaw<{ external_id: string; ioc_id: string; value: string }[]>`
          SELECT external_id, ioc_id::text, value FROM own_indicator
          WHERE workspace_id = ${workspaceId}::uuid AND external_id = ANY (${names}::text[])`;
  const holders = new Map(stored.map((row) => [row.external_id, { id: row.ioc_id, value: row.value }]));
  return rows.filter((row) => {
    if (row.external_id === null) return true;
    const holder = holders.get(row.external_id);
    if (holder && holder.id !== row.id) {
      results.set(row.id, { outcome: "refused", error: takenBy(holder.value) });
      return false;
    }
    holders.set(row.external_id, { id: row.id, value: row.value });
    return true;
  });
}

function takenBy(value: string): RowError {
  const problem = `is that of ${value.slice(0, 100)}`;
  return errorOf(invalidParameter({ field: "external_id", problem, allowed: "a name that no other indicator has" }));
}

/** Throws `invalid_parameter` where another indicator has the external id. */
export async function requireFreeName(
  tx: Prisma.TransactionClient,
  workspaceId: string,
  { id, externalId }: { id: string; externalId: string | null },
): Promise<void> {
  if (externalId === null) return;
  const where = { workspaceId, externalId, NOT: { iocId: id } };
  const holder = await tx.ownIndicator.findFirst({ where, select: { value: true } });
  if (holder) throw new AppError("invalid_parameter", { details: { fields: takenBy(holder.value).fields } });
}

async function storedAmong(
  tx: Prisma.TransactionClient,
  workspaceId: string,
  rows: readonly DraftRow[],
): Promise<ReadonlySet<string>> {
  const ids = rows.map(({ id }) => id);
  const stored = await tx.$queryRaw<{ id: string }[]>`
    SELECT ioc_id::text AS id FROM own_indicator
    WHERE workspace_id = ${workspaceId}::uuid AND ioc_id = ANY (${ids}::uuid[])`;
  return new Set(stored.map(({ id }) => id));
}

function withinRoom(
  rows: readonly DraftRow[],
  before: ReadonlySet<string>,
  room: number,
  { limit, results }: { limit: number; results: Map<string, Written> },
): DraftRow[] {
  let left = room;
  return rows.filter(({ id }) => {
    if (before.has(id)) return true;
    left -= 1;
    if (left >= 0) return true;
    results.set(id, { outcome: "refused", error: { code: "indicator_limit_reached", fields: [beyond(limit)] } });
    return false;
  });
}

const beyond = (limit: number) => ({
  field: "value",
  problem: "is one more than the workspace may have",
  allowed: `${limit} indicators, withdrawn ones too`,
});

// What is said again in the same words changes nothing, so that a stream that was cut may be sent again from its beginning.
async function write(
  tx: Prisma.TransactionClient,
  ctx: Writer,
  rows: readonly DraftRow[],
): Promise<{ id: string; is_new: boolean }[]> {
  if (rows.length === 0) return [];
  const now = ctx.now().toISOString();
  return tx.$queryRaw<{ id: string; is_new: boolean }[]>`
    INSERT INTO own_indicator AS o (workspace_id, ioc_id, type, value, external_id, confidence, tlp, tags, threat_type,
      malware_family, comment, reference_url, first_seen, last_seen, valid_until, warnings, created_at, created_by, updated_at)
    SELECT ${ctx.caller.workspaceId}::uuid, t.id, t.type, t.value, COALESCE(t.external_id, s.external_id), t.confidence, t.tlp,
      t.tags, t.threat_type, t.malware_family, t.comment, t.reference_url,
      COALESCE(LEAST(t.first_seen, t.last_seen), s.first_seen, ${now}::timestamptz),
      COALESCE(GREATEST(t.last_seen, t.first_seen), s.last_seen, ${now}::timestamptz),
      t.valid_until, t.warnings, ${now}::timestamptz, ${actorOf(ctx.caller).name ?? ""}, ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(id uuid, type text, value text, external_id text,
      confidence int2, tlp text, tags text[], threat_type text, malware_family text, comment text, reference_url text,
      first_seen timestamptz(3), last_seen timestamptz(3), valid_until timestamptz(3), warnings text[])
    LEFT JOIN own_indicator s ON s.workspace_id = ${ctx.caller.workspaceId}::uuid AND s.ioc_id = t.id
    ORDER BY t.id
    ON CONFLICT (workspace_id, ioc_id) DO UPDATE SET
      external_id = EXCLUDED.external_id, confidence = EXCLUDED.confidence, tlp = EXCLUDED.tlp, tags = EXCLUDED.tags,
      threat_type = EXCLUDED.threat_type, malware_family = EXCLUDED.malware_family, comment = EXCLUDED.comment,
      reference_url = EXCLUDED.reference_url, first_seen = EXCLUDED.first_seen, last_seen = EXCLUDED.last_seen,
      valid_until = EXCLUDED.valid_until, warnings = EXCLUDED.warnings, withdrawn_at = NULL,
      updated_at = GREATEST(o.updated_at + interval '1 millisecond', EXCLUDED.updated_at)
    WHERE (o.external_id, o.confidence, o.tlp, o.tags, o.threat_type, o.malware_family, o.comment, o.reference_url,
           o.first_seen, o.last_seen, o.valid_until, o.warnings, o.withdrawn_at)
      IS DISTINCT FROM (EXCLUDED.external_id, EXCLUDED.confidence, EXCLUDED.tlp, EXCLUDED.tags, EXCLUDED.threat_type,
           EXCLUDED.malware_family, EXCLUDED.comment, EXCLUDED.reference_url, EXCLUDED.first_seen, EXCLUDED.last_seen,
           EXCLUDED.valid_until, EXCLUDED.warnings, NULL::timestamptz(3))
    RETURNING o.ioc_id::text AS id, (xmax = 0) AS is_new`;
}
