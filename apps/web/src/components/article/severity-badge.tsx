import { Badge } from "@mantine/core";
import { riskLevels } from "../charts/risk-level";
import type { Severity } from "./severity";

/** How severe an article is, as a word and a figure of 10. */
export function SeverityBadge({ label, score }: { label: Severity; score: number }) {
  return (
    <Badge
      variant="outline"
      className="whole"
      styles={{ root: { color: riskLevels[label].color, borderColor: riskLevels[label].color, flex: "none" } }}
      aria-label={`Severity ${riskLevels[label].label.toLowerCase()}, ${score} of 10`}
    >
      {riskLevels[label].label} {score.toFixed(1)}
    </Badge>
  );
}
