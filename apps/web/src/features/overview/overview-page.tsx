import { Grid, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ShareBar } from "../../components/charts/share-bar";
import { Sparkline } from "../../components/charts/sparkline";
import { UsageChart } from "../../components/charts/usage-chart";
import { keyStatusLooks } from "../../components/key/key-status";
import { SampleBanner } from "../../components/sample/sample-banner";
import { EmptyState } from "../../components/ui/empty-state";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { localDay } from "../../lib/dates";
import { useEvery } from "../../lib/live";
import { useMe } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { rowsOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";
import { Attention } from "./attention";
import { Checklist } from "./checklist";
import type { Overview } from "./first-steps";
import { IndicatorStats } from "./indicator-stats";
import { LatestRuns } from "./latest-runs";
import { OfflineAlert } from "./offline-alert";
import { Panel } from "./panel";
import { SampleOffer } from "./sample-offer";
import { Stat } from "./stat";

export function OverviewPage() {
  const { workspace } = useMe();
  const query = useQuery(trpc.overview.get.queryOptions(undefined, { refetchInterval: useEvery(30_000) }));
  return (
    <Page note={`Indicators of this instance, and API usage of ${workspace.name}.`}>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <OverviewSkeleton />}
      {query.data && (
        <>
          <OfflineAlert network={query.data.network} />
          <SampleBanner />
          <SampleOffer overview={query.data} />
          <Checklist overview={query.data} />
          <Attention />
          <Stats overview={query.data} />
          <Panels overview={query.data} />
          <IndicatorStats stats={query.data.stats.data} />
          <Panel id="runs" h="auto" title="Latest pulls" link={<More to="/feeds" />}>
            <LatestRuns runs={query.data.latest_runs} />
          </Panel>
        </>
      )}
    </Page>
  );
}

function Stats({ overview: { stats, feeds } }: { overview: Overview }) {
  const { totals, last_24h, last_7d, daily } = stats.data;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      <Stat
        label="Indicators"
        to="/iocs"
        value={count(totals.active)}
        note={
          <>
            As of <Time value={stats.meta.cache.updated_at} />
            {totals.withdrawn > 0 && `, ${count(totals.withdrawn)} withdrawn`}
          </>
        }
      />
      <Stat
        label="New in the last 24 hours"
        to="/iocs"
        value={count(last_24h.iocs)}
        note={`${count(last_7d.iocs)} in 7 days, ${plural(last_24h.articles, "new article")}`}
        chart={<Sparkline values={daily.map((day) => day.iocs)} label={daysOf(daily)} width={84} height={30} />}
      />
      <OpenMatches />
      <Stat
        label="Feeds that need attention"
        to="/feeds"
        value={count(feeds.failing + feeds.held)}
        note={`${count(feeds.failing)} failing, ${count(feeds.held)} held back, ${count(feeds.ok)} healthy`}
      />
    </SimpleGrid>
  );
}

function OpenMatches() {
  const query = useQuery(trpc.watchlists.list.queryOptions(undefined, { refetchInterval: useEvery(30_000) }));
  const lists = query.data?.data;
  const open = lists?.reduce((sum, { matches }) => sum + matches.open, 0);
  const days = lists?.[0]?.matches.by_day.map((_, day) =>
    lists.reduce((sum, { matches }) => sum + (matches.by_day[day]?.count ?? 0), 0),
  );
  return (
    <Stat
      label="Open watchlist matches"
      to="/triage"
      value={open === undefined ? "–" : count(open)}
      note={lists?.length === 0 ? "No watchlists yet" : `In ${plural(lists?.length ?? 0, "watchlist")}`}
      chart={
        days && <Sparkline values={days} label={`Matches of the last ${days.length} days`} width={84} height={30} />
      }
    />
  );
}

function Panels({ overview }: { overview: Overview }) {
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Panel
          id="requests"
          title="Requests by day"
          link={overview.requests.total > 0 && <Requests requests={overview.requests} />}
        >
          {overview.requests.total > 0 ? (
            <UsageChart days={overview.requests.daily} height={310} />
          ) : (
            <EmptyState icon={<IconChartBar size={22} />} title="No request in the last 14 days">
              Requests with the keys of this workspace are counted here.
            </EmptyState>
          )}
        </Panel>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack gap="md" h="100%">
          <FeedsPanel feeds={overview.feeds} />
          <KeysPanel keys={overview.keys} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Requests({ requests: { total, errors } }: Pick<Overview, "requests">) {
  return (
    <Text size="sm" c="dimmed" className="numbers">
      {count(total)} in 14 days{errors > 0 && `, ${count(errors)} with an error`}
    </Text>
  );
}

/** The states of feeds that are counted, as parts of all. */
const feedShares = {
  ok: { label: "Healthy", color: "var(--tocsin-series-ok)" },
  held: { label: "Held back", color: "var(--mantine-color-yellow-6)" },
  failing: { label: "Failing", color: "var(--tocsin-series-bad)" },
  unreachable: { label: "Not reachable", color: "var(--mantine-color-gray-6)" },
  never: { label: "Not pulled yet", color: "var(--mantine-color-gray-5)" },
  paused: { label: "Paused", color: "var(--mantine-color-gray-6)" },
  needs_key: { label: "Need a key", color: "var(--mantine-color-gray-4)" },
  off: { label: "Off", color: "var(--tocsin-line)" },
} as const satisfies Record<Exclude<keyof Overview["feeds"], "total">, { label: string; color: string }>;

function FeedsPanel({ feeds }: { feeds: Overview["feeds"] }) {
  return (
    <Panel id="feeds" h="auto" title="Feeds" link={<More to="/feeds" />}>
      <ShareBar
        label="Feeds by state"
        shares={rowsOf(feedShares).map(([state, share]) => ({ ...share, value: feeds[state] }))}
      />
    </Panel>
  );
}

function KeysPanel({ keys }: { keys: Overview["keys"] }) {
  return (
    <Panel id="keys" h="auto" title="API keys" link={<More to="/keys" />}>
      <ShareBar
        label="Keys by state"
        shares={rowsOf(keyStatusLooks).map(([status, { label, share }]) => ({
          label,
          color: share,
          value: keys[status],
        }))}
      />
      <Text size="xs" c="dimmed" mt="sm">
        {count(keys.active + keys.expiring)} of {plural(keys.limit, "key")} that the tier allows
      </Text>
    </Panel>
  );
}

function More({ to }: { to: "/feeds" | "/keys" }) {
  return (
    <AnchorLink to={to} size="sm">
      All
    </AnchorLink>
  );
}

function daysOf(daily: Overview["stats"]["data"]["daily"]): string {
  return `New by day: ${daily.map(({ date, iocs }) => `${localDay(date)} ${count(iocs)}`).join(", ")}`;
}

function OverviewSkeleton() {
  return (
    <Stack gap="md" aria-hidden>
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} height={104} radius="md" />
        ))}
      </SimpleGrid>
      <Skeleton height={300} radius="md" />
    </Stack>
  );
}
