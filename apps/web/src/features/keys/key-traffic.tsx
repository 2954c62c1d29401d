import {
  Card,
  Group,
  ScrollArea,
  SegmentedControl,
  SimpleGrid,
  Skeleton,
  Stack,
  Table,
  Text,
  Title,
} from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { LatencyLine, TrafficBars } from "./traffic-charts";

const windows = [
  { value: "1", label: "Hour" },
  { value: "24", label: "Day" },
  { value: "168", label: "Week" },
];
const everyMs = 30_000;

/** Requests by the hour or the minute, with the limit and refusals; latency over time; endpoints by status. */
export function KeyTraffic({ keyId, perMinute }: { keyId: string; perMinute: number }) {
  const [hours, setHours] = useState("24");
  const query = useQuery(
    trpc.keys.traffic.queryOptions(
      { keyId, hours: Number(hours) },
      { placeholderData: keepPreviousData, refetchInterval: everyMs },
    ),
  );
  const traffic = query.data?.data;
  const total = traffic?.slots.reduce((sum, slot) => sum + slot.requests, 0) ?? 0;
  return (
    <Card withBorder radius="md" component="section" aria-label="Traffic">
      <Group justify="space-between" mb="md" gap="xs">
        <Title order={2}>Traffic</Title>
        <SegmentedControl size="xs" aria-label="Period" value={hours} onChange={setHours} data={windows} />
      </Group>
      {query.isError ? (
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      ) : traffic === undefined ? (
        <Skeleton height={220} radius="md" role="status" aria-label="Loading" />
      ) : total === 0 ? (
        <Text size="sm" c="dimmed" py="lg" ta="center">
          No requests in this period.
        </Text>
      ) : (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
          <Stack gap="md">
            <TrafficBars slots={traffic.slots} step={traffic.step} perMinute={perMinute} />
            <LatencyLine slots={traffic.slots} />
          </Stack>
          <Endpoints rows={traffic.endpoints} />
        </SimpleGrid>
      )}
    </Card>
  );
}

type Endpoint = { path: string; requests: number; by_status: Record<string, number> };

function Endpoints({ rows }: { rows: readonly Endpoint[] }) {
  const statuses = [...new Set(rows.flatMap(({ by_status }) => Object.keys(by_status)))].sort();
  return (
    <ScrollArea>
      <Table verticalSpacing={6} horizontalSpacing="sm" aria-label="Endpoints by status">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Endpoint</Table.Th>
            {statuses.map((status) => (
              <Table.Th key={status} scope="col" ta="right">
                {status}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ path, requests, by_status }) => (
            <Table.Tr key={path}>
              <Table.Th scope="row" fw={400}>
                <span className="mono" title={plural(requests, "request")}>
                  {path}
                </span>
              </Table.Th>
              {statuses.map((status) => (
                <Table.Td key={status} ta="right" className="numbers" {...(status >= "400" ? { c: "red" } : {})}>
                  {by_status[status] === undefined ? "" : count(by_status[status])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
