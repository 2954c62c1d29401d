import { Box, Group, Stack, Text } from "@mantine/core";
import { type Factor, factorSpans, factorSum } from "./factor-spans";

/** How a score came about: a row for each factor, each bar beginning where the one above it ends. */
export function FactorBars({ factors, color }: { factors: readonly Factor[]; color: string }) {
  return (
    <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label="Factors of the risk score">
      {factorSpans(factors).map((factor) => (
        <Box component="li" key={factor.name}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm" fw={560}>
              {sentence(factor.name.replaceAll("_", " "))}
            </Text>
            <Text size="sm" fw={560} className="numbers">
              {signed(factor.weight)}
            </Text>
          </Group>
          <Box my={4} h={6} pos="relative" bg="var(--tocsin-line)" style={{ borderRadius: 3 }} aria-hidden>
            <Box
              pos="absolute"
              h={6}
              style={{
                left: `${factor.start}%`,
                width: `${factor.width}%`,
                minWidth: factor.weight === 0 ? 0 : 2,
                borderRadius: 3,
                background: factor.weight < 0 ? "var(--mantine-color-dimmed)" : color,
              }}
            />
          </Box>
          <Text size="xs" c="dimmed">
            {sentence(factor.why)}
          </Text>
        </Box>
      ))}
      <Group component="li" justify="space-between" pt="xs" style={{ borderTop: "1px solid var(--tocsin-line)" }}>
        <Text size="sm" fw={600}>
          Score
        </Text>
        <Text size="sm" fw={600} className="numbers">
          {factorSum(factors)}
        </Text>
      </Group>
    </Stack>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function signed(weight: number): string {
  if (weight === 0) return "0";
  return weight > 0 ? `+${weight}` : `−${-weight}`;
}
