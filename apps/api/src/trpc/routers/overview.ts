import { runSummaryShape } from "@tocsin/core/runs";
import { dailyUsageShape } from "@tocsin/core/usage";
import { z } from "zod";
import { readOverview } from "../overview";
import { bySession, router } from "../trpc";

export const overviewShape = z.object({
  iocs: z.object({
    total: z.int(),
    new_24h: z.int(),
    by_type: z.array(z.object({ type: z.string(), count: z.int() })),
    /** Counting takes time: these figures are at most a few minutes old. */
    counted_at: z.iso.datetime(),
  }),
  keys: z.object({ active: z.int(), expiring: z.int(), expired: z.int(), revoked: z.int(), limit: z.int() }),
  requests: z.object({ total: z.int(), errors: z.int(), daily: z.array(dailyUsageShape) }),
  feeds: z.object({
    total: z.int(),
    ok: z.int(),
    failing: z.int(),
    never: z.int(),
    off: z.int(),
    paused: z.int(),
    needs_key: z.int(),
  }),
  latest_runs: z.array(runSummaryShape),
});
export type Overview = z.infer<typeof overviewShape>;

export const overviewRouter = router({
  get: bySession()
    .output(overviewShape)
    .query(({ ctx }) => readOverview(ctx)),
});
