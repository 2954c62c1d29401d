import { Alert, Group, Paper, SegmentedControl, TextInput } from "@mantine/core";
import { IconRss, IconSearch, IconWorldOff } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Feed } from "../../components/feed/run";
import { SampleBanner } from "../../components/sample/sample-banner";
import { EmptyState } from "../../components/ui/empty-state";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { kindIn, rowsOf } from "../../lib/tables";
import { AddFeedButton } from "./add-feed-button";
import { FeedDrawer } from "./feed-drawer";
import { byUrgency, feedHealth, healths } from "./feed-health";
import { FeedRows } from "./feed-rows";
import { usePulls } from "./use-pulls";

const route = getRouteApi("/inside/feeds");

const views = {
  all: { label: "All", holds: () => true },
  on: { label: "On", holds: (feed) => feed.state === "on" },
  failing: { label: healths.failing.label, holds: (feed) => feedHealth(feed) === "failing" },
  held: { label: healths.held.label, holds: (feed) => feedHealth(feed) === "held" },
  off: { label: "Not running", holds: (feed) => feed.state !== "on" },
} as const satisfies Record<string, { label: string; holds: (feed: Feed) => boolean }>;
type View = keyof typeof views;

export function FeedsPage() {
  const { feed: openId } = route.useSearch();
  const navigate = route.useNavigate();
  const { query, actions } = usePulls();
  const [view, setView] = useState<View>("all");
  const [text, setText] = useState("");
  const feeds = query.data?.data;
  const shown = feeds?.filter((feed) => views[view].holds(feed) && matches(feed, text)).sort(byUrgency);
  const open = (feed: Feed | null) => void navigate({ search: feed ? { feed: feed.id } : {} });
  return (
    <Page
      note="Sources of indicators, with the result of the last pull and the time of the next."
      actions={<AddFeedButton onAdded={(id) => void navigate({ search: { feed: id } })} />}
    >
      <SampleBanner />
      {feeds?.some(({ unreachable }) => unreachable) && <UnreachableNote />}
      <Group gap="sm">
        <TextInput
          aria-label="Search feeds"
          placeholder="Search by name or vendor"
          type="search"
          className="grow-field"
          leftSection={<IconSearch size={15} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className="scroll-x">
          <SegmentedControl
            aria-label="State"
            value={view}
            onChange={(value) => setView(kindIn(views, value) ?? "all")}
            data={rowsOf(views).map(([value, { label, holds }]) => ({
              value,
              label: feeds ? `${label} ${feeds.filter(holds).length}` : label,
            }))}
          />
        </div>
      </Group>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {shown?.length === 0 ? (
        <Paper>
          <EmptyState icon={<IconRss size={22} />} title={feeds?.length === 0 ? "No feeds" : "No matching feeds"}>
            {feeds?.length === 0 ? "This instance has no feeds." : "Search for another name, or show all feeds."}
          </EmptyState>
        </Paper>
      ) : (
        (shown || query.isPending) && <FeedRows feeds={shown} actions={actions} onOpen={open} />
      )}
      <FeedDrawer feed={feeds?.find((feed) => feed.id === openId)} actions={actions} onClose={() => open(null)} />
    </Page>
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

function matches(feed: Feed, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return `${feed.id} ${feed.name} ${feed.vendor}`.toLowerCase().includes(wanted);
}
