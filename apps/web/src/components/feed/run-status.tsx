import { Badge } from "@mantine/core";
import { plural } from "../../lib/numbers";
import { Sparkline } from "../charts/sparkline";
import type { Feed, Run } from "./run";

type Status = Run["status"];

const looks: Readonly<Record<Status, { word: string; color: string; bar: string }>> = {
  running: { word: "Running", color: "blue", bar: "var(--mantine-color-blue-5)" },
  ok: { word: "OK", color: "teal", bar: "var(--tocsin-series-ok)" },
  partial: { word: "Partial", color: "yellow", bar: "var(--mantine-color-yellow-6)" },
  unchanged: { word: "Unchanged", color: "gray", bar: "var(--mantine-color-gray-5)" },
  held: { word: "Held back", color: "orange", bar: "var(--mantine-color-orange-6)" },
  failed: { word: "Failed", color: "red", bar: "var(--tocsin-series-bad)" },
  lost: { word: "Interrupted", color: "orange", bar: "var(--tocsin-series-bad)" },
};

export function RunBadge({ status }: { status: Status }) {
  return <Badge color={looks[status].color}>{looks[status].word}</Badge>;
}

/** The good records of a feed's last runs, oldest first; the colour is how each ended. */
export function RunSparkline({ runs }: { runs: Feed["recent_runs"] }) {
  if (runs.length === 0) return null;
  const shown = [...runs].reverse();
  const failed = shown.filter((run) => run.status === "failed" || run.status === "lost").length;
  return (
    <Sparkline
      values={shown.map((run) => run.good)}
      colors={shown.map((run) => looks[run.status].bar)}
      width={shown.length * 7}
      label={`Good records of the last ${plural(shown.length, "run")}, ${failed} failed`}
    />
  );
}
