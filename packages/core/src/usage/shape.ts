import { z } from "zod";

/** One UTC day; errors are answers with a status of 400 or more. */
export const dailyUsageShape = z.object({ date: z.iso.date(), requests: z.int(), errors: z.int() });
export type DailyUsage = z.infer<typeof dailyUsageShape>;

/** Days of the chart on a key's page. */
export const chartDays = 30;
