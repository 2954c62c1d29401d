import { Badge } from "@mantine/core";
import { riskColors, riskWords } from "../charts/risk-level";
import type { Severity } from "./severity";

/** How severe an article is, as a word and a figure of 10. */
export function SeverityBadge({ label, score }: { label: Severity; score: number }) {
  return (
    <Badge
      variant="outline"
      className="whole"
      styles={{ root: { color: riskColors[label], borderColor: riskColors[label], flex: "none" } }}
      aria-label={`Severity ${riskWords[label].toLowerCase()}, ${score} of 10`}
    >
      {riskWords[label]} {score.toFixed(1)}
    </Badge>
  );
}
