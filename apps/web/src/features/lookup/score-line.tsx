import { Box, Collapse, Group, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { LookupData } from "@tocsin/core/lookup";
import { useState } from "react";
import { FactorBars } from "../../components/charts/factor-bars";
import { riskLevels } from "../../components/charts/risk-level";

type Risk = NonNullable<LookupData["risk"]>;

/** The score on one line, with what it is made of; a click opens each factor with its reason. */
export function ScoreLine({ risk }: { risk: Risk }) {
  const [opened, setOpened] = useState(false);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  const parts = risk.factors.filter(({ weight }) => weight !== 0);
  return (
    <Box>
      <UnstyledButton onClick={() => setOpened(!opened)} aria-expanded={opened} aria-controls="factors">
        <Group gap={8} wrap="wrap">
          <Chevron size={16} aria-hidden />
          <Text size="sm" fw={620} className="numbers">
            Risk {risk.score} of 100, {riskLevels[risk.level].label.toLowerCase()}
          </Text>
          <Text size="sm" c="dimmed" className="numbers">
            {parts
              .map(({ name, weight }) => `${name.replaceAll("_", " ")} ${weight > 0 ? "+" : "−"}${Math.abs(weight)}`)
              .join(" · ")}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened}>
        <Box id="factors" mt="sm" maw={640}>
          <FactorBars factors={risk.factors} color={riskLevels[risk.level].color} />
        </Box>
      </Collapse>
    </Box>
  );
}
