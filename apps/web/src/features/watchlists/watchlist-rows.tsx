import { Badge, Card, Group, SimpleGrid, Skeleton, Text } from "@mantine/core";
import { Sparkline } from "../../components/charts/sparkline";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { count, plural } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";

export type Watchlist = Outputs["watchlists"]["list"]["data"][number];

export function WatchlistRows({ lists }: { lists: readonly Watchlist[] | undefined }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} spacing="md" aria-busy={lists === undefined}>
      {lists === undefined && [1, 2, 3].map((place) => <Skeleton key={place} height={164} radius="md" />)}
      {lists?.map((list) => (
        <WatchlistCard key={list.id} list={list} />
      ))}
    </SimpleGrid>
  );
}

function WatchlistCard({ list }: { list: Watchlist }) {
  const { matches, entries } = list;
  const days = matches.by_day.map((day) => day.count);
  return (
    <Card withBorder radius="md" component="article" aria-label={list.name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <AnchorLink
          to="/watchlists/$watchlistId"
          params={{ watchlistId: list.id }}
          fw={600}
          className="wrap-anywhere"
          lineClamp={2}
        >
          {list.name}
        </AnchorLink>
        <StateBadge list={list} />
      </Group>
      <Text size="sm" c="dimmed" mt={4} lineClamp={2} className="wrap-anywhere">
        {list.description ?? `Created by ${list.created_by}`}
      </Text>
      <Group justify="space-between" align="flex-end" mt="auto" pt="md" wrap="nowrap">
        <div>
          <Text fz={26} fw={620} lh={1.1} className="numbers">
            {count(matches.open)}
          </Text>
          <Text size="xs" c="dimmed">
            {matches.open === 1 ? "open match" : "open matches"} of {count(matches.total)}
          </Text>
        </div>
        <Sparkline values={days} width={120} height={34} label={`Matches of the last ${days.length} days`} />
      </Group>
      <Group justify="space-between" mt="sm" gap="xs">
        <Text size="xs" c="dimmed">
          {plural(entries.total, "entry", "entries")}
          {entries.comparing > 0 && `, ${count(entries.comparing)} being compared`}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {matches.last_at ? (
            <>
              Last match <Time value={matches.last_at} />
            </>
          ) : (
            "No match yet"
          )}
        </Text>
      </Group>
    </Card>
  );
}

export function StateBadge({ list }: { list: Pick<Watchlist, "enabled" | "notify"> }) {
  const [color, words] = !list.enabled ? ["gray", "Off"] : list.notify ? ["teal", "On"] : ["blue", "On, no notices"];
  return (
    <Badge color={color} style={{ flexShrink: 0 }}>
      {words}
    </Badge>
  );
}
