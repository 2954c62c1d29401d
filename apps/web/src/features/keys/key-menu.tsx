import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconEye, IconLockOff, IconPencil, IconRotateClockwise2 } from "@tabler/icons-react";
import type { Key } from "../../components/key/key";
import { MenuLink } from "../../components/ui/menu-link";
import type { KeyAction } from "./key-dialogs";

export type KeyMenuProps = { row: Key; onAct: (action: KeyAction, key: Key) => void; forbidden: string | null };

/** What can be done with one key of the list. */
export function KeyMenu({ row, onAct, forbidden }: KeyMenuProps) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`Actions for ${row.name}`}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuLink to="/keys/$keyId" params={{ keyId: row.id }} leftSection={<IconEye size={16} />}>
          Details
        </MenuLink>
        {row.status !== "revoked" && (
          <>
            {forbidden && <Menu.Label>Not for your role</Menu.Label>}
            <Menu.Item
              leftSection={<IconPencil size={16} />}
              disabled={forbidden !== null}
              onClick={() => onAct("edit", row)}
            >
              Edit key
            </Menu.Item>
            {row.status !== "expired" && (
              <Menu.Item
                leftSection={<IconRotateClockwise2 size={16} />}
                disabled={forbidden !== null}
                onClick={() => onAct("rotate", row)}
              >
                Rotate key
              </Menu.Item>
            )}
            <Menu.Item
              color="var(--mantine-color-error)"
              leftSection={<IconLockOff size={16} />}
              disabled={forbidden !== null}
              onClick={() => onAct("revoke", row)}
            >
              Revoke key
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
