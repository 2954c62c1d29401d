import { Badge, Paper, Table, Text } from "@mantine/core";
import type { LookupData } from "@tocsin/core/lookup";
import { ConfidenceBadge } from "../../components/ioc/confidence-badge";
import { categoryLabels } from "../../components/ioc/ioc-labels";
import { ReferenceLink } from "../../components/ioc/reference-link";
import { Time } from "../../components/ui/time";
import { count } from "../../lib/numbers";

/** What each feed says of the value, latest first. */
export function LookupSources({ data }: { data: LookupData }) {
  return (
    <Paper className="scroll-x" tabIndex={0} role="region" aria-label="Sources">
      <Table miw={860} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {["Source", "Confidence", "First seen", "Last seen", "Sightings", "What it says"].map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.sources.map((source) => (
            <Table.Tr key={`${source.source_feed} ${source.ioc_value} ${source.first_seen}`}>
              <Table.Td>
                <Text size="sm" fw={560}>
                  {source.source_feed}
                </Text>
                <Badge color="gray" size="sm">
                  {categoryLabels[source.source_category]}
                </Badge>
              </Table.Td>
              <Table.Td>
                <ConfidenceBadge confidence={source.confidence} />
              </Table.Td>
              <Table.Td>
                <Time value={source.first_seen} as="date" />
              </Table.Td>
              <Table.Td>
                <Time value={source.last_seen} />
              </Table.Td>
              <Table.Td className="numbers">{count(source.occurrence_count)}</Table.Td>
              <Table.Td maw={520}>
                {source.ioc_value !== data.ioc_value && (
                  <Text size="sm">
                    Reported as <span className="mono wrap-anywhere">{source.ioc_value}</span>
                  </Text>
                )}
                {source.context && (
                  <Text size="sm" className="wrap-anywhere">
                    {source.context}
                  </Text>
                )}
                {source.reference_url && <ReferenceLink reference={source.reference_url} value={data.ioc_value} />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
