import type { Prisma } from "@tocsin/db";
import { appendEvent } from "../audit";
import { isUuid } from "../errors";
import { countUpTo, createTimeCursor, totalOf } from "../lib";
import { type IocType, iocTypes } from "../values";
import type { Reporter } from "./add-sightings";
import { readValue } from "./read-report";
import type { ListSightingsInput, Removed, SightingList, SightingPath, SightingView } from "./shape";

const cursors = createTimeCursor();

type Row = {
  id: string;
  ioc_id: string;
  type: string;
  value: string;
  seen_at: Date;
  place: string;
  occurrences: number;
  comment: string | null;
  created_at: Date;
  created_by: string;
  generation: number;
};

const columns = "id, ioc_id, type, value, seen_at, place, occurrences, comment, created_at, created_by";
// Of a value that came back, STIX has another id.
const generation = "COALESCE((SELECT generation FROM ioc WHERE ioc.id = own_sighting.ioc_id), 0) AS generation";
const filter = "workspace_id = $1::uuid AND ($2::uuid IS NULL OR ioc_id = $2::uuid)";

/** A page of what the workspace saw, the latest first. */
export async function listSightings(ctx: Reporter, input: ListSightingsInput): Promise<SightingList> {
  const { limit, cursor } = input;
  const after = cursor === undefined ? null : cursors.read(cursor);
  const values = [ctx.caller.workspaceId, iocIdOf(input)];
  const rows = await readRows(ctx, values, after, limit + 1);
  const [counted] = await ctx.sql.query<{ n: number }>(countUpTo(`own_sighting WHERE ${filter}`), values);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    data: page.map(viewOf),
    meta: {
      generated_at: ctx.now().toISOString(),
      feed_version: "1.0",
      source: ctx.instance.name,
      ...totalOf(counted?.n ?? 0),
      limit,
      next_cursor: last ? cursors.write(last.seen_at, last.id) : null,
    },
  };
}

/** How many they are. */
export async function countSightings(ctx: Reporter, input: Pick<ListSightingsInput, "value">): Promise<number> {
  const [row] = await ctx.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM own_sighting WHERE ${filter}`, [
    ctx.caller.workspaceId,
    iocIdOf(input),
  ]);
  return row?.n ?? 0;
}

const pageSize = 1_000;

/** All of them, page by page. */
export async function* streamSightings(
  ctx: Reporter,
  input: Pick<ListSightingsInput, "value">,
): AsyncGenerator<(SightingView & { generation: number })[]> {
  const values = [ctx.caller.workspaceId, iocIdOf(input)];
  let after: { at: Date; id: string } | null = null;
  for (;;) {
    const rows: Row[] = await readRows(ctx, values, after, pageSize);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => ({ ...viewOf(row), generation: row.generation }));
    after = { at: last.seen_at, id: last.id };
  }
}

const iocIdOf = ({ value }: Pick<ListSightingsInput, "value">) =>
  value === undefined ? null : readValue({ value }).id;

function readRows(
  ctx: Reporter,
  values: readonly unknown[],
  after: { at: Date; id: string } | null,
  limit: number,
): Promise<Row[]> {
  return ctx.sql.query<Row>(
    `SELECT ${columns}, ${generation} FROM own_sighting
     WHERE ${filter} AND ($3::timestamptz IS NULL OR (seen_at, id) < ($3::timestamptz, $4::uuid))
     ORDER BY seen_at DESC, id DESC LIMIT $5::int4`,
    [...values, after?.at.toISOString() ?? null, after?.id ?? null, limit],
  );
}

/** Takes a sighting back; twice is once. */
export async function removeSighting(ctx: Reporter, { sightingId }: SightingPath): Promise<Removed> {
  const { workspaceId } = ctx.caller;
  const removed = await ctx.db.$transaction(async (tx) => {
    // Writers of one workspace come one after the other.
    await tx.$queryRaw`SELECT total FROM own_store WHERE workspace_id = ${workspaceId}::uuid FOR UPDATE`;
    const where = { id: sightingId, workspaceId };
    const row = isUuid(sightingId) ? await tx.ownSighting.findFirst({ where }) : null;
    if (!row) return false;
    await tx.ownSighting.delete({ where: { id: sightingId } });
    await addUpAnew(tx, workspaceId, row.iocId);
    await tx.ownStore.update({
      where: { workspaceId },
      data: { sightings: { decrement: 1 } },
      select: { workspaceId: true },
    });
    const target = { type: "indicator", id: row.iocId, name: row.value.slice(0, 200) };
    await appendEvent(ctx, { action: "sighting.remove", target, details: { seen_at: row.seenAt.toISOString() } }, tx);
    return true;
  });
  return { success: true, removed };
}

async function addUpAnew(tx: Prisma.TransactionClient, workspaceId: string, iocId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM own_seen WHERE workspace_id = ${workspaceId}::uuid AND ioc_id = ${iocId}::uuid`;
  await tx.$executeRaw`
    INSERT INTO own_seen (workspace_id, ioc_id, first_seen, last_seen, occurrences, reports, places)
    SELECT workspace_id, ioc_id, min(seen_at), max(seen_at), sum(occurrences), count(*),
      (array_agg(DISTINCT place ORDER BY place) FILTER (WHERE place <> ''))[1:10]
    FROM own_sighting WHERE workspace_id = ${workspaceId}::uuid AND ioc_id = ${iocId}::uuid GROUP BY 1, 2`;
}

function viewOf(row: Row): SightingView {
  return {
    id: row.id,
    indicator_id: row.ioc_id,
    type: typeOf(row.type),
    value: row.value,
    seen_at: row.seen_at.toISOString(),
    place: row.place === "" ? null : row.place,
    count: row.occurrences,
    comment: row.comment,
    created_at: row.created_at.toISOString(),
    created_by: row.created_by,
  };
}

export const typeOf = (text: string): IocType => iocTypes.find((type) => type === text) ?? "domain";
