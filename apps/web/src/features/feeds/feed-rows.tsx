import { Card, Group, Paper, SimpleGrid, Table, Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { type Feed, runResult } from "../../components/feed/run";
import { RunSparkline } from "../../components/feed/run-status";
import { SampleBadge } from "../../components/sample/sample-badge";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { Time } from "../../components/ui/time";
import { count, plural } from "../../lib/numbers";
import { feedHealth } from "./feed-health";
import { PullProgress } from "./feed-progress";
import classes from "./feed-rows.module.css";
import { bringsIndicators, circuits } from "./feed-words";
import { HealthBadge } from "./health-badge";
import { PullButton } from "./pull-button";
import type { FeedActions } from "./use-pulls";

type Props = { feeds: readonly Feed[] | undefined; actions: FeedActions; onOpen: (feed: Feed) => void };
type RowProps = { feed: Feed; actions: FeedActions; onOpen: (feed: Feed) => void };

/** The feeds: a table where there is room for one, else a card each. */
export function FeedRows({ feeds, actions, onOpen }: Props) {
  return (
    <>
      <Paper visibleFrom="lg" className="scroll-x">
        <Table layout="fixed" horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Feed</Table.Th>
              <Table.Th scope="col" w={132}>
                State
              </Table.Th>
              <Table.Th scope="col" w={152}>
                Last run
              </Table.Th>
              <Table.Th scope="col" w={168}>
                Next
              </Table.Th>
              <Table.Th scope="col" w={124} className={classes.recent}>
                Recent runs
              </Table.Th>
              <Table.Th scope="col" w={96} ta="right">
                Indicators
              </Table.Th>
              <Table.Th scope="col" w={140} className={classes.licence}>
                Licence
              </Table.Th>
              <Table.Th scope="col" w={130} aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {feeds === undefined && <RowsSkeleton rows={10} columns={8} height={34} />}
            {feeds?.map((feed) => (
              <FeedRow key={feed.id} feed={feed} actions={actions} onOpen={onOpen} />
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      <SimpleGrid hiddenFrom="lg" cols={{ base: 1, sm: 2 }} spacing="xs">
        {feeds?.map((feed) => (
          <FeedCard key={feed.id} feed={feed} actions={actions} onOpen={onOpen} />
        ))}
      </SimpleGrid>
    </>
  );
}

function FeedRow({ feed, actions, onOpen }: RowProps) {
  return (
    <Table.Tr style={{ cursor: "pointer" }} onClick={() => onOpen(feed)}>
      <Table.Td>
        <FeedName feed={feed} onOpen={onOpen} />
      </Table.Td>
      <Table.Td>
        <HealthBadge health={feedHealth(feed)} />
      </Table.Td>
      <Table.Td>
        <LastRun feed={feed} />
      </Table.Td>
      <Table.Td>
        <Next feed={feed} />
      </Table.Td>
      <Table.Td className={classes.recent}>
        <RunSparkline runs={feed.recent_runs} />
      </Table.Td>
      <Table.Td ta="right">
        <Indicators feed={feed} />
      </Table.Td>
      <Table.Td className={classes.licence}>
        <Text size="sm" className="cut" title={feed.licence.name}>
          {feed.licence.name}
        </Text>
        {feed.licence.redistribution === "no" && (
          <Text size="xs" c="dimmed">
            No redistribution
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <PullButton feed={feed} actions={actions} />
      </Table.Td>
    </Table.Tr>
  );
}

function FeedCard({ feed, actions, onOpen }: RowProps) {
  return (
    <Card withBorder radius="md" padding="sm" component="article" aria-label={feed.name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <FeedName feed={feed} onOpen={onOpen} />
        <HealthBadge health={feedHealth(feed)} />
      </Group>
      <Group mt="xs" gap="md" justify="space-between" align="flex-start">
        <Labelled label="Last run">
          <LastRun feed={feed} />
        </Labelled>
        <Labelled label="Next">
          <Next feed={feed} />
        </Labelled>
        <Labelled label="Indicators">
          <Indicators feed={feed} />
        </Labelled>
      </Group>
      <Group justify="space-between" mt="xs" gap="xs" wrap="nowrap" align="flex-end">
        <RunSparkline runs={feed.recent_runs} />
        <PullButton feed={feed} actions={actions} />
      </Group>
    </Card>
  );
}

function FeedName({ feed, onOpen }: { feed: Feed; onOpen: (feed: Feed) => void }) {
  return (
    <div style={{ minWidth: 0 }}>
      <UnstyledButton
        fw={560}
        fz="sm"
        className="cut"
        maw="100%"
        aria-haspopup="dialog"
        title={feed.name}
        onClick={(event) => {
          event.stopPropagation();
          onOpen(feed);
        }}
      >
        {feed.name}
      </UnstyledButton>
      {feed.sample && <SampleBadge />}
      <Text size="xs" c="dimmed" className="cut" title={feed.vendor}>
        {feed.own ? `Own feed · ${feed.vendor}` : feed.vendor}
      </Text>
    </div>
  );
}

/** When it is pulled next; with an open circuit, that it waits for that. */
function Next({ feed }: { feed: Feed }) {
  if (!feed.next_due_at) return <Dash />;
  return (
    <>
      <Time value={feed.next_due_at} />
      {feed.circuit !== "closed" && (
        <Text size="xs" c="red" style={{ whiteSpace: "nowrap" }}>
          {circuits[feed.circuit]}
        </Text>
      )}
    </>
  );
}

function Indicators({ feed }: { feed: Feed }) {
  return bringsIndicators[feed.kind] ? count(feed.iocs) : <Dash />;
}

function LastRun({ feed }: { feed: Feed }) {
  const run = feed.last_run;
  if (!run) return <Dash />;
  if (run.progress) return <PullProgress run={run} />;
  return (
    <>
      <Text component="div" size="sm">
        <Time value={run.started_at} />
      </Text>
      <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
        {runWords(feed, run)}
      </Text>
    </>
  );
}

function runWords({ failures, unreachable }: Feed, run: NonNullable<Feed["last_run"]>): string {
  if (run.status === "held") return "Awaiting review";
  if (unreachable) return "Not reachable";
  if (run.status === "failed" && failures > 1) return `${plural(failures, "failure")} in a row`;
  return runResult(run);
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div style={{ minWidth: 0 }}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="div" size="sm">
        {children}
      </Text>
    </div>
  );
}

function Dash() {
  return (
    <Text span inherit c="dimmed">
      –
    </Text>
  );
}
