import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

type Props = { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode };

/** The frame of every screen: its heading (also the window's title), a line on what it is for, and what can be done. */
export function Page({ title, note, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${document.documentElement.dataset.instance ?? "Tocsin"}`;
  }, [title]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box style={{ minWidth: 0 }}>
          <Title order={1} className="wrap-anywhere">
            {title}
          </Title>
          {note && (
            <Text component="div" size="sm" c="dimmed" mt={4} maw={720}>
              {note}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
