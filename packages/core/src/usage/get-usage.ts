import { type KeyAdmin, workspaceOf } from "../access";
import type { Call } from "../context";
import { AppError, isUuid } from "../errors";
import { firstDay, readFigures } from "./read-figures";
import type { KeyUsage, KeyUsageInput, WorkspaceUsage, WorkspaceUsageInput } from "./shape";
import { inScope } from "./usage-scope";

/** How one key of the caller's workspace was used. Throws `not_found` for another's as for one that never was. */
export async function getKeyUsage(
  ctx: Call<KeyAdmin>,
  input: Pick<KeyUsageInput, "keyId" | "days">,
): Promise<KeyUsage> {
  const keyId = await requireKey(ctx, input.keyId);
  return { data: { key_id: keyId, ...(await readFigures(ctx, { keyId }, input.days)) } };
}

/** The key's id, where it is of the caller's workspace. Throws `not_found`. */
export async function requireKey(ctx: Call<KeyAdmin>, keyId: string): Promise<string> {
  const row = isUuid(keyId)
    ? await ctx.db.apiKey.findFirst({
        where: { id: keyId, workspaceId: workspaceOf(ctx.caller) },
        select: { id: true },
      })
    : null;
  if (!row) throw new AppError("not_found");
  return row.id;
}

/** How all keys of the caller's workspace were used, which of them and whose the most, and what its people read. */
export async function getWorkspaceUsage(
  ctx: Call<KeyAdmin>,
  input: Pick<WorkspaceUsageInput, "days">,
): Promise<WorkspaceUsage> {
  const scope = { workspaceId: workspaceOf(ctx.caller) };
  const figures = await readFigures(ctx, scope, input.days);
  const values = [scope.workspaceId, firstDay(ctx.now(), input.days)];
  const used = `usage_day_route JOIN api_key ON api_key.id = key_id WHERE ${inScope(scope)} AND day >= $2::date`;
  const keys = await ctx.sql.query<WorkspaceUsage["data"]["keys"][number]>(
    `SELECT api_key.id::text AS key_id, name, created_by AS owner, ${counts} FROM ${used}
     GROUP BY api_key.id ORDER BY requests DESC, name, key_id LIMIT ${shown}`,
    values,
  );
  const owners = await ctx.sql.query<WorkspaceUsage["data"]["owners"][number]>(
    `SELECT created_by AS owner, count(DISTINCT api_key.id) AS keys, ${counts} FROM ${used}
     GROUP BY created_by ORDER BY requests DESC, owner LIMIT ${shown}`,
    values,
  );
  const [dashboard] = await ctx.sql.query<WorkspaceUsage["data"]["dashboard"]>(
    `SELECT COALESCE(sum(requests), 0) AS requests, COALESCE(sum(refused), 0) AS rate_limit_hits,
       COALESCE(sum(charged), 0) AS charged FROM usage_dashboard WHERE workspace_id = $1::uuid AND day >= $2::date`,
    values,
  );
  const none = { requests: 0, rate_limit_hits: 0, charged: 0 };
  return { data: { ...figures, keys, dashboard: dashboard ?? none, owners } };
}

const shown = 100;

const counts = `sum(requests) AS requests, COALESCE(sum(requests) FILTER (WHERE status >= 400), 0) AS errors,
  COALESCE(sum(requests) FILTER (WHERE status = 429), 0) AS rate_limit_hits`;
