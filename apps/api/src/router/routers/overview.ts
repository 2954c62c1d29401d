import { runSummaryShape } from "@tocsin/core/runs";
import { statsShape } from "@tocsin/core/stats";
import { dailyUsageShape } from "@tocsin/core/usage";
import { z } from "zod";
import { readOverview } from "../overview";
import { bySession, router } from "../procedure";

export const overviewShape = z.object({
  stats: statsShape,
  keys: z.object({ active: z.int(), expiring: z.int(), expired: z.int(), revoked: z.int(), limit: z.int() }),
  requests: z.object({ total: z.int(), errors: z.int(), daily: z.array(dailyUsageShape) }),
  feeds: z.object({
    total: z.int(),
    ok: z.int(),
    held: z.int(),
    failing: z.int(),
    unreachable: z.int(),
    never: z.int(),
    off: z.int(),
    paused: z.int(),
    needs_key: z.int(),
  }),
  network: z.object({
    /** None of the feeds that are pulled could be reached. */
    offline: z.boolean(),
    since: z.iso.datetime().nullable(),
    /** The proxies that are set, without secrets. */
    proxy: z.string().nullable(),
    mirror: z.boolean(),
    feeds_off: z.boolean(),
  }),
  latest_runs: z.array(runSummaryShape.extend({ feed_name: z.string() })),
});
export type Overview = z.infer<typeof overviewShape>;

export const overviewRouter = router({
  get: bySession()
    .output(overviewShape)
    .query(({ ctx }) => readOverview(ctx)),
});
