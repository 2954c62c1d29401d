import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { LookupData } from "@tocsin/core/lookup";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { ValueCopies } from "../../components/ioc/value-copies";
import classes from "./lookup.module.css";
import { LookupActions } from "./lookup-actions";
import { OwnReports } from "./own-reports";
import { ScoreLine } from "./score-line";
import { SightingStrip } from "./sighting-strip";
import { verdictOf, verdicts } from "./verdict";

/** The verdict with its one reason, what can be done, the sightings of 30 days, and the score on one line. */
export function LookupHeader({ data }: { data: LookupData }) {
  const { verdict, reason } = verdictOf(data);
  const { label, color } = verdicts[verdict];
  return (
    <Paper
      p="md"
      component="section"
      aria-labelledby="verdict"
      className={classes.verdict}
      __vars={{ "--verdict": `var(--mantine-color-${color}-filled)` }}
    >
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={4} style={{ flex: "1 1 320px", minWidth: 0 }}>
            <Group gap="xs" align="center">
              <Badge size="lg" color={color} variant="light">
                {label}
              </Badge>
              <Badge color="gray">{typeLabels[data.ioc_type]}</Badge>
              <Title order={2} id="verdict" className="mono wrap-anywhere" style={{ minWidth: 0 }}>
                {data.ioc_value}
              </Title>
              <ValueCopies type={data.ioc_type} value={data.ioc_value} />
            </Group>
            <Text>{reason}</Text>
            {data.note && data.found && (
              <Text size="sm" c="dimmed">
                {data.note}
              </Text>
            )}
            {!data.found && (
              <Text size="sm" c="dimmed">
                Not found does not mean safe. {data.note}
              </Text>
            )}
          </Stack>
          <LookupActions data={data} />
        </Group>
        {data.own_reports && <OwnReports reports={data.own_reports} value={data.ioc_value} />}
        {data.sources.length > 0 && <SightingStrip data={data} />}
        {data.risk && <ScoreLine risk={data.risk} />}
      </Stack>
    </Paper>
  );
}
