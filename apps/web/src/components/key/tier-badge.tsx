import { Badge, type BadgeProps } from "@mantine/core";
import type { Outputs } from "../../lib/trpc";

export type Tier = Outputs["me"]["get"]["workspace"]["tier"];

const colors = { free: "gray", pro: "tide" } as const satisfies Record<Tier, string>;

export function TierBadge({ tier, ...rest }: { tier: Tier } & Pick<BadgeProps, "size" | "visibleFrom">) {
  return (
    <Badge className="whole" color={colors[tier]} {...rest}>
      {tier}
    </Badge>
  );
}
