import { Badge } from "@mantine/core";
import { confidenceLabel } from "./ioc-labels";

const colors: Readonly<Record<string, string>> = { high: "tide", medium: "gray", low: "gray" };

export function ConfidenceBadge({ confidence }: { confidence: string }) {
  return (
    <Badge color={colors[confidence] ?? "gray"} variant={confidence === "low" ? "default" : "light"}>
      {confidenceLabel(confidence)}
    </Badge>
  );
}
