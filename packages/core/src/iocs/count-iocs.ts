import type { Context } from "../context";
import type { Condition } from "./select-iocs";

/** Counted exactly up to here; beyond, counting would cost more than the page, and the planner's estimate stands in. */
export const exactCountLimit = 100_000;

export type Total = { total: number; exact: boolean };

export async function countIocs(ctx: Pick<Context, "sql">, { text, values }: Condition): Promise<Total> {
  const guess = await estimate(ctx, { text, values });
  if (guess > 10 * exactCountLimit) return { total: guess, exact: false };
  const [row] = await ctx.sql.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM ioc WHERE ${text} LIMIT ${exactCountLimit + 1}) AS counted`,
    values,
  );
  const total = row?.n ?? 0;
  if (total <= exactCountLimit) return { total, exact: true };
  return { total: Math.max(total, guess), exact: false };
}

async function estimate(ctx: Pick<Context, "sql">, { text, values }: Condition): Promise<number> {
  const [row] = await ctx.sql.query<Record<"QUERY PLAN", [{ Plan?: { "Plan Rows"?: number } }]>>(
    `EXPLAIN (FORMAT JSON) SELECT 1 FROM ioc WHERE ${text}`,
    values,
  );
  return Math.round(row?.["QUERY PLAN"][0].Plan?.["Plan Rows"] ?? 0);
}
