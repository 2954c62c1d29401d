import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconLogout, IconShieldLock, IconUser } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { MenuLink } from "../../components/ui/menu-link";
import { toastProblem } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { enter } from "../../lib/enter";
import { useMe } from "../../lib/me";

export function UserMenu() {
  const { user } = useMe();
  const signOut = useMutation({
    mutationFn: () => answered(auth.signOut()),
    onSuccess: () => enter("/sign-in"),
    onError: (error) => toastProblem(error, "Sign-out failed"),
  });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className="round">
          <VisuallyHidden>Account of {user.name}</VisuallyHidden>
          <Avatar name={user.name} color="tide" size={34} radius="xl" alt="" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" className="cut">
            {user.name}
          </Text>
          <Text size="xs" className="cut">
            {user.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <MenuLink to="/settings/profile" leftSection={<IconUser size={16} />}>
          Profile
        </MenuLink>
        <MenuLink to="/settings/security" leftSection={<IconShieldLock size={16} />}>
          Security
        </MenuLink>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          closeMenuOnClick={false}
          disabled={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
