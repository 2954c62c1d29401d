import { count } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";

export type Feed = Outputs["feeds"]["list"]["data"][number];
export type Run = Outputs["feeds"]["runs"]["data"][number];
export type RunStatus = Run["status"];

/** How a run ended: its badge, its bar in the sparkline, and whether it counts as a failure. */
export const runStatuses = {
  running: { label: "Running", color: "blue", bar: "var(--mantine-color-blue-5)", failed: false },
  ok: { label: "OK", color: "teal", bar: "var(--tocsin-series-ok)", failed: false },
  partial: { label: "Partial", color: "yellow", bar: "var(--mantine-color-yellow-6)", failed: false },
  unchanged: { label: "Unchanged", color: "gray", bar: "var(--mantine-color-gray-5)", failed: false },
  held: { label: "Held back", color: "orange", bar: "var(--mantine-color-orange-6)", failed: false },
  failed: { label: "Failed", color: "red", bar: "var(--tocsin-series-bad)", failed: true },
  lost: { label: "Interrupted", color: "orange", bar: "var(--tocsin-series-bad)", failed: true },
} as const satisfies Record<RunStatus, { label: string; color: string; bar: string; failed: boolean }>;

/** What a run brought, in a few words. */
export function runResult({ status, good, bad }: Pick<Run, "status" | "good" | "bad">): string {
  if (status === "unchanged") return "No changes";
  if (status === "held") return "Nothing merged";
  if (runStatuses[status].failed && good + bad === 0) return "No data read";
  return `${count(good)} good${bad > 0 ? `, ${count(bad)} bad` : ""}`;
}
