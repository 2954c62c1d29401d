import { Group, Skeleton, Stack, Tabs } from "@mantine/core";
import { IconArrowLeft, IconPencil, IconPlus, IconRadarOff, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { EmptyState } from "../../components/ui/empty-state";
import { GatedButton } from "../../components/ui/gated-button";
import { AnchorLink, ButtonLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { useEvery } from "../../lib/live";
import { useMe, whyNot } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { problemOf } from "../../lib/problem";
import { trpc } from "../../lib/trpc";
import { AddEntriesModal } from "./add-entries-modal";
import { DeleteWatchlist } from "./delete-watchlist";
import { EntryList } from "./entry-list";
import { MatchList } from "./match-list";
import { WatchlistModal } from "./watchlist-modal";
import { StateBadge, type Watchlist } from "./watchlist-rows";

const route = getRouteApi("/inside/watchlists/$watchlistId");

export function WatchlistPage() {
  const { watchlistId } = route.useParams();
  const every = useEvery(10_000);
  const list = useQuery(
    trpc.watchlists.get.queryOptions(
      { watchlistId },
      // The end of a comparison is no match, of which the server would tell.
      { refetchInterval: ({ state }) => (state.data?.data.entries.comparing ? 5_000 : every) },
    ),
  );
  if (list.isPending) {
    return (
      <Stack gap="md" aria-busy role="status" aria-label="Loading">
        <Skeleton height={28} width={260} />
        <Skeleton height={320} radius="md" />
      </Stack>
    );
  }
  if (list.isError) {
    return (
      <Page>
        {problemOf(list.error).status === 404 ? (
          <EmptyState
            icon={<IconRadarOff size={22} />}
            title="Watchlist not found"
            action={
              <ButtonLink to="/watchlists" variant="light">
                All watchlists
              </ButtonLink>
            }
          >
            It may have been deleted, or it belongs to another workspace. Switch the workspace at the top and open the
            link again.
          </EmptyState>
        ) : (
          <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
        )}
      </Page>
    );
  }
  return <WatchlistDetails list={list.data.data} />;
}

function WatchlistDetails({ list }: { list: Watchlist }) {
  const { tab = "matches" } = route.useSearch();
  const navigate = route.useNavigate();
  const forbidden = whyNot(useMe(), "watchlists:write");
  const [task, setTask] = useState<"add" | "edit" | "delete" | null>(null);
  const close = () => setTask(null);
  return (
    <Stack gap="xs">
      <AnchorLink to="/watchlists" size="sm" c="dimmed" className="back-link">
        <IconArrowLeft size={15} aria-hidden /> Watchlists
      </AnchorLink>
      <Page
        title={list.name}
        note={
          <Group gap="xs">
            <StateBadge list={list} />
            <span className="wrap-anywhere">{list.description ?? `Created by ${list.created_by}`}</span>
          </Group>
        }
        actions={
          <>
            <GatedButton forbidden={forbidden} leftSection={<IconPlus size={16} />} onClick={() => setTask("add")}>
              Add entries
            </GatedButton>
            <GatedButton
              forbidden={forbidden}
              variant="default"
              leftSection={<IconPencil size={16} />}
              onClick={() => setTask("edit")}
            >
              Edit
            </GatedButton>
            <GatedButton
              forbidden={forbidden}
              variant="light"
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => setTask("delete")}
            >
              Delete
            </GatedButton>
          </>
        }
      >
        <Tabs
          value={tab}
          onChange={(value) => void navigate({ search: value === "entries" ? { tab: "entries" } : {} })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="matches">Matches ({count(list.matches.open)} open)</Tabs.Tab>
            <Tabs.Tab value="entries">{plural(list.entries.total, "entry", "entries")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="matches">
            <MatchList list={list} />
          </Tabs.Panel>
          <Tabs.Panel value="entries">
            <EntryList list={list} onAdd={() => setTask("add")} />
          </Tabs.Panel>
        </Tabs>
        <AddEntriesModal list={list} opened={task === "add"} onClose={close} />
        <WatchlistModal list={list} opened={task === "edit"} onClose={close} />
        <DeleteWatchlist list={list} opened={task === "delete"} onClose={close} />
      </Page>
    </Stack>
  );
}
