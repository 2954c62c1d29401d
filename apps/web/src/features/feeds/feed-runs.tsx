import { Accordion, Button, Group, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Run, runResult } from "../../components/feed/run";
import { RunBadge } from "../../components/feed/run-status";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { duration } from "../../lib/dates";
import { byteSize, count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { BadLines } from "./bad-lines";
import { PullProgress } from "./feed-progress";
import { triggers } from "./feed-words";
import { QuarantinedFigures } from "./quarantined-figures";

/** The runs of one feed, newest first; each opens to its figures, its error and its bad lines. */
export function FeedRuns({ feedId, pulling }: { feedId: string; pulling: boolean }) {
  const query = useInfiniteQuery(
    trpc.feeds.runs.infiniteQueryOptions(
      { feed_id: feedId, limit: 20 },
      {
        getNextPageParam: (page) => page.meta.next_cursor,
        // The list of feeds may know of the end before the last look at the runs did.
        refetchInterval: ({ state }) =>
          pulling || state.data?.pages[0]?.data[0]?.status === "running" ? 2_000 : false,
      },
    ),
  );
  const runs = query.data?.pages.flatMap((page) => page.data);
  return (
    <Stack gap="xs" component="section" aria-labelledby="runs">
      <Title order={3} id="runs">
        Runs
      </Title>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={160} />}
      {runs?.length === 0 && (
        <Text size="sm" c="dimmed">
          This feed has not been pulled yet.
        </Text>
      )}
      {runs && runs.length > 0 && <RunAccordion runs={runs} />}
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show earlier runs
        </Button>
      )}
    </Stack>
  );
}

/** The runs, of which one is open: the newest as soon as there is something to read in it, until the reader chooses. */
export function RunAccordion({ runs }: { runs: readonly Run[] }) {
  const [chosen, setChosen] = useState<{ id: string | null }>();
  return (
    <Accordion
      variant="contained"
      chevronPosition="right"
      // A run that ends while it is opening would stay half open.
      transitionDuration={0}
      value={chosen ? chosen.id : openAtFirst(runs[0])}
      onChange={(id) => setChosen({ id })}
    >
      {runs.map((run) => (
        <Accordion.Item key={run.id} value={run.id}>
          <Accordion.Control>
            <RunLine run={run} />
          </Accordion.Control>
          <Accordion.Panel>
            <RunDetails run={run} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function openAtFirst(run: Run | undefined): string | null {
  return run && (run.bad > 0 || run.error) ? run.id : null;
}

function RunLine({ run }: { run: Run }) {
  return (
    <Group gap="xs" justify="space-between" pr="xs">
      <Group gap="xs">
        <RunBadge status={run.status} />
        <Text size="sm" component="div">
          <Time value={run.started_at} />
        </Text>
      </Group>
      <Text size="xs" c="dimmed" className="numbers">
        {runResult(run)}
      </Text>
    </Group>
  );
}

function RunDetails({ run }: { run: Run }) {
  const facts = [
    ["New", count(run.iocs_new)],
    ["Changed", count(run.iocs_changed)],
    ["New sightings", count(run.sightings_new)],
    ["Input", `${plural(run.files, "file")}, ${plural(run.lines, "line")}`],
    ["Size", byteSize(run.bytes)],
    ["Duration", run.finished_at ? duration(Date.parse(run.finished_at) - Date.parse(run.started_at)) : "…"],
    ["Trigger", triggers[run.trigger]],
    ["Node", run.node],
  ] as const;
  return (
    <Stack gap="sm">
      <PullProgress run={run} />
      {run.error && (
        <Text size="sm" className="wrap-anywhere" {...(run.status === "failed" ? { c: "red" } : {})}>
          {run.error}
        </Text>
      )}
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs" verticalSpacing={6}>
        {facts.map(([label, shown]) => (
          <div key={label} style={{ minWidth: 0 }}>
            <Text size="xs" c="dimmed">
              {label}
            </Text>
            <Text size="sm" className="cut" title={shown}>
              {shown}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      {run.held && <QuarantinedFigures files={run.held} />}
      <BadLines run={run} />
    </Stack>
  );
}
