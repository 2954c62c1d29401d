import { Box, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { LookupData, Related, Relation } from "@tocsin/core/lookup";
import { RiskMeter } from "../../components/charts/risk-meter";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";

const relationWords: Readonly<Record<Relation, string>> = {
  network: "Containing network",
  host: "Host",
  parent_domain: "Parent domain",
};

/** Records of other values that bear on this one. */
export function LookupRelated({ related }: { related: LookupData["related"] }) {
  return (
    <Paper p="md" component="section" aria-labelledby="related">
      <Title order={2} id="related" mb="sm">
        Related records
      </Title>
      <Stack gap="sm">
        {related.map((each) => (
          <RelatedRow key={each.id} related={each} />
        ))}
      </Stack>
    </Paper>
  );
}

function RelatedRow({ related }: { related: Related }) {
  return (
    <Group justify="space-between" gap="xs">
      <Box style={{ minWidth: 0 }}>
        <AnchorLink to="/lookup" search={{ value: related.value }} className="mono wrap-anywhere" size="sm">
          {related.value}
        </AnchorLink>
        <Text size="xs" c="dimmed" component="div">
          {relationWords[related.relation]} · {typeLabels[related.type]} · <Time value={related.last_seen} />
        </Text>
      </Box>
      <RiskMeter score={related.risk_score} />
    </Group>
  );
}
