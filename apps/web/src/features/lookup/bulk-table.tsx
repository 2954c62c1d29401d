import { Badge, Paper, Table, Text } from "@mantine/core";
import { RiskMeter } from "../../components/charts/risk-meter";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import type { Outputs } from "../../lib/trpc";

type Row = Outputs["lookup"]["byValues"]["data"][number];

/** One row for each value that was asked, in their order. */
export function BulkTable({ rows, onOpen }: { rows: readonly Row[]; onOpen: () => void }) {
  return (
    <Paper className="scroll-x">
      <Table miw={640} aria-label="Results">
        <Table.Thead>
          <Table.Tr>
            {["Value", "Type", "Risk", "Sources", "Last seen"].map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <BulkRow key={row.value} row={row} onOpen={onOpen} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function BulkRow({ row: { value, result, error }, onOpen }: { row: Row; onOpen: () => void }) {
  if (!result) {
    const problem = error?.details.fields[0]?.problem ?? error?.message;
    return (
      <Table.Tr>
        <Table.Td className="mono wrap-anywhere">{value}</Table.Td>
        <Table.Td colSpan={4}>
          <Text size="sm" c="dimmed">
            Cannot be looked up: {problem}
          </Text>
        </Table.Td>
      </Table.Tr>
    );
  }
  return (
    <Table.Tr>
      <Table.Td className="wrap-anywhere">
        <AnchorLink to="/lookup" search={{ value: result.ioc_value }} className="mono" size="sm" onClick={onOpen}>
          {result.ioc_value}
        </AnchorLink>
      </Table.Td>
      <Table.Td>{typeLabels[result.ioc_type]}</Table.Td>
      <Table.Td>{result.risk ? <RiskMeter score={result.risk.score} /> : <Unknown />}</Table.Td>
      <Table.Td className="numbers">{result.reporting_sources || "–"}</Table.Td>
      <Table.Td>{result.last_seen ? <Time value={result.last_seen} /> : "–"}</Table.Td>
    </Table.Tr>
  );
}

/** No record is no verdict. */
function Unknown() {
  return (
    <Badge color="gray" variant="light">
      Not found
    </Badge>
  );
}
