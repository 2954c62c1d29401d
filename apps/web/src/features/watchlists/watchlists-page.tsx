import { Paper } from "@mantine/core";
import { IconPlus, IconRadar2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "../../components/ui/empty-state";
import { GatedButton } from "../../components/ui/gated-button";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { useEvery } from "../../lib/live";
import { useMe, whyNot } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { WatchlistModal } from "./watchlist-modal";
import { WatchlistRows } from "./watchlist-rows";

export function WatchlistsPage() {
  const query = useQuery(trpc.watchlists.list.queryOptions(undefined, { refetchInterval: useEvery(15_000) }));
  const [creating, setCreating] = useState(false);
  const { data: lists, meta } = query.data ?? {};
  const full = meta && meta.total >= meta.watchlists_limit;
  const noRight = whyNot(useMe(), "watchlists:write");
  const forbidden =
    noRight ?? (full ? `The tier allows ${plural(meta.watchlists_limit, "watchlist")}. Delete one first.` : null);
  return (
    <Page
      note={
        <>
          Your own networks, domains, products and names. A new or changed indicator or article that concerns one is
          shown here, and you get a notice.{" "}
          {meta && `${count(meta.entries)} of ${plural(meta.entries_limit, "entry", "entries")} used.`}
        </>
      }
      actions={
        <GatedButton forbidden={forbidden} leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
          Create watchlist
        </GatedButton>
      }
    >
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {lists?.length === 0 ? (
        <Paper>
          <EmptyState
            icon={<IconRadar2 size={22} />}
            title="No watchlists yet"
            action={
              <GatedButton forbidden={noRight} variant="light" mt="xs" onClick={() => setCreating(true)}>
                Create watchlist
              </GatedButton>
            }
          >
            Start with the networks and domains of your organisation.
          </EmptyState>
        </Paper>
      ) : (
        !query.isError && <WatchlistRows lists={lists} />
      )}
      <WatchlistModal opened={creating} list={null} onClose={() => setCreating(false)} />
    </Page>
  );
}
