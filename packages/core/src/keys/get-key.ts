import { type KeyAdmin, workspaceOf } from "../access";
import type { Call } from "../context";
import { AppError, isUuid } from "../errors";
import { chartDays, dailyUsage } from "../usage";
import { keySetting } from "./key-setting";
import { toKey } from "./properties";
import { type KeyAnswer, keyColumns } from "./shape";

/** One key of the caller's workspace with its requests by day; another workspace's is `not_found` like one that never was. */
export async function getKey(ctx: Call<KeyAdmin>, { keyId }: { keyId: string }): Promise<KeyAnswer> {
  const row = isUuid(keyId)
    ? await ctx.db.apiKey.findFirst({
        where: { id: keyId, workspaceId: workspaceOf(ctx.caller) },
        select: keyColumns(ctx.now()),
      })
    : null;
  if (!row) throw new AppError("not_found");
  const key = toKey(row, await keySetting(ctx));
  return { data: { ...key, usage: { daily: await dailyUsage(ctx, row.id, chartDays) } } };
}
