import { Button, Card, Group, SegmentedControl, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { RankedBars } from "../../components/charts/ranked-bars";
import { UsageChart } from "../../components/charts/usage-chart";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { atBase } from "../../lib/base";
import { localDateTime } from "../../lib/dates";
import { count, plural } from "../../lib/numbers";
import { type Outputs, trpc } from "../../lib/trpc";
import { latency, share, statusLabel } from "./usage-figures";

type Figures = Outputs["keys"]["usage"]["data"];
type Props = { keyId: string; active: boolean; limits: { perMinute: number; perDay: number } };

const windows = ["7", "30", "90"];
const hoursShown = 6;

/** How the key was used: figures, days, statuses, endpoints and refusals, of a window that the reader chooses. */
export function KeyUsage({ keyId, active, limits }: Props) {
  const [days, setDays] = useState("30");
  const query = useQuery(
    trpc.keys.usage.queryOptions({ keyId, days: Number(days) }, { placeholderData: keepPreviousData }),
  );
  const figures = query.data?.data;
  return (
    <Card withBorder radius="md" component="section" aria-label="Usage">
      <Group justify="space-between" mb="md" gap="xs">
        <Title order={2}>Last {days} days</Title>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Days"
            value={days}
            onChange={setDays}
            data={windows.map((value) => ({ value, label: `${value} days` }))}
          />
          <Button
            component="a"
            href={atBase(`/api/v1/keys/${keyId}/usage?days=${days}&format=csv`)}
            download
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
          >
            CSV
          </Button>
        </Group>
      </Group>
      {query.isError ? (
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      ) : figures === undefined ? (
        <Skeleton height={420} radius="md" role="status" aria-label="Loading" />
      ) : figures.total_requests === 0 ? (
        <Text size="sm" c="dimmed" py="lg" ta="center">
          No requests in this period. {active && "Try the command below."}
        </Text>
      ) : (
        <div style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }} aria-busy={query.isFetching}>
          <Analytics figures={figures} limits={limits} />
        </div>
      )}
    </Card>
  );
}

function Analytics({ figures, limits }: { figures: Figures; limits: Props["limits"] }) {
  const { by_status: byStatus, rate_limit_hits_by_hour: hits, top_endpoints: endpoints } = figures;
  const refused = hits.reduce((sum, hour) => sum + hour.count, 0);
  const worst = [...hits].sort((a, b) => b.count - a.count).slice(0, hoursShown);
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="md">
        <Figure
          label="Requests"
          value={count(figures.total_requests)}
          note={`${share(figures.success_rate)} succeeded`}
        />
        <Figure label="Latency p50" value={latency(figures.latency_p50_ms)} note="median" />
        <Figure label="Latency p95" value={latency(figures.latency_p95_ms)} note="95th percentile" />
        <Figure label="Latency p99" value={latency(figures.latency_p99_ms)} note="99th percentile" />
        <Figure
          label="Peak per minute"
          value={count(figures.rate_limit_peak_per_minute)}
          note={`limit ${count(limits.perMinute)}`}
        />
        <Figure
          label="Peak per day"
          value={count(figures.rate_limit_peak_per_day)}
          note={`limit ${count(limits.perDay)}`}
        />
      </SimpleGrid>
      <UsageChart days={figures.daily} height={230} />
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="xl" verticalSpacing="lg">
        <Part title="Endpoints">
          {(id) => (
            <RankedBars
              label={id}
              rows={endpoints.map(({ path, count: value }) => ({
                key: path,
                label: <span className="mono">{path}</span>,
                value,
              }))}
            />
          )}
        </Part>
        <Part title="Status codes">
          {(id) => (
            <RankedBars
              label={id}
              rows={Object.entries(byStatus).map(([status, value]) => ({
                key: status,
                label: statusLabel(status),
                value,
              }))}
            />
          )}
        </Part>
        <Part title="Rate-limited requests" note={refused > 0 ? plural(refused, "request") : undefined}>
          {(id) =>
            refused === 0 ? (
              <Text size="sm" c="dimmed">
                None in this period.
              </Text>
            ) : (
              <Stack gap="sm">
                <RankedBars
                  label={id}
                  rows={worst.map(({ hour, count: value }) => ({ key: hour, label: localDateTime(hour), value }))}
                />
                {hits.length > worst.length && (
                  <Text size="xs" c="dimmed">
                    Top {worst.length} of {count(hits.length)} hours.
                  </Text>
                )}
              </Stack>
            )
          }
        </Part>
      </SimpleGrid>
    </Stack>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={22} fw={640} lh={1.25} className="numbers">
        {value}
      </Text>
      <Text size="xs" c="dimmed" className="numbers">
        {note}
      </Text>
    </div>
  );
}

type PartProps = { title: string; note?: string | undefined; children: (label: string) => ReactNode };

function Part({ title, note, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" gap="xs" mb="sm">
        <Title order={3} id={id} size="sm">
          {title}
        </Title>
        {note && (
          <Text size="sm" c="dimmed" className="numbers">
            {note}
          </Text>
        )}
      </Group>
      {children(title)}
    </section>
  );
}
