import { Badge } from "@mantine/core";
import { plural } from "../../lib/numbers";
import { Sparkline } from "../charts/sparkline";
import { type Feed, type RunStatus, runStatuses } from "./run";

export function RunBadge({ status }: { status: RunStatus }) {
  const { label, color } = runStatuses[status];
  return <Badge color={color}>{label}</Badge>;
}

/** The good records of a feed's last runs, oldest first; the colour is how each ended. */
export function RunSparkline({ runs }: { runs: Feed["recent_runs"] }) {
  if (runs.length === 0) return null;
  const shown = [...runs].reverse();
  const failed = shown.filter((run) => runStatuses[run.status].failed).length;
  return (
    <Sparkline
      values={shown.map((run) => run.good)}
      colors={shown.map((run) => runStatuses[run.status].bar)}
      width={shown.length * 7}
      label={`Good records of the last ${plural(shown.length, "run")}, ${failed} failed`}
    />
  );
}
