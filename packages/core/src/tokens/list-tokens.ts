import { type Authorized, requireRight, type SessionCaller } from "../access";
import type { Call } from "../context";
import { type TokenList, tokenColumns, toToken } from "./shape";

/** The workspace's tokens, newest first, those that have ended included. For owners and admins. */
export async function listTokens(ctx: Call<Authorized<SessionCaller>>): Promise<TokenList> {
  requireRight(ctx.caller, "tokens:write");
  const where = { workspaceId: ctx.caller.workspaceId };
  const rows = await ctx.db.managementToken.findMany({
    where,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 500,
    select: tokenColumns,
  });
  const total = await ctx.db.managementToken.count({ where });
  return { data: rows.map((row) => toToken(row, ctx.now())), meta: { total } };
}
