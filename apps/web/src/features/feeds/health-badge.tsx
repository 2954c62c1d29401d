import { Badge, Loader } from "@mantine/core";
import type { Health } from "./feed-health";

const looks: Readonly<Record<Health, { word: string; color: string; outline?: true }>> = {
  running: { word: "Pulling", color: "blue" },
  held: { word: "Held back", color: "orange" },
  failing: { word: "Failing", color: "red" },
  partial: { word: "Partial", color: "yellow" },
  healthy: { word: "Healthy", color: "teal" },
  never: { word: "Not pulled yet", color: "gray" },
  paused: { word: "Paused", color: "gray", outline: true },
  needs_key: { word: "Needs a key", color: "yellow", outline: true },
  off: { word: "Off", color: "gray", outline: true },
};

export function HealthBadge({ health }: { health: Health }) {
  const { word, color, outline } = looks[health];
  return (
    <Badge
      color={color}
      style={{ flexShrink: 0 }}
      variant={outline ? "default" : "light"}
      leftSection={health === "running" ? <Loader size={10} color={color} /> : undefined}
    >
      {word}
    </Badge>
  );
}
