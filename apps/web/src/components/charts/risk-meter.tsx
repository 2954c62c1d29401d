import { Group, Text } from "@mantine/core";
import { riskLevel, riskLevels } from "./risk-level";

/** A risk score as a number beside a short bar; the level is said to those who do not see the colour. */
export function RiskMeter({ score, width = 44 }: { score: number; width?: number }) {
  const level = riskLevel(score);
  return (
    <Group
      gap={8}
      wrap="nowrap"
      role="img"
      aria-label={`Risk ${score} of 100, ${riskLevels[level].label.toLowerCase()}`}
    >
      <Text span size="sm" fw={560} ta="right" className="numbers" w={26} aria-hidden>
        {score}
      </Text>
      <svg width={width} height={6} aria-hidden focusable="false">
        <rect width={width} height={6} rx={3} fill="var(--tocsin-line)" />
        <rect
          width={(Math.min(100, Math.max(0, score)) / 100) * width}
          height={6}
          rx={3}
          fill={riskLevels[level].color}
        />
      </svg>
    </Group>
  );
}
