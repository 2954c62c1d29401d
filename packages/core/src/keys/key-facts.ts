import { z } from "zod";
import type { KeyAdmin } from "../access";
import type { Call } from "../context";
import { dayMs } from "../lib";
import { requireKey } from "../usage";
import { countOf, timestamp } from "../values";

export const keyFactsShape = z.object({
  data: z.object({
    last_use: z
      .object({
        at: timestamp.meta({ description: "The minute of the last request." }),
        path: z.string().meta({ description: "Its route, with its parameters by name." }),
        status: z.int().meta({ description: "The status of its answer." }),
      })
      .nullable()
      .meta({ description: "The last request that is still kept by the minute; null without one." }),
    requests_7d: countOf("Requests of the last 7 UTC days, today included.", 31_000),
    networks: z
      .array(
        z.object({
          network: z.string().meta({ description: "IPv4 /24 or IPv6 /48, from which the key was used." }),
          first_at: timestamp.meta({ description: "When it was first used from there." }),
          last_at: timestamp.meta({ description: "When it was last used from there, to the day." }),
        }),
      )
      .meta({ description: "The last 200 of them, the one that was used last first." }),
    refused_last_hour: countOf("Requests with the key that were refused within the last hour.", 0),
  }),
});
type KeyFacts = z.infer<typeof keyFactsShape>;

/** What one wants to know of a key before it is changed or ended: who uses it, from where. Throws `not_found`. */
export async function readKeyFacts(ctx: Call<KeyAdmin>, input: { keyId: string }): Promise<KeyFacts> {
  const id = await requireKey(ctx, input.keyId);
  const now = ctx.now().getTime();
  const today = Math.floor(now / dayMs);
  const [last] = await ctx.sql.query<{ at: Date; path: string; status: number }>(
    `SELECT minute AS at, route AS path, status FROM usage_minute WHERE key_id = $1::uuid
     ORDER BY minute DESC, requests DESC, route, status LIMIT 1`,
    [id],
  );
  const [sums] = await ctx.sql.query<{ requests: number; refused: number }>(
    `SELECT (SELECT COALESCE(sum(requests), 0) FROM usage_day WHERE key_id = $1::uuid AND day >= $2::date)::int
       AS requests,
       (SELECT COALESCE(sum(refused), 0) FROM key_refusal WHERE key_id = $1::uuid AND slot >= $3::timestamptz)::int
       AS refused`,
    [id, new Date((today - 6) * dayMs).toISOString().slice(0, 10), new Date(now - dayMs / 24).toISOString()],
  );
  const networks = await ctx.sql.query<{ network: string; first_at: Date; last_at: Date }>(
    `SELECT network, first_at, last_at FROM key_network WHERE key_id = $1::uuid
     ORDER BY last_at DESC, first_at DESC, network LIMIT 200`,
    [id],
  );
  return {
    data: {
      last_use: last ? { at: last.at.toISOString(), path: last.path, status: last.status } : null,
      requests_7d: sums?.requests ?? 0,
      networks: networks.map(({ network, first_at, last_at }) => ({
        network,
        first_at: first_at.toISOString(),
        last_at: last_at.toISOString(),
      })),
      refused_last_hour: sums?.refused ?? 0,
    },
  };
}
