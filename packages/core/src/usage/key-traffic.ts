import { z } from "zod";
import type { KeyAdmin } from "../access";
import type { Call } from "../context";
import { hourMs, minuteMs } from "../lib";
import { countOf, keyId, timestamp } from "../values";
import { requireKey } from "./get-usage";
import { type Histogram, mergeHistogram, percentileOf } from "./histogram";

const mostHours = 168;

export const keyTrafficInput = z.object({
  keyId,
  hours: z
    .int()
    .min(1)
    .max(mostHours)
    .default(24)
    .meta({
      description: `How far back, in hours: 1 to ${mostHours}. Up to 2 hours are answered by the minute, more by the hour.`,
    }),
});

const milliseconds = (share: number) =>
  z
    .number()
    .nullable()
    .meta({ description: `${share} of 100 requests were answered in so many milliseconds; null without any.` });

export const keyTrafficShape = z.object({
  data: z.object({
    step: z.enum(["minute", "hour"]).meta({ description: "What one slot is." }),
    slots: z.array(
      z.object({
        at: timestamp.meta({ description: "When the slot begins." }),
        requests: countOf("Requests of the slot.", 40),
        errors: countOf("Those answered with a status of 400 or more, but 429.", 1),
        refused: countOf("Those answered with 429.", 0),
        p50: milliseconds(50),
        p95: milliseconds(95),
      }),
    ),
    endpoints: z.array(
      z.object({
        path: z.string().meta({ description: "The route, with its parameters by name." }),
        requests: countOf("Requests to it.", 40),
        by_status: z.record(z.string(), z.int()).meta({ description: "The same by the status of the answer." }),
      }),
    ),
  }),
});
export type KeyTraffic = z.infer<typeof keyTrafficShape>;

type Row = { at: Date; route: string; status: number; requests: number; histogram: Histogram };

/** What a key of the caller's workspace asked for of late, slot by slot, the oldest first. Throws `not_found`. */
export async function readKeyTraffic(
  ctx: Call<KeyAdmin>,
  input: z.output<typeof keyTrafficInput>,
): Promise<KeyTraffic> {
  const key = await requireKey(ctx, input.keyId);
  const step = input.hours <= 2 ? "minute" : "hour";
  const ms = step === "minute" ? minuteMs : hourMs;
  const last = Math.floor(ctx.now().getTime() / ms);
  const slots = Math.round((input.hours * hourMs) / ms);
  const first = last - slots + 1;
  const rows = await ctx.sql.query<Row>(
    `SELECT ${step} AS at, route, status, requests, histogram FROM usage_${step}
     WHERE key_id = $1::uuid AND ${step} >= $2::timestamptz`,
    [key, new Date(first * ms).toISOString()],
  );
  const bySlot = groupBy(rows, ({ at }) => Math.floor(at.getTime() / ms));
  return {
    data: {
      step,
      slots: Array.from({ length: slots }, (_, i) => slotOf(new Date((first + i) * ms), bySlot.get(first + i) ?? [])),
      endpoints: endpointsOf(rows),
    },
  };
}

function slotOf(at: Date, rows: readonly Row[]): KeyTraffic["data"]["slots"][number] {
  const histogram: number[] = [];
  for (const row of rows) mergeHistogram(histogram, row.histogram);
  const sumOf = (takes: (status: number) => boolean) =>
    rows.reduce((sum, row) => sum + (takes(row.status) ? row.requests : 0), 0);
  return {
    at: at.toISOString(),
    requests: sumOf(() => true),
    errors: sumOf((status) => status >= 400 && status !== 429),
    refused: sumOf((status) => status === 429),
    p50: rounded(percentileOf(histogram, 0.5)),
    p95: rounded(percentileOf(histogram, 0.95)),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

/** The routes with the most requests, most first. */
function endpointsOf(rows: readonly Row[]): KeyTraffic["data"]["endpoints"] {
  const byPath = [...groupBy(rows, ({ route }) => route)].map(([path, of]) => {
    const byStatus: Record<string, number> = {};
    for (const { status, requests } of of) byStatus[status] = (byStatus[status] ?? 0) + requests;
    return { path, requests: of.reduce((sum, { requests }) => sum + requests, 0), by_status: byStatus };
  });
  return byPath.sort((a, b) => b.requests - a.requests || (a.path < b.path ? -1 : 1)).slice(0, 20);
}

function groupBy<K>(rows: readonly Row[], keyOf: (row: Row) => K): Map<K, Row[]> {
  const groups = new Map<K, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
