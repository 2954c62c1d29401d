import { SemiCircleProgress, Stack, Text } from "@mantine/core";
import { type RiskLevel, riskLevels } from "./risk-level";

/** A risk score as half a dial, its level in words beneath. */
export function RiskGauge({ score, level, size = 168 }: { score: number; level: RiskLevel; size?: number }) {
  return (
    <SemiCircleProgress
      role="img"
      aria-label={`Risk ${score} of 100, ${riskLevels[level].label.toLowerCase()}`}
      value={score}
      size={size}
      thickness={12}
      filledSegmentColor={riskLevels[level].color}
      emptySegmentColor="var(--tocsin-line)"
      label={
        <Stack gap={0} align="center" aria-hidden>
          <Text fz={34} fw={640} lh={1} className="numbers">
            {score}
          </Text>
          <Text size="sm" fw={600} style={{ color: riskLevels[level].color }}>
            {riskLevels[level].label}
          </Text>
        </Stack>
      }
    />
  );
}
