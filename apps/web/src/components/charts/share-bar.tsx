import { Box, Group, Stack, Text } from "@mantine/core";
import { count } from "../../lib/numbers";

export type Share = { label: string; value: number; color: string };

/** Parts of a whole as one bar, with their names and counts beneath; parts of nothing are left out. */
export function ShareBar({ shares, label }: { shares: readonly Share[]; label: string }) {
  const shown = shares.filter((share) => share.value > 0);
  return (
    <Stack gap="sm">
      <Group gap={2} wrap="nowrap" h={10} style={{ borderRadius: 5, overflow: "hidden" }} aria-hidden>
        {shown.length === 0 && <Box h="100%" flex={1} bg="var(--tocsin-line)" />}
        {shown.map((share) => (
          <Box key={share.label} h="100%" miw={4} style={{ flex: share.value, background: share.color }} />
        ))}
      </Group>
      <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: "none" }} aria-label={label}>
        {shown.map((share) => (
          <Group component="li" key={share.label} justify="space-between" gap="xs" wrap="nowrap">
            <Group gap={8} wrap="nowrap">
              <Box w={8} h={8} style={{ borderRadius: 4, background: share.color }} aria-hidden />
              <Text size="sm">{share.label}</Text>
            </Group>
            <Text size="sm" fw={560} className="numbers">
              {count(share.value)}
            </Text>
          </Group>
        ))}
      </Stack>
    </Stack>
  );
}
