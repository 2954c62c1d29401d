import { Badge } from "@mantine/core";

export function OutcomeBadge({ outcome }: { outcome: "ok" | "denied" }) {
  return <Badge color={outcome === "ok" ? "teal" : "red"}>{outcome === "ok" ? "OK" : "Denied"}</Badge>;
}
