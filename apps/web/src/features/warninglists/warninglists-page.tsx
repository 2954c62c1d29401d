import { Badge, Group, Paper, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { Time } from "../../components/ui/time";
import { useEvery } from "../../lib/live";
import { useMe } from "../../lib/me";
import { count } from "../../lib/numbers";
import { type Outputs, trpc } from "../../lib/trpc";
import { AllowedValues } from "./allowed-values";
import { Proposals } from "./proposals";

type List = Outputs["warninglists"]["list"]["data"][number];

/** The lists of what is most probably harmless, and what operators add to them. */
export function WarninglistsPage() {
  const me = useMe();
  const query = useQuery(trpc.warninglists.list.queryOptions(undefined, { refetchInterval: useEvery(30_000) }));
  const { data, meta } = query.data ?? {};
  return (
    <Page
      note={
        <>
          Lists of values that are probably false positives. Indicators on them are kept and marked, scored low, and
          left out of lists and exports.{" "}
          {meta?.marked != null && `${count(meta.marked)} stored indicators are marked. `}
          {meta?.marking && "Stored indicators are being marked again."}
        </>
      }
    >
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {me.operator && <Proposals />}
      <AllowedValues />
      {!query.isError && (
        <Paper className="scroll-x">
          <Table miw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">List</Table.Th>
                <Table.Th scope="col">Effect</Table.Th>
                <Table.Th scope="col" ta="right">
                  Entries
                </Table.Th>
                <Table.Th scope="col" ta="right">
                  Marked
                </Table.Th>
                <Table.Th scope="col">Version</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data === undefined && <RowsSkeleton rows={10} columns={5} />}
              {data?.map((list) => (
                <ListRow key={list.id} list={list} />
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      )}
    </Page>
  );
}

const origins = {
  shipped: "Built in",
  feed: "MISP feed",
  operators: "Operators",
} as const satisfies Record<List["origin"], string>;

const effects = {
  hide: { label: "Hidden", color: "yellow" },
  note: { label: "Note only", color: "gray" },
} as const satisfies Record<List["effect"], { label: string; color: string }>;

function ListRow({ list }: { list: List }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Stack gap={2}>
          <Group gap={6}>
            <Text size="sm" fw={500}>
              {list.name}
            </Text>
            <Badge color="gray">{origins[list.origin]}</Badge>
          </Group>
          <Text size="xs" c="dimmed" className="wrap-anywhere">
            {list.means}
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td>
        <Badge color={effects[list.effect].color} miw="max-content">
          {effects[list.effect].label}
        </Badge>
      </Table.Td>
      <Table.Td ta="right">{list.entries === null ? "Rules" : count(list.entries)}</Table.Td>
      <Table.Td ta="right">{list.marked === null ? "–" : count(list.marked)}</Table.Td>
      <Table.Td>{list.changed_at ? <Time value={list.changed_at} /> : list.version}</Table.Td>
    </Table.Tr>
  );
}
