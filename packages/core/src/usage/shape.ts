import { z } from "zod";
import { queryInteger } from "../errors";
import { countOf, exampleKeyId, keyId, timestamp, utcDay, uuid } from "../values";

/** One UTC day; errors are answers with a status of 400 or more. */
export const dailyUsageShape = z
  .object({
    date: utcDay,
    requests: countOf("Requests of the day.", 1_280),
    errors: countOf("Those of them that were answered with a status of 400 or more.", 3),
  })
  .meta({ id: "DailyUsage", description: "The requests of one UTC day." });
export type DailyUsage = z.infer<typeof dailyUsageShape>;

/** Days of the chart on a key's page. */
export const chartDays = 30;

export const usageFormats = ["json", "csv"] as const;

const window = {
  days: queryInteger(1, 90).default(30).meta({
    description: "How many UTC days to look back, today included: 1 to 90.",
    example: 30,
    parameter: "UsageDays",
  }),
  format: z.enum(usageFormats).default("json").meta({
    description: "The format of the answer; `csv` is a file.",
    example: "json",
    parameter: "UsageFormat",
  }),
};

export const keyUsageInput = z.object({ keyId, ...window });
export type KeyUsageInput = z.output<typeof keyUsageInput>;

export const workspaceUsageInput = z.object(window).prefault({});
export type WorkspaceUsageInput = z.output<typeof workspaceUsageInput>;

const milliseconds = (description: string, example: number) => z.number().meta({ description, example });

const figures = {
  window_days: countOf("The UTC days of the window, today included.", 30),
  total_requests: countOf(
    "Requests of the window: `successful`, `client_errors` and `server_errors` together.",
    142_587,
  ),
  total_charged: z.number().meta({
    description:
      "What they were charged against the limits: more than their number where some cost several, less where some were refused, which costs nothing.",
    example: 142_960.5,
  }),
  successful: countOf("Answered with a status of 2xx or 3xx.", 141_201),
  client_errors: countOf("Answered with a status of 4xx, 429 included.", 1_374),
  server_errors: countOf("Answered with a status of 5xx.", 12),
  success_rate: z.number().min(0).max(1).meta({
    description:
      "`successful` as a share of `total_requests`, 0 to 1, with four digits; 0 where there were no requests.",
    example: 0.9903,
  }),
  avg_response_time_ms: milliseconds("The mean time to answer, in milliseconds; 0 where there were no requests.", 6.41),
  latency_p50_ms: milliseconds("Half of all requests were answered within this time, in milliseconds.", 4.2),
  latency_p95_ms: milliseconds("95 of 100 requests were answered within this time, in milliseconds.", 18.7),
  latency_p99_ms: milliseconds("99 of 100 requests were answered within this time, in milliseconds.", 41.3),
  rate_limit_peak_per_minute: countOf("The most requests of one key in one UTC minute.", 412),
  rate_limit_peak_per_day: countOf("The most requests of one key in one UTC day.", 9_120),
  top_endpoints: z
    .array(
      z
        .object({
          path: z.string().meta({ description: "The route, with its parameters by name.", example: "/api/v1/iocs" }),
          count: countOf("Requests to it.", 90_210),
        })
        .meta({ id: "EndpointUsage", description: "The requests to one route." }),
    )
    .meta({ description: "The routes with the most requests, most first; at most 10." }),
  by_status: z
    .record(
      z.string(),
      z.int().meta({ description: "Requests that were answered with this status.", example: 138_000 }),
    )
    .meta({
      description: "Requests by the status of their answers.",
      example: { "200": 138_000, "304": 3_201, "429": 1_374, "500": 12 },
    }),
  daily: z.array(dailyUsageShape).meta({ description: "One row for each day of the window, newest first." }),
  rate_limit_hits_by_hour: z
    .array(
      z
        .object({
          hour: timestamp.meta({ description: "The UTC hour, by its start.", example: "2026-11-21T09:00:00.000Z" }),
          count: countOf("Requests of the hour that were answered with 429.", 87),
        })
        .meta({ id: "HourlyHits", description: "The requests of one UTC hour that were over a limit." }),
    )
    .meta({ description: "Hours with answers of 429, newest first; hours without any are left out." }),
};

export const usageFiguresShape = z.object(figures);
export type UsageFigures = z.infer<typeof usageFiguresShape>;

const keyUuid = uuid.meta({ description: "The id of the key.", example: exampleKeyId });

export const keyUsageShape = z
  .object({ data: z.object({ key_id: keyUuid, ...figures }).meta({ description: "The figures." }) })
  .meta({ id: "KeyUsage", description: "How a key was used." });
export type KeyUsage = z.infer<typeof keyUsageShape>;

const owner = z.string().nullable().meta({
  description: "The name of who created the keys; null where it is not known.",
  example: "Ada Example",
});
const counts = {
  requests: countOf("Requests of the window.", 142_587),
  errors: countOf("Those of them that were answered with a status of 400 or more.", 1_386),
  rate_limit_hits: countOf("Those of them that were answered with 429.", 1_374),
};

export const workspaceUsageShape = z
  .object({
    data: z
      .object({
        ...figures,
        keys: z
          .array(
            z
              .object({
                key_id: keyUuid,
                name: z.string().meta({ description: "The name of the key.", example: "Production SIEM" }),
                owner,
                ...counts,
              })
              .meta({ id: "KeyShare", description: "What one key had of the workspace's requests." }),
          )
          .meta({
            description: "The keys with the most requests, most first; at most 100, and none without requests.",
          }),
        dashboard: z
          .object({
            requests: countOf("Lookups, lists, searches, articles and exports.", 310),
            rate_limit_hits: countOf("Those of them that were over a limit.", 0),
            charged: z.number().meta({
              description: "What they were charged against the day of the workspace, in requests.",
              example: 325,
            }),
          })
          .meta({
            id: "DashboardShare",
            description: "What people read of intelligence in the dashboard; not part of the figures of the keys.",
          }),
        owners: z
          .array(
            z
              .object({ owner, keys: countOf("Keys of theirs that had requests.", 3), ...counts })
              .meta({ id: "OwnerShare", description: "What the keys of one person had of the workspace's requests." }),
          )
          .meta({ description: "Who created the keys, most requests first; at most 100." }),
      })
      .meta({ description: "The figures of all keys of the workspace together, and of its people in the dashboard." }),
  })
  .meta({ id: "WorkspaceUsage", description: "How the keys of the workspace were used." });
export type WorkspaceUsage = z.infer<typeof workspaceUsageShape>;
