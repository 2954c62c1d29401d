import { Badge } from "@mantine/core";
import { IconCircleCheck, IconClockExclamation, IconClockOff, IconLockOff } from "@tabler/icons-react";
import { kindsOf } from "../../lib/tables";
import type { KeyStatus } from "./key";

/**
 * The states of a key: colour, sign and word, so that none of them carries the meaning alone; `share` is the colour of
 * its part of a whole.
 */
export const keyStatusLooks = {
  active: { color: "teal", share: "var(--tocsin-series-ok)", icon: IconCircleCheck, label: "Active" },
  expiring: { color: "yellow", share: "var(--mantine-color-yellow-6)", icon: IconClockExclamation, label: "Expiring" },
  expired: { color: "gray", share: "var(--mantine-color-gray-4)", icon: IconClockOff, label: "Expired" },
  revoked: { color: "red", share: "var(--mantine-color-gray-6)", icon: IconLockOff, label: "Revoked" },
} as const satisfies Record<KeyStatus, object>;

export const keyStatuses = kindsOf(keyStatusLooks);

export function statusLabel(status: KeyStatus): string {
  return keyStatusLooks[status].label;
}

export function KeyStatusBadge({ status, size = "md" }: { status: KeyStatus; size?: "md" | "lg" }) {
  const { color, icon: Icon, label } = keyStatusLooks[status];
  return (
    <Badge
      color={color}
      size={size}
      className="whole"
      leftSection={<Icon size={13} aria-hidden />}
      data-status={status}
    >
      {label}
    </Badge>
  );
}
