import { ThemeIcon } from "@mantine/core";
import {
  IconAlertTriangle,
  IconEyeExclamation,
  IconGauge,
  IconGaugeFilled,
  IconHandStop,
  IconHourglassLow,
  IconMoon,
  IconMoonOff,
  IconPlugConnectedX,
  IconRadar2,
  IconWorldPin,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { NoticeKind } from "./notice-labels";

const icons = {
  "key.expiring": { icon: IconHourglassLow, color: "yellow" },
  "key.unused": { icon: IconMoon, color: "gray" },
  "key.ending_unused": { icon: IconMoonOff, color: "yellow" },
  "key.new_network": { icon: IconWorldPin, color: "orange" },
  "key.failures": { icon: IconAlertTriangle, color: "red" },
  "key.leaked": { icon: IconEyeExclamation, color: "red" },
  "quota.warning": { icon: IconGauge, color: "yellow" },
  "quota.reached": { icon: IconGaugeFilled, color: "red" },
  "feed.held": { icon: IconHandStop, color: "orange" },
  "watchlist.match": { icon: IconRadar2, color: "orange" },
  "feed.failing": { icon: IconPlugConnectedX, color: "red" },
} as const satisfies Record<NoticeKind, { icon: ComponentType<{ size?: number }>; color: string }>;

export function NoticeIcon({ kind }: { kind: NoticeKind }) {
  const { icon: Icon, color } = icons[kind];
  return (
    <ThemeIcon variant="light" color={color} size={34} radius="xl" aria-hidden>
      <Icon size={18} />
    </ThemeIcon>
  );
}
