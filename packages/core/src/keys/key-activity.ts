import { z } from "zod";
import { type KeyAdmin, workspaceOf } from "../access";
import type { Call } from "../context";
import { isUuid } from "../errors";
import { dayMs } from "../lib";
import { countOf, keyId, uuid } from "../values";
import type { KeyStatus } from "./key-status";
import { expiringBy } from "./key-status";

/** Days of a key's line in a list. */
const activityDays = 14;
const mostKeys = 200;

export const keyActivityInput = z.object({
  ids: z
    .array(keyId)
    .max(mostKeys)
    .meta({ description: `Of which keys, at most ${mostKeys}.` }),
});

export const keyActivityShape = z.object({
  data: z.array(
    z.object({
      key_id: uuid.meta({ description: "The id of the key." }),
      daily: z
        .array(z.int())
        .meta({ description: `Requests of the last ${activityDays} UTC days, the oldest first, today last.` }),
      requests: countOf("Requests of these days.", 1_280),
      errors: countOf("Those of them that were answered with a status of 400 or more.", 3),
      networks: countOf("Networks (IPv4 /24, IPv6 /48) that the key was used from, of the last 200.", 2),
    }),
  ),
});
type KeyActivity = z.infer<typeof keyActivityShape>;

/** How keys of the caller's workspace were used of late, as a list shows it; ids of others are left out. */
export async function readKeyActivity(
  ctx: Call<KeyAdmin>,
  { ids }: z.output<typeof keyActivityInput>,
): Promise<KeyActivity> {
  const today = Math.floor(ctx.now().getTime() / dayMs);
  const first = new Date((today - activityDays + 1) * dayMs).toISOString().slice(0, 10);
  const rows = await ctx.sql.query<{ key_id: string; networks: number; daily: (number | null)[]; errors: number }>(
    `SELECT api_key.id::text AS key_id,
       (SELECT count(*) FROM key_network WHERE key_network.key_id = api_key.id)::int AS networks,
       ARRAY (SELECT COALESCE(usage_day.requests, 0) FROM generate_series(0, $4::int - 1) AS back
              LEFT JOIN usage_day ON usage_day.key_id = api_key.id AND usage_day.day = $3::date + back
              ORDER BY back) AS daily,
       (SELECT COALESCE(sum(errors), 0) FROM usage_day WHERE usage_day.key_id = api_key.id AND day >= $3::date)::int
         AS errors
     FROM api_key WHERE workspace_id = $1::uuid AND id = ANY ($2::uuid[])`,
    [workspaceOf(ctx.caller), ids.filter(isUuid), first, activityDays],
  );
  return {
    data: rows.map(({ key_id, daily, errors, networks }) => {
      const days = daily.map(Number);
      return { key_id, daily: days, requests: days.reduce((sum, day) => sum + day, 0), errors, networks };
    }),
  };
}

/** How many keys of the caller's workspace are in each state now. */
export async function countKeys(ctx: Call<KeyAdmin>): Promise<Record<KeyStatus, number>> {
  const now = ctx.now();
  const [row] = await ctx.sql.query<Record<KeyStatus, number>>(
    `SELECT count(*) FILTER (WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3::timestamptz))::int AS active,
            count(*) FILTER (WHERE revoked_at IS NULL AND expires_at > $2::timestamptz AND expires_at <= $3::timestamptz)::int AS expiring,
            count(*) FILTER (WHERE revoked_at IS NULL AND expires_at <= $2::timestamptz)::int AS expired,
            count(*) FILTER (WHERE revoked_at IS NOT NULL)::int AS revoked
     FROM api_key WHERE workspace_id = $1::uuid`,
    [workspaceOf(ctx.caller), now.toISOString(), expiringBy(now).toISOString()],
  );
  return row ?? { active: 0, expiring: 0, expired: 0, revoked: 0 };
}

export const keyCountsShape = z.object({
  active: countOf("Keys that work and do not end soon.", 12),
  expiring: countOf("Keys that work and end within 14 days.", 1),
  expired: countOf("Keys whose end has passed.", 0),
  revoked: countOf("Keys that were revoked.", 2),
});
