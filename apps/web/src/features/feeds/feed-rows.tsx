import { Group, Text, UnstyledButton } from "@mantine/core";
import { useMemo } from "react";
import { type Feed, runResult } from "../../components/feed/run";
import { RunSparkline } from "../../components/feed/run-status";
import { SampleBadge } from "../../components/sample/sample-badge";
import type { TableColumn } from "../../components/table/column";
import { DataTable } from "../../components/table/data-table";
import { Time } from "../../components/ui/time";
import { count, plural } from "../../lib/numbers";
import { feedHealth, healths } from "./feed-health";
import { PullProgress } from "./feed-progress";
import { bringsIndicators, circuits } from "./feed-words";
import { HealthBadge } from "./health-badge";
import { PullButton } from "./pull-button";
import type { FeedActions } from "./use-pulls";

type Props = {
  feeds: readonly Feed[] | undefined;
  actions: FeedActions;
  sort: string | undefined;
  onSort: (sort: string) => void;
  onOpen: (feed: Feed) => void;
};

/** The feeds as a table. */
export function FeedRows({ feeds, actions, sort, onSort, onOpen }: Props) {
  const columns = useMemo(() => [nameColumn(onOpen), ...plainColumns, pullColumn(actions)], [actions, onOpen]);
  return (
    <DataTable<Feed>
      name="feeds"
      label="Feeds"
      columns={columns}
      rows={feeds}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      sort={sort}
      onSort={onSort}
      onOpen={onOpen}
    />
  );
}

function nameColumn(onOpen: (feed: Feed) => void): TableColumn<Feed> {
  return {
    id: "name",
    label: "Feed",
    least: 150,
    shown: "always",
    sort: { field: "name" },
    cell: (feed) => <FeedName feed={feed} onOpen={onOpen} />,
    text: ({ name }) => name,
  };
}

function pullColumn(actions: FeedActions): TableColumn<Feed> {
  return {
    id: "pull",
    label: "Actions",
    bare: true,
    width: 128,
    shown: "always",
    cell: (feed) => <PullButton feed={feed} actions={actions} />,
    text: () => "",
  };
}

const plainColumns: readonly TableColumn<Feed>[] = [
  {
    id: "state",
    label: "State",
    width: 148,
    shown: "always",
    cell: (feed) => <HealthBadge health={feedHealth(feed)} />,
    text: (feed) => healths[feedHealth(feed)].label,
  },
  {
    id: "last",
    label: "Last run",
    width: 124,
    shown: "sm",
    sort: { field: "last", first: "down" },
    cell: ({ last_run: run }) => (run ? <Time value={run.started_at} /> : <Dash />),
    text: ({ last_run: run }) => run?.started_at ?? "",
  },
  {
    id: "result",
    label: "Result",
    least: 170,
    shown: "md",
    cell: (feed) => <Result feed={feed} />,
    text: (feed) => (feed.last_run ? resultWords(feed, feed.last_run) : ""),
  },
  {
    id: "next",
    label: "Next",
    width: 124,
    shown: "lg",
    sort: { field: "next" },
    cell: (feed) => <Next feed={feed} />,
    text: ({ next_due_at }) => next_due_at ?? "",
  },
  {
    id: "recent",
    label: "Recent runs",
    width: 112,
    shown: "xl",
    cell: ({ recent_runs }) => <RunSparkline runs={recent_runs} />,
    text: ({ recent_runs }) => recent_runs.map(({ status }) => status).join(" "),
  },
  {
    id: "iocs",
    label: "Indicators",
    width: 104,
    align: "right",
    shown: "sm",
    sort: { field: "iocs", first: "down" },
    cell: (feed) => (bringsIndicators[feed.kind] ? <span className="numbers">{count(feed.iocs)}</span> : <Dash />),
    text: ({ iocs }) => String(iocs),
  },
  {
    id: "vendor",
    label: "Vendor",
    width: 150,
    shown: "xl",
    cell: (feed) => <span title={feed.vendor}>{feed.own ? `Own feed · ${feed.vendor}` : feed.vendor}</span>,
    text: ({ vendor }) => vendor,
  },
  {
    id: "licence",
    label: "Licence",
    width: 140,
    shown: "xl",
    cell: ({ licence }) => (
      <span title={licence.redistribution === "no" ? `${licence.name}: no redistribution` : licence.name}>
        {licence.name}
      </span>
    ),
    text: ({ licence }) => licence.name,
  },
];

function FeedName({ feed, onOpen }: { feed: Feed; onOpen: (feed: Feed) => void }) {
  return (
    <Group gap={6} wrap="nowrap">
      <UnstyledButton
        fw={560}
        fz="sm"
        className="cut"
        maw="100%"
        aria-haspopup="dialog"
        title={`${feed.name}, ${feed.vendor}`}
        onClick={() => onOpen(feed)}
      >
        {feed.name}
      </UnstyledButton>
      {feed.sample && <SampleBadge />}
    </Group>
  );
}

/** When it is pulled next; with an open circuit, that it waits for that. */
function Next({ feed }: { feed: Feed }) {
  if (!feed.next_due_at) return <Dash />;
  const waits = circuits[feed.circuit];
  return (
    <Text span inherit {...(waits ? { c: "red", title: waits } : {})}>
      <Time value={feed.next_due_at} />
    </Text>
  );
}

/** What the last pull brought, how far one is that runs, or in words why it failed. */
function Result({ feed }: { feed: Feed }) {
  const run = feed.last_run;
  if (!run) return <Dash />;
  if (run.progress) return <PullProgress run={run} />;
  const words = resultWords(feed, run);
  return (
    <Text span inherit title={words} c={feedHealth(feed) === "failing" ? "red" : "dimmed"}>
      {words}
    </Text>
  );
}

function resultWords(feed: Feed, run: NonNullable<Feed["last_run"]>): string {
  if (run.status === "held") return "Awaiting review";
  if (feed.unreachable) return "Not reachable";
  const { failures } = feed;
  if (feedHealth(feed) !== "failing") return runResult(run);
  return `${run.error ?? runResult(run)}${failures > 1 ? ` (${plural(failures, "failure")} in a row)` : ""}`;
}

function Dash() {
  return (
    <Text span inherit c="dimmed">
      –
    </Text>
  );
}
