import { Badge } from "@mantine/core";
import { type Outcome, outcomes } from "./outcomes";

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { label, color } = outcomes[outcome];
  return (
    <Badge className="whole" color={color}>
      {label}
    </Badge>
  );
}
