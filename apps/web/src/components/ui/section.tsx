import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { title: string; note?: ReactNode; action?: ReactNode; children?: ReactNode; maw?: number };

/** One matter of the settings, in a card of its own. */
export function Section({ title, note, action, children, maw = 720 }: Props) {
  return (
    <Card withBorder radius="md" component="section" aria-label={title} maw={maw} padding="lg">
      <Group justify="space-between" align="flex-start" gap="sm" mb={children ? "md" : 0}>
        <Stack gap={2} style={{ flex: "1 1 260px" }}>
          <Title order={2}>{title}</Title>
          {note && (
            <Text component="div" size="sm" c="dimmed">
              {note}
            </Text>
          )}
        </Stack>
        {action}
      </Group>
      {children}
    </Card>
  );
}
