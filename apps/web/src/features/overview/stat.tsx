import { Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** One figure with its name above and a line on it beneath. */
export function Stat({ label, value, note }: { label: string; value: string; note: ReactNode }) {
  return (
    <Paper p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={26} fw={640} lh={1.25} className="numbers">
        {value}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {note}
      </Text>
    </Paper>
  );
}
