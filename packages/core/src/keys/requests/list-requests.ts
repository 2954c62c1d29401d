import { type KeyAdmin, workspaceOf } from "../../access";
import type { Call } from "../../context";
import { AppError, isUuid } from "../../errors";
import { isRequester, statusOfRequest, toKeyRequest } from "./request-row";
import { type KeyRequestAnswer, type KeyRequestList, listedRequests } from "./shape";

/** The workspace's newest requests; `meta.pending` counts those among them that wait for a decision. */
export async function listKeyRequests(ctx: Call<KeyAdmin>): Promise<KeyRequestList> {
  const now = ctx.now();
  const rows = await ctx.db.keyRequest.findMany({
    where: { workspaceId: workspaceOf(ctx.caller) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: listedRequests,
  });
  return {
    data: rows.map((row) => ({ ...toKeyRequest(row, now), mine: isRequester(ctx.caller, row) })),
    meta: { pending: rows.filter((row) => statusOfRequest(row, now) === "pending").length },
  };
}

/** Throws `not_found`. */
export async function getKeyRequest(
  ctx: Call<KeyAdmin>,
  { requestId: id }: { requestId: string },
): Promise<KeyRequestAnswer> {
  if (!isUuid(id)) throw new AppError("not_found");
  const row = await ctx.db.keyRequest.findFirst({ where: { id, workspaceId: workspaceOf(ctx.caller) } });
  if (!row) throw new AppError("not_found");
  return { data: toKeyRequest(row, ctx.now()) };
}
