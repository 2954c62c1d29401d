import type { Context } from "../context";
import { instanceChain } from "./chain";
import { eventsAfter } from "./pull-events";
import type { AuditEvent } from "./shape";

/** Seconds for which a node has a target to itself, from its last batch on. */
const claimSeconds = 30;
/** The most events of one batch. */
const batch = 500;

export type Batch = { workspaceId: string | null; events: AuditEvent[] };

/**
 * Hands the next events of each chain to `send`, in their order, and remembers them as sent when it resolves: one that
 * fails, or is killed, is handed out again. One node at a time. Gives how many were sent; null where another node does it.
 */
export async function forwardEvents(
  ctx: Pick<Context, "db" | "sql">,
  { target, node, send }: { target: string; node: string; send: (batch: Batch) => Promise<void> },
): Promise<number | null> {
  if (!(await claim(ctx, target, node))) return null;
  const behind = await ctx.sql.query<{ chain: string; seq: number }>(
    `SELECT head.chain::text, COALESCE(place.seq, 0) AS seq
     FROM audit_head head LEFT JOIN audit_place place ON place.chain = head.chain AND place.target = $1
     WHERE head.seq > COALESCE(place.seq, 0) ORDER BY head.chain`,
    [target],
  );
  let sent = 0;
  for (const { chain, seq } of behind) {
    const workspaceId = chain === instanceChain ? null : chain;
    const events = await eventsAfter(ctx, { workspaceId, after: Number(seq), take: batch });
    const last = events.at(-1)?.seq;
    if (last === undefined || last === null) continue;
    await send({ workspaceId, events });
    await ctx.sql.query(
      `INSERT INTO audit_place (target, chain, seq) VALUES ($1, $2::uuid, $3::bigint)
       ON CONFLICT (target, chain) DO UPDATE SET seq = GREATEST(audit_place.seq, excluded.seq)`,
      [target, chain, last],
    );
    sent += events.length;
    if (!(await claim(ctx, target, node))) break;
  }
  return sent;
}

/** Also lengthens what this node has. */
async function claim(ctx: Pick<Context, "sql">, target: string, node: string): Promise<boolean> {
  const rows = await ctx.sql.query(
    `INSERT INTO audit_target AS known (name, node, until)
     VALUES ($1, $2, clock_timestamp() + $3::int * interval '1 second')
     ON CONFLICT (name) DO UPDATE SET node = excluded.node, until = excluded.until
     WHERE known.node = excluded.node OR known.until < clock_timestamp() RETURNING name`,
    [target, node, claimSeconds],
  );
  return rows.length > 0;
}

/** Lets another node go on at once. */
export async function releaseTarget(ctx: Pick<Context, "sql">, target: string, node: string): Promise<void> {
  await ctx.sql.query("DELETE FROM audit_target WHERE name = $1 AND node = $2", [target, node]);
}
