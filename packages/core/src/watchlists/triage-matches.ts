import type { Prisma } from "@tocsin/db";
import { appendEvent } from "../audit";
import { invalidParameter } from "../errors";
import type { WatchlistCall } from "./require-watchlist";
import { mostAtOnce, type Triaged, type TriageInput } from "./triage-shape";

type Changed = { id: number; watchlist_id: string; name: string };

/**
 * Acknowledges matches of any list of the workspace, opens them again, or says who looks into them; those that are so
 * already are left alone. Throws `invalid_parameter` for somebody who is no member.
 */
export async function triageMatches(ctx: WatchlistCall, input: TriageInput): Promise<Triaged> {
  const { acknowledged } = input;
  const assignee = await readAssignee(ctx, input.assigned_to);
  return ctx.db.$transaction(async (tx) => {
    const rows = await tx.$queryRawUnsafe<Changed[]>(
      change,
      ctx.caller.workspaceId,
      input.ids ?? null,
      input.entry_ids ?? null,
      input.subject_ids ?? null,
      acknowledged ?? null,
      ctx.now().toISOString(),
      ctx.caller.email,
      assignee !== undefined,
      assignee ?? null,
    );
    const said = {
      ...(acknowledged === undefined ? {} : { acknowledged }),
      ...(assignee === undefined ? {} : { assigned_to: assignee }),
    };
    await append(ctx, tx, rows, said);
    return {
      success: true,
      changed: rows.length,
      ids: rows.map(({ id }) => String(id)),
      more: rows.length === mostAtOnce,
    };
  });
}

/** One event for each list. */
async function append(
  ctx: WatchlistCall,
  tx: Prisma.TransactionClient,
  rows: readonly Changed[],
  said: object,
): Promise<void> {
  for (const [id, name] of new Map(rows.map((row) => [row.watchlist_id, row.name]))) {
    const target = { type: "watchlist", id, name };
    const details = { matches: rows.filter((row) => row.watchlist_id === id).length, ...said };
    await appendEvent(ctx, { action: "watchlist.triage", target, details }, tx);
  }
}

/** Undefined: as it is. Null: nobody. */
async function readAssignee(ctx: WatchlistCall, given: string | null | undefined): Promise<string | null | undefined> {
  if (given === undefined || given === null) return given;
  const email = given.trim().toLowerCase();
  const { workspaceId } = ctx.caller;
  const member = await ctx.db.member.findFirst({ where: { workspaceId, user: { email } }, select: { id: true } });
  if (member) return email;
  const allowed = "the e-mail address of a member, or null for nobody";
  throw invalidParameter({ field: "assigned_to", problem: "is no member of this workspace", allowed });
}

// Lists and then matches are held in the order in which whoever writes matches does (core/watchlists/write-matches).
const change = `
  WITH lists AS MATERIALIZED (
    SELECT id, name FROM watchlist WHERE workspace_id = $1::uuid ORDER BY id FOR NO KEY UPDATE
  ), chosen AS MATERIALIZED (
    SELECT m.id FROM lists JOIN watchlist_match m ON m.watchlist_id = lists.id
    WHERE ($2::int8[] IS NULL OR m.id = ANY ($2::int8[]))
      AND ($3::uuid[] IS NULL OR m.entry_id = ANY ($3::uuid[]))
      AND ($4::uuid[] IS NULL OR m.subject_id = ANY ($4::uuid[]))
      AND ((m.acknowledged_at IS NULL) = $5::boolean OR ($8::boolean AND m.assigned_to IS DISTINCT FROM $9::text))
    ORDER BY m.id LIMIT ${mostAtOnce} FOR NO KEY UPDATE OF m
  )
  UPDATE watchlist_match m SET
    acknowledged_at = CASE WHEN $5::boolean IS NULL THEN m.acknowledged_at
      WHEN $5::boolean THEN COALESCE(m.acknowledged_at, $6::timestamptz) END,
    acknowledged_by = CASE WHEN $5::boolean IS NULL THEN m.acknowledged_by
      WHEN $5::boolean THEN COALESCE(m.acknowledged_by, $7::text) END,
    assigned_to = CASE WHEN $8::boolean THEN $9::text ELSE m.assigned_to END
  FROM chosen, lists WHERE m.id = chosen.id AND lists.id = m.watchlist_id
  RETURNING m.id, m.watchlist_id::text, lists.name`;
