import { Badge, Group, Paper, Stack, Text, Timeline, Title } from "@mantine/core";
import type { LookupData, LookupSource } from "@tocsin/core/lookup";
import { ConfidenceBadge } from "../../components/ioc/confidence-badge";
import { categoryLabels } from "../../components/ioc/ioc-labels";
import { ReferenceLink } from "../../components/ioc/reference-link";
import { Time } from "../../components/ui/time";
import { plural } from "../../lib/numbers";

/** What each feed says of the value, latest first. */
export function LookupSources({ data }: { data: LookupData }) {
  return (
    <Paper p="md" component="section" aria-labelledby="sources">
      <Title order={2} id="sources" mb="md">
        Sources
      </Title>
      <Timeline active={data.sources.length} bulletSize={14} lineWidth={2}>
        {data.sources.map((source) => (
          <Timeline.Item
            key={`${source.source_feed} ${source.ioc_value} ${source.first_seen}`}
            title={<SourceTitle source={source} />}
          >
            <SourceBody source={source} value={data.ioc_value} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Paper>
  );
}

function SourceTitle({ source }: { source: LookupSource }) {
  return (
    <Group gap="xs">
      <Text fw={600} size="sm">
        {source.source_feed}
      </Text>
      <ConfidenceBadge confidence={source.confidence} />
      <Badge color="gray">{categoryLabels[source.source_category]}</Badge>
    </Group>
  );
}

function SourceBody({ source, value }: { source: LookupSource; value: string }) {
  return (
    <Stack gap={4} mt={4}>
      <Text size="sm" c="dimmed" component="div">
        Last seen <Time value={source.last_seen} />, first seen <Time value={source.first_seen} as="date" />,{" "}
        {plural(source.occurrence_count, "sighting")}
      </Text>
      {source.ioc_value !== value && (
        <Text size="sm">
          Reported as <span className="mono wrap-anywhere">{source.ioc_value}</span>
        </Text>
      )}
      {source.context && (
        <Text size="sm" className="wrap-anywhere">
          {source.context}
        </Text>
      )}
      {source.reference_url && <ReferenceLink reference={source.reference_url} value={value} />}
    </Stack>
  );
}
