import { Group, Menu, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { TierBadge } from "../../components/key/tier-badge";
import { toastProblem } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { enter } from "../../lib/enter";
import { useMe } from "../../lib/me";

/** In which workspace one acts; a menu where there is more than one. */
export function WorkspaceSwitcher() {
  const { workspace, workspaces } = useMe();
  const change = useMutation({
    mutationFn: (organizationId: string) => answered(auth.organization.setActive({ organizationId })),
    onSuccess: () => enter(),
    onError: (error) => toastProblem(error, "The workspace was not switched"),
  });
  const current = (
    <Group gap={8} wrap="nowrap" style={{ minWidth: 0 }}>
      <Text component="span" size="sm" fw={600} className="cut">
        {workspace.name}
      </Text>
      <TierBadge tier={workspace.tier} size="sm" visibleFrom="xs" />
    </Group>
  );
  if (workspaces.length < 2) return current;
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className="switcher" aria-label={`Workspace ${workspace.name}, switch workspace`}>
          {current}
          <IconSelector size={15} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Workspaces</Menu.Label>
        {workspaces.map(({ id, name }) => (
          <Menu.Item
            key={id}
            role="menuitemradio"
            aria-checked={id === workspace.id}
            disabled={change.isPending}
            rightSection={id === workspace.id && <IconCheck size={14} />}
            onClick={() => id !== workspace.id && change.mutate(id)}
          >
            <span className="cut">{name}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
