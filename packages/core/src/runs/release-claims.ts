import type { Context } from "../context";

/** Ends every claim: right only where no other process can hold one, since the database belongs to this one. */
export async function releaseClaims(ctx: Pick<Context, "sql">): Promise<void> {
  await ctx.sql.query("UPDATE feed SET claimed_until = now() - interval '1 second' WHERE claimed_until > now()");
}
