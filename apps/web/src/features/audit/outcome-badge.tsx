import { Badge } from "@mantine/core";

export function OutcomeBadge({ outcome }: { outcome: "ok" | "denied" }) {
  return (
    <Badge className="whole" color={outcome === "ok" ? "teal" : "red"}>
      {outcome === "ok" ? "OK" : "Denied"}
    </Badge>
  );
}
