import { Box, Group, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { label: string; value: string; note: ReactNode; chart?: ReactNode };

/** One figure with its name above and a line on it beneath. */
export function Stat({ label, value, note, chart }: Props) {
  return (
    <Paper p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text fz={26} fw={640} lh={1.25} className="numbers">
          {value}
        </Text>
        <Box visibleFrom="xs" lh={0}>
          {chart}
        </Box>
      </Group>
      <Text size="xs" c="dimmed" component="div">
        {note}
      </Text>
    </Paper>
  );
}
