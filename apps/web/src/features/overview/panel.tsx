import { Group, Paper, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { id: string; title: string; link?: ReactNode; children: ReactNode };

/** A titled part of the overview. */
export function Panel({ id, title, link, children }: Props) {
  return (
    <Paper p="md" h="100%" component="section" aria-labelledby={id}>
      <Group justify="space-between" gap="xs" mb="sm">
        <Title order={2} id={id}>
          {title}
        </Title>
        {link}
      </Group>
      {children}
    </Paper>
  );
}
