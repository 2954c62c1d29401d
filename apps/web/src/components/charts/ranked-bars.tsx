import { Box, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { count } from "../../lib/numbers";

export type RankedRow = { key: string; label: ReactNode; value: number };

/** Counts side by side, the largest first; each bar is its share of the largest. */
export function RankedBars({ rows, label }: { rows: readonly RankedRow[]; label: string }) {
  const sorted = [...rows].sort((a, b) => b.value - a.value);
  const top = Math.max(1, sorted[0]?.value ?? 0);
  return (
    <Stack gap={10} component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label={label}>
      {sorted.map((row) => (
        <Box component="li" key={row.key}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text component="div" size="sm" className="cut">
              {row.label}
            </Text>
            <Text size="sm" fw={560} className="numbers">
              {count(row.value)}
            </Text>
          </Group>
          <Box mt={4} h={6} bg="var(--tocsin-line)" style={{ borderRadius: 3 }} aria-hidden>
            <Box
              h={6}
              style={{
                width: `${(row.value / top) * 100}%`,
                minWidth: row.value > 0 ? 3 : 0,
                borderRadius: 3,
                background: "var(--tocsin-series-ok)",
              }}
            />
          </Box>
        </Box>
      ))}
    </Stack>
  );
}
