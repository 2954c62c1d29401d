import { Badge, Group, Paper, ScrollArea, Stack, Table, Text } from "@mantine/core";
import { count, plural } from "../../lib/numbers";
import { rowsOf } from "../../lib/tables";
import type { Outputs } from "../../lib/trpc";
import { entryKinds } from "./watch-words";

type Result = Outputs["watchlists"]["addEntries"];
type Line = Result["data"][number];

const outcomes = {
  added: { label: "New", color: "teal" },
  updated: { label: "Changed", color: "blue" },
  already: { label: "Unchanged", color: "gray" },
  refused: { label: "Refused", color: "red" },
} as const satisfies Record<Line["outcome"], { label: string; color: string }>;
const mostShown = 200;

/** What each line was read as; what is wrong comes first. */
export function PasteResult({ result }: { result: Result }) {
  const { meta } = result;
  const rows = result.data.toSorted((a, b) => Number(b.outcome === "refused") - Number(a.outcome === "refused"));
  const shown = rows.slice(0, mostShown);
  return (
    <Stack gap="xs" role="status">
      <Group gap={6}>
        {rowsOf(outcomes).map(([outcome, { label, color }]) => (
          <Badge key={outcome} color={color}>
            {label} {count(meta[outcome])}
          </Badge>
        ))}
      </Group>
      <Paper>
        <ScrollArea.Autosize mah={260}>
          <Table layout="fixed">
            <Table.Tbody>
              {shown.map((line) => (
                <Table.Tr key={line.line}>
                  <Table.Td w={46} c="dimmed" className="numbers">
                    {line.line}
                  </Table.Td>
                  <Table.Td>
                    <Group justify="space-between" gap="xs">
                      <Text size="sm" className="mono wrap-anywhere">
                        {line.value ?? line.text}
                      </Text>
                      <Badge color={outcomes[line.outcome].color}>
                        {line.kind && line.outcome === "added"
                          ? entryKinds[line.kind].label
                          : outcomes[line.outcome].label}
                      </Badge>
                    </Group>
                    {line.problem && (
                      <Text size="xs" c="red" className="wrap-anywhere">
                        {line.problem}; allowed: {line.allowed}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      </Paper>
      {rows.length > shown.length && (
        <Text size="xs" c="dimmed">
          And {plural(rows.length - shown.length, "more line")}.
        </Text>
      )}
    </Stack>
  );
}
