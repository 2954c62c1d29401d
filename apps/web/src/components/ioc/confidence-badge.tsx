import { Badge, type BadgeProps } from "@mantine/core";
import { type Confidence, confidenceLabels } from "./ioc-labels";

const looks = {
  high: { color: "tide", variant: "light" },
  medium: { color: "gray", variant: "light" },
  low: { color: "gray", variant: "default" },
} as const satisfies Record<Confidence, Pick<BadgeProps, "color" | "variant">>;

export function ConfidenceBadge({ confidence }: { confidence: Confidence }) {
  return <Badge {...looks[confidence]}>{confidenceLabels[confidence]}</Badge>;
}
