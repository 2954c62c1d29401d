import type { Context } from "../context";

/**
 * How many nodes answer now, and how many of them have applied every change that restricts a key. The embedded database
 * has one process, which applies a change as it makes it.
 */
export async function readNodes(ctx: Pick<Context, "sql">): Promise<{ nodes: number; applied: number }> {
  const [row] = await ctx.sql.query<{ nodes: number; applied: number }>(
    `SELECT count(*)::int AS nodes, (count(*) FILTER (WHERE applied >= (SELECT head FROM fence)))::int AS applied
     FROM node_lease WHERE expires_at >= clock_timestamp()`,
  );
  return row && row.nodes > 0 ? row : { nodes: 1, applied: 1 };
}
