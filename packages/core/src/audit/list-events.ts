import type { Prisma } from "@tocsin/db";
import type { Authorized, SessionCaller } from "../access";
import type { Call } from "../context";
import { exactCountLimit, readNumberCursor, totalOf } from "../lib";
import { withPseudonyms } from "./pseudonyms";
import { type AuditEvent, type AuditList, eventColumns, type ListEventsInput, toEvent } from "./shape";

/** A page of the workspace's log, newest first; `meta.total` counts what the filters leave. */
export async function listEvents(ctx: Call<Authorized<SessionCaller>>, input: ListEventsInput): Promise<AuditList> {
  const where = filterOf(ctx.caller.workspaceId, input);
  const before = input.cursor === undefined ? {} : { id: { lt: readNumberCursor(input.cursor) } };
  const rows = await ctx.db.auditEvent.findMany({
    where: { AND: [where, before] },
    orderBy: { id: "desc" },
    take: input.limit + 1,
    select: eventColumns,
  });
  const counted = await ctx.db.auditEvent.count({ where, take: exactCountLimit + 1 });
  const page = rows.slice(0, input.limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    data: await withPseudonyms(ctx.db, page.map(toEvent)),
    meta: { ...totalOf(counted), limit: input.limit, next_cursor: last ? String(last.id) : null },
  };
}

const pageSize = 1_000;

/** Every event that the filters leave, newest first, in pages; neither `limit` nor `cursor` bounds it. */
export async function* streamEvents(
  ctx: Call<Authorized<SessionCaller>>,
  input: ListEventsInput,
): AsyncGenerator<AuditEvent[]> {
  const where = filterOf(ctx.caller.workspaceId, input);
  let last: bigint | undefined;
  for (;;) {
    const rows = await ctx.db.auditEvent.findMany({
      where: { AND: [where, last === undefined ? {} : { id: { lt: last } }] },
      orderBy: { id: "desc" },
      take: pageSize,
      select: eventColumns,
    });
    yield await withPseudonyms(ctx.db, rows.map(toEvent));
    last = rows.at(-1)?.id;
    if (rows.length < pageSize) return;
  }
}

function filterOf(workspaceId: string, input: ListEventsInput): Prisma.AuditEventWhereInput {
  const at = {
    ...(input.since === undefined ? {} : { gte: new Date(input.since) }),
    ...(input.until === undefined ? {} : { lte: new Date(input.until) }),
  };
  return {
    workspaceId,
    ...(input.action ? { action: input.action } : {}),
    ...(input.target ? { targetId: input.target } : {}),
    ...(input.actor ? { actorId: input.actor } : {}),
    ...(input.outcome ? { outcome: input.outcome } : {}),
    ...(input.since === undefined && input.until === undefined ? {} : { at }),
  };
}
