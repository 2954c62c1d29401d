import { Badge, Checkbox, Group, Paper, Table, Text } from "@mantine/core";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { Time } from "../../components/ui/time";
import { count } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";
import { entryKinds } from "./watch-words";

type Entry = Outputs["watchlists"]["entries"]["data"][number];
type Props = { rows: readonly Entry[] | undefined; chosen: readonly string[]; onChoose: (id: string) => void };

export function EntryRows({ rows, chosen, onChoose }: Props) {
  return (
    <Paper className="scroll-x">
      <Table layout="fixed" miw={320}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={44} aria-label="Choose" />
            <Table.Th scope="col">Value</Table.Th>
            <Table.Th scope="col" w={190} visibleFrom="sm">
              Matches on
            </Table.Th>
            <Table.Th scope="col" w={84} ta="right">
              Matches
            </Table.Th>
            <Table.Th scope="col" w={140} visibleFrom="sm">
              Added
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows === undefined && <RowsSkeleton rows={8} columns={5} height={32} />}
          {rows?.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td>
                <Checkbox
                  aria-label={`Choose ${entry.value}`}
                  checked={chosen.includes(entry.id)}
                  onChange={() => onChoose(entry.id)}
                />
              </Table.Td>
              <Table.Td>
                <Text size="sm" className={entryKinds[entry.kind].mono ? "mono cut" : "cut"} title={entry.value}>
                  {entry.value}
                </Text>
                <Text size="xs" c="dimmed" className="cut">
                  {[entry.type ? typeLabels[entry.type] : entryKinds[entry.kind].label, entry.note]
                    .filter(Boolean)
                    .join(", ")}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Options entry={entry} />
              </Table.Td>
              <Table.Td ta="right" className="numbers">
                {count(entry.matches)}
                {entry.unlisted > 0 && "+"}
              </Table.Td>
              <Table.Td visibleFrom="sm">
                {entry.compared_at ? <Time value={entry.created_at} /> : <Badge color="blue">Being compared</Badge>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Options({ entry }: { entry: Entry }) {
  const { watchedFor } = entryKinds[entry.kind];
  if (watchedFor !== null) return <Badge color="gray">{watchedFor}</Badge>;
  return (
    <Group gap={4}>
      <Badge color="gray">{entry.subdomains ? "With subdomains" : "Exact name"}</Badge>
      {entry.lookalikes && <Badge color="orange">Look-alikes</Badge>}
    </Group>
  );
}
