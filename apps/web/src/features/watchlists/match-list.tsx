import { Group, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconChecks, IconRadar2 } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState } from "../../components/ui/empty-state";
import { GatedButton } from "../../components/ui/gated-button";
import { Pager } from "../../components/ui/pager";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastProblem } from "../../components/ui/toast";
import { usePages } from "../../components/ui/use-pages";
import { useMe, whyNot } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { optionsOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";
import { MatchRows } from "./match-rows";
import { useWatchRefresh } from "./use-watch-refresh";
import { type MatchView, matchViews, watchSearch } from "./watch-search";
import type { Watchlist } from "./watchlist-rows";

const route = getRouteApi("/inside/watchlists/$watchlistId");
const pageSize = 50;

/** What touched the list, newest first, with what is to be looked at on top. */
export function MatchList({ list }: { list: Watchlist }) {
  const { show = "open" } = route.useSearch();
  const navigate = route.useNavigate();
  const refresh = useWatchRefresh();
  const forbidden = whyNot(useMe(), "watchlists:write");
  const acknowledge = useMutation(
    trpc.watchlists.acknowledge.mutationOptions({ onSuccess: refresh, onError: (error) => toastProblem(error) }),
  );
  const query = useInfiniteQuery(
    trpc.watchlists.matches.infiniteQueryOptions(
      { watchlistId: list.id, limit: pageSize, ...(show === "all" ? {} : { status: show }) },
      {
        getNextPageParam: (page) => page.meta.next_cursor,
        placeholderData: keepPreviousData,
        refetchInterval: 15_000,
      },
    ),
  );
  const pages = usePages(query, show);
  const rows = pages.page?.data;
  const before = pages.before.reduce((sum, page) => sum + page.data.length, 0);
  return (
    <Stack gap="sm" aria-busy={query.isFetching}>
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Which matches"
          value={show}
          data={optionsOf(matchViews)}
          onChange={(value) => void navigate({ search: watchSearch({ show: value }), replace: true })}
        />
        <GatedButton
          forbidden={forbidden}
          size="xs"
          variant="default"
          leftSection={<IconChecks size={15} />}
          disabled={forbidden === null && list.matches.open === 0}
          loading={acknowledge.isPending && !acknowledge.variables?.ids}
          onClick={() => acknowledge.mutate({ watchlistId: list.id })}
        >
          Acknowledge all
        </GatedButton>
      </Group>
      {list.entries.comparing > 0 && (
        <Text size="sm" c="dimmed" role="status">
          {plural(list.entries.comparing, "entry is", "entries are")} being compared with the stored indicators.
        </Text>
      )}
      {list.matches.unlisted > 0 && (
        <Text size="sm" c="dimmed">
          {plural(list.matches.unlisted, "further match was", "further matches were")} counted but not stored: at most
          1,000 per entry and day are stored.
        </Text>
      )}
      {query.isError ? (
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      ) : rows?.length === 0 ? (
        <NoMatches show={show} list={list} />
      ) : (
        <>
          <MatchRows
            rows={rows}
            busy={acknowledge.isPending || forbidden !== null}
            onAcknowledge={(id, acknowledged) => acknowledge.mutate({ watchlistId: list.id, ids: [id], acknowledged })}
          />
          {rows && (
            <Pager
              summary={`${count(before + 1)}–${count(before + rows.length)}`}
              index={pages.index}
              hasNext={pages.hasNext}
              busy={pages.busy}
              onPage={(index) => void pages.goTo(index)}
            />
          )}
        </>
      )}
    </Stack>
  );
}

function NoMatches({ show, list }: { show: MatchView; list: Watchlist }) {
  const none = list.matches.total === 0;
  return (
    <Paper>
      <EmptyState icon={<IconRadar2 size={22} />} title={none ? "No matches yet" : `No ${show} matches`}>
        {none
          ? list.entries.total === 0
            ? "Add the networks, domains and names to watch."
            : "New and changed indicators are compared with the entries as they arrive."
          : "Use the switch above to show other matches."}
      </EmptyState>
    </Paper>
  );
}
