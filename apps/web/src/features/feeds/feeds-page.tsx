import { Alert, Group, Paper, SegmentedControl } from "@mantine/core";
import { IconRss, IconSearch, IconWorldOff } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Feed } from "../../components/feed/run";
import { SampleBanner } from "../../components/sample/sample-banner";
import { EmptyState } from "../../components/ui/empty-state";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { TextFilter } from "../../components/ui/text-filter";
import { AddFeedButton } from "./add-feed-button";
import { FeedDrawer } from "./feed-drawer";
import { FeedRows } from "./feed-rows";
import { feedSearch, feedViewNames, feedViews, shownFeeds } from "./feed-search";
import { usePulls } from "./use-pulls";

const route = getRouteApi("/inside/feeds");

export function FeedsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { query, actions } = usePulls();
  const feeds = query.data?.data;
  const shown = feeds && shownFeeds(feeds, search);
  const open = useCallback(
    (feed: Pick<Feed, "id"> | null) =>
      void navigate({ search: ({ feed: _, ...rest }) => (feed ? { ...rest, feed: feed.id } : rest) }),
    [navigate],
  );
  return (
    <Page
      note="Sources of indicators, with the result of the last pull and the time of the next."
      actions={<AddFeedButton onAdded={(id) => open({ id })} />}
    >
      <SampleBanner />
      {feeds?.some(({ unreachable }) => unreachable) && <UnreachableNote />}
      <Filters feeds={feeds} />
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {shown?.length === 0 ? (
        <Paper>
          <EmptyState icon={<IconRss size={22} />} title={feeds?.length === 0 ? "No feeds" : "No matching feeds"}>
            {feeds?.length === 0 ? "This instance has no feeds." : "Search for another name, or show all feeds."}
          </EmptyState>
        </Paper>
      ) : (
        (shown || query.isPending) && (
          <FeedRows
            feeds={shown}
            actions={actions}
            sort={search.sort}
            onSort={(sort) => void navigate({ search: (before) => feedSearch({ ...before, sort }) })}
            onOpen={open}
          />
        )
      )}
      <FeedDrawer feed={feeds?.find(({ id }) => id === search.feed)} actions={actions} onClose={() => open(null)} />
    </Page>
  );
}

function Filters({ feeds }: { feeds: readonly Feed[] | undefined }) {
  const { q, view } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Group gap="sm">
      <TextFilter
        aria-label="Search feeds"
        placeholder="Search by name or vendor"
        type="search"
        className="grow-field"
        leftSection={<IconSearch size={15} />}
        value={q ?? ""}
        maxLength={100}
        onChange={(text) => {
          if (text === (q ?? "")) return;
          // One step back leads to before the search, however it was typed.
          void navigate({ search: (before) => feedSearch({ ...before, q: text }), replace: q !== undefined });
        }}
      />
      <div className="scroll-x">
        <SegmentedControl
          aria-label="State"
          value={view ?? "all"}
          onChange={(value) => void navigate({ search: (before) => feedSearch({ ...before, view: value }) })}
          data={[
            { value: "all", label: feeds ? `All ${feeds.length}` : "All" },
            ...feedViewNames.map((name) => ({
              value: name,
              label: feeds
                ? `${feedViews[name].label} ${feeds.filter(feedViews[name].holds).length}`
                : feedViews[name].label,
            })),
          ]}
        />
      </div>
    </Group>
  );
}

function UnreachableNote() {
  return (
    <Alert color="yellow" icon={<IconWorldOff size={18} />} role="status">
      No feed can be reached from this server. They are tried less often until one answers; the overview says what to
      check.
    </Alert>
  );
}
