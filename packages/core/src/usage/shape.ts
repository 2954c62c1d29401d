import { z } from "zod";
import { queryInteger } from "../errors";

/** One UTC day; errors are answers with a status of 400 or more. */
export const dailyUsageShape = z.object({ date: z.iso.date(), requests: z.int(), errors: z.int() });
export type DailyUsage = z.infer<typeof dailyUsageShape>;

/** Days of the chart on a key's page. */
export const chartDays = 30;

export const usageFormats = ["json", "csv"] as const;

const window = {
  /** UTC days, today included. */
  days: queryInteger(1, 90).default(30),
  format: z.enum(usageFormats).default("json"),
};

export const keyUsageInput = z.object({ keyId: z.string(), ...window });
export type KeyUsageInput = z.output<typeof keyUsageInput>;

export const workspaceUsageInput = z.object(window).prefault({});
export type WorkspaceUsageInput = z.output<typeof workspaceUsageInput>;

const milliseconds = z.number();

const figures = {
  window_days: z.int(),
  total_requests: z.int(),
  successful: z.int(),
  client_errors: z.int(),
  server_errors: z.int(),
  /** 0 to 1; 0 where there were no requests. */
  success_rate: z.number().min(0).max(1),
  avg_response_time_ms: milliseconds,
  latency_p50_ms: milliseconds,
  latency_p95_ms: milliseconds,
  latency_p99_ms: milliseconds,
  /** The most requests of one key in one UTC minute, and in one UTC day. */
  rate_limit_peak_per_minute: z.int(),
  rate_limit_peak_per_day: z.int(),
  /** By the route's template. */
  top_endpoints: z.array(z.object({ path: z.string(), count: z.int() })),
  by_status: z.record(z.string(), z.int()),
  daily: z.array(dailyUsageShape),
  /** Answers with 429 by UTC hour, newest first; hours without any are left out. */
  rate_limit_hits_by_hour: z.array(z.object({ hour: z.iso.datetime(), count: z.int() })),
};

export const usageFiguresShape = z.object(figures);
export type UsageFigures = z.infer<typeof usageFiguresShape>;

export const keyUsageShape = z.object({ data: z.object({ key_id: z.uuid(), ...figures }) });
export type KeyUsage = z.infer<typeof keyUsageShape>;

const counts = { requests: z.int(), errors: z.int(), rate_limit_hits: z.int() };

export const workspaceUsageShape = z.object({
  data: z.object({
    ...figures,
    /** The keys with the most requests, at most 100 of those that had any. */
    keys: z.array(z.object({ key_id: z.uuid(), name: z.string(), owner: z.string().nullable(), ...counts })),
    /** Whoever made the keys, at most 100. */
    owners: z.array(z.object({ owner: z.string().nullable(), keys: z.int(), ...counts })),
  }),
});
export type WorkspaceUsage = z.infer<typeof workspaceUsageShape>;
