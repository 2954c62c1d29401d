import { Center, Stack, Text, ThemeIcon } from "@mantine/core";
import type { ReactNode } from "react";

type Props = {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode /** The heading of its page. */;
  main?: boolean;
};

/** An empty place: what would be here, and what to do so that it is. */
export function EmptyState({ icon, title, children, action, main = false }: Props) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="xs" maw={440}>
        <ThemeIcon size={44} radius="xl" variant="light" color="gray">
          {icon}
        </ThemeIcon>
        <Text fw={600} ta="center" {...(main ? { component: "h1", m: 0 } : {})}>
          {title}
        </Text>
        {children && (
          <Text component="div" size="sm" c="dimmed" ta="center">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}
