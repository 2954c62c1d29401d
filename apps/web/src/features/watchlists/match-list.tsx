import { Stack, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { plural } from "../../lib/numbers";
import { MatchPanel } from "./match-panel";
import { watchSearch } from "./watch-search";
import type { Watchlist } from "./watchlist-rows";

const route = getRouteApi("/inside/watchlists/$watchlistId");

/** What matched the list. */
export function MatchList({ list }: { list: Watchlist }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const onChange = useCallback(
    (change: Record<string, unknown>) =>
      void navigate({ search: (before) => watchSearch({ ...before, ...change }), resetScroll: false }),
    [navigate],
  );
  return (
    <Stack gap="sm">
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
      <MatchPanel
        watchlistId={list.id}
        search={search}
        onChange={onChange}
        nothing={
          list.entries.total === 0
            ? "Add the networks, domains and names to watch."
            : list.matches.total === 0
              ? "New and changed indicators are compared with the entries as they arrive."
              : "Use the switch above to show other matches."
        }
      />
    </Stack>
  );
}
