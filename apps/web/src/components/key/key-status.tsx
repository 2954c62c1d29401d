import { Badge } from "@mantine/core";
import { IconCircleCheck, IconClockExclamation, IconClockOff, IconLockOff } from "@tabler/icons-react";
import type { KeyStatus } from "./key";

/** The states of a key: colour, sign and word, so that none of them carries the meaning alone. */
const looks = {
  active: { color: "teal", icon: IconCircleCheck, label: "Active" },
  expiring: { color: "yellow", icon: IconClockExclamation, label: "Expiring" },
  expired: { color: "gray", icon: IconClockOff, label: "Expired" },
  revoked: { color: "red", icon: IconLockOff, label: "Revoked" },
} as const satisfies Record<KeyStatus, object>;

export const keyStatuses = Object.keys(looks) as KeyStatus[];

export function statusLabel(status: KeyStatus): string {
  return looks[status].label;
}

export function KeyStatusBadge({ status, size = "md" }: { status: KeyStatus; size?: "md" | "lg" }) {
  const { color, icon: Icon, label } = looks[status];
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
