import { Badge, Box, DataList, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { LookupData } from "@tocsin/core/lookup";
import { FactorBars } from "../../components/charts/factor-bars";
import { RiskGauge } from "../../components/charts/risk-gauge";
import { riskLevels } from "../../components/charts/risk-level";
import { ConfidenceBadge } from "../../components/ioc/confidence-badge";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { ValueCopies } from "../../components/ioc/value-copies";
import { TagList } from "../../components/ui/tag-list";
import { Time } from "../../components/ui/time";
import { count, plural } from "../../lib/numbers";

/** What the value is, how dangerous it is, and why. */
export function LookupVerdict({ data }: { data: LookupData }) {
  return (
    <Paper p="md" h="100%" component="section" aria-labelledby="verdict">
      <Group gap="xs" align="center" mb={4}>
        <Badge>{typeLabels[data.ioc_type]}</Badge>
        <Title order={2} id="verdict" className="mono wrap-anywhere" style={{ minWidth: 0 }}>
          {data.ioc_value}
        </Title>
        <ValueCopies type={data.ioc_type} value={data.ioc_value} />
      </Group>
      <Text size="sm" c="dimmed">
        {data.found ? `Reported by ${plural(data.reporting_sources, "source")}` : "No feed has reported this value."}
      </Text>
      {data.risk && (
        <Group mt="md" gap="xl" align="flex-start" wrap="wrap">
          <Box mx={{ base: "auto", sm: 0 }}>
            <RiskGauge score={data.risk.score} level={data.risk.level} />
          </Box>
          <Box style={{ flex: "1 1 260px", minWidth: 0 }}>
            <FactorBars factors={data.risk.factors} color={riskLevels[data.risk.level].color} />
          </Box>
        </Group>
      )}
    </Paper>
  );
}

/** Times, counts and names, beside the verdict. */
export function LookupDetails({ data }: { data: LookupData }) {
  const rows = [
    ["Confidence", data.confidence && <ConfidenceBadge confidence={data.confidence} />],
    ["First seen", data.first_seen && <Time value={data.first_seen} as="date" />],
    ["Last seen", data.last_seen && <Time value={data.last_seen} />],
    ["Sightings", <span key="occurrences">{count(data.total_occurrences)}</span>],
    ["Threat type", data.threat_type?.replaceAll("_", " ")],
    ["Malware family", data.malware_family],
    [
      "Techniques",
      data.mitre.length > 0 && (
        <TagList key="techniques" tags={data.mitre.map(({ id, name }) => [id, name].filter(Boolean).join(" "))} />
      ),
    ],
    ["Tags", data.tags.length > 0 && <TagList tags={data.tags} />],
  ] as const;
  return (
    <Paper p="md" h="100%" component="section" aria-labelledby="details">
      <Stack gap="sm">
        <Title order={2} id="details">
          Details
        </Title>
        <DataList labelWidth="88px">
          {rows.map(
            ([label, shown]) =>
              shown && (
                <DataList.Item key={label}>
                  <DataList.ItemLabel>{label}</DataList.ItemLabel>
                  <DataList.ItemValue>{shown}</DataList.ItemValue>
                </DataList.Item>
              ),
          )}
        </DataList>
      </Stack>
    </Paper>
  );
}
