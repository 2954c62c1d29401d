import { Paper, Table, Text } from "@mantine/core";
import type { Outputs } from "../../lib/trpc";
import { RiskMeter } from "../charts/risk-meter";
import { Time } from "../ui/time";
import { typeLabels } from "./ioc-labels";
import { LookupLink } from "./lookup-link";

export type BriefIoc = Outputs["threats"]["show"]["data"]["iocs"]["data"][number];

/** Indicators in short: each leads to its lookup. */
export function BriefIocTable({ rows, label }: { rows: readonly BriefIoc[]; label: string }) {
  return (
    <Paper className="scroll-x" tabIndex={0} role="region" aria-label={label}>
      <Table layout="fixed" miw={560} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Value</Table.Th>
            <Table.Th scope="col" w={90}>
              Type
            </Table.Th>
            <Table.Th scope="col" w={124}>
              Risk
            </Table.Th>
            <Table.Th scope="col" w={82}>
              Sources
            </Table.Th>
            <Table.Th scope="col" w={126}>
              Last seen
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>
                <LookupLink value={row.value} />
              </Table.Td>
              <Table.Td>
                <Text size="sm" className="cut">
                  {typeLabels[row.type]}
                </Text>
              </Table.Td>
              <Table.Td>
                <RiskMeter score={row.risk_score} />
              </Table.Td>
              <Table.Td className="numbers">{row.sources_count}</Table.Td>
              <Table.Td>
                <Time value={row.last_seen} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
