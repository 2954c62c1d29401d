import { Box, Group, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { AnchorLink } from "../../components/ui/links";

type Props = {
  label: string;
  to: "/iocs" | "/triage" | "/feeds";
  value: string;
  note: ReactNode;
  chart?: ReactNode;
};

/** One figure with its name above, which leads to what it counts, and a line on it beneath. */
export function Stat({ label, to, value, note, chart }: Props) {
  return (
    <Paper p="md">
      <AnchorLink to={to} size="sm" c="dimmed">
        {label}
      </AnchorLink>
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
