import { Badge, Loader } from "@mantine/core";
import { type Health, healths } from "./feed-health";

export function HealthBadge({ health }: { health: Health }) {
  const { label, color, variant } = healths[health];
  return (
    <Badge
      color={color}
      style={{ flexShrink: 0 }}
      variant={variant}
      leftSection={health === "running" ? <Loader size={10} color={color} /> : undefined}
    >
      {label}
    </Badge>
  );
}
