import { Group, Paper, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { id: string; title: string; link?: ReactNode; children: ReactNode; h?: string };

/** A titled part of the overview. */
export function Panel({ id, title, link, children, h = "100%" }: Props) {
  return (
    <Paper p="md" h={h} style={{ flexGrow: 1 }} component="section" aria-labelledby={id}>
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
