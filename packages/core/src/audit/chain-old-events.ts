import type { Context } from "../context";
import { hashWith, lockHead, moveHead } from "./append-to-chain";
import { chainOf, hex } from "./chain";
import { chainColumns, contentOfRow } from "./chain-row";

/**
 * Gives the events that were written before there were chains their places and hashes. Only for the node that has just
 * added the chains to the database: at any other time, an event without a place is one that somebody slipped in.
 */
export async function chainOldEvents(ctx: Pick<Context, "db" | "sql" | "now" | "auditKeys">): Promise<number> {
  const chains = await ctx.sql.query<{ id: string | null }>(
    "SELECT DISTINCT workspace_id::text AS id FROM audit_event WHERE hash IS NULL",
  );
  let done = 0;
  for (const { id } of chains) {
    let found = 0;
    do {
      found = await chainPage(ctx, id);
      done += found;
    } while (found > 0);
  }
  return done;
}

async function chainPage(ctx: Pick<Context, "db" | "now" | "auditKeys">, workspaceId: string | null): Promise<number> {
  const chain = chainOf(workspaceId);
  return ctx.db.$transaction(async (tx) => {
    const { seq, hash } = await lockHead(tx, chain, 0, ctx.now());
    const rows = await tx.auditEvent.findMany({
      where: { workspaceId, hash: null },
      orderBy: { id: "asc" },
      take: 1_000,
      select: chainColumns,
    });
    if (rows.length === 0) return 0;
    const end = { seq, hash };
    const links = rows.map((row) => {
      const prev = end.hash;
      end.seq += 1;
      end.hash = hashWith(ctx, { chain, seq: end.seq, prev }, contentOfRow(row));
      return { id: String(row.id), seq: end.seq, prev: hex(prev), hash: hex(end.hash) };
    });
    await tx.$executeRaw`
      UPDATE audit_event SET seq = link.seq, prev_hash = decode(link.prev, 'hex'), hash = decode(link.hash, 'hex'),
        hash_key_id = ${ctx.auditKeys.current}
      FROM jsonb_to_recordset(${JSON.stringify(links)}::text::jsonb) AS link(id int8, seq int8, prev text, hash text)
      WHERE audit_event.id = link.id`;
    await moveHead(ctx, tx, { chain, ...end });
    return rows.length;
  });
}
