import { Badge, CloseButton, Group, Paper, SegmentedControl, Stack } from "@mantine/core";
import { IconRadar2 } from "@tabler/icons-react";
import { type ReactNode, useCallback } from "react";
import { EmptyState } from "../../components/ui/empty-state";
import { useMe, whyNot } from "../../lib/me";
import { optionsOf } from "../../lib/tables";
import { GroupTable } from "./group-table";
import { MatchDrawer } from "./match-drawer";
import { MatchFilters } from "./match-filters";
import { groupings, type MatchSearch, matchFilterCount, matchViews } from "./match-search";
import { MatchTable, type MatchTableProps } from "./match-table";
import { useTriage } from "./use-triage";

type Props = {
  /** The watchlist, where only its matches are shown. */
  watchlistId?: string;
  search: MatchSearch;
  /** Puts a change of the search into the address; an empty text takes a choice away. */
  onChange: (change: Record<string, unknown>) => void;
  /** What is said where there is no match at all. */
  nothing: ReactNode;
};

/** Matches, single or in groups, filtered, with what can be done about them. */
export function MatchPanel({ watchlistId, search, onChange, nothing }: Props) {
  const forbidden = whyNot(useMe(), "watchlists:write");
  const triage = useTriage();
  const { group, show = "open" } = search;
  const empty = <NoMatches search={search}>{nothing}</NoMatches>;
  const close = useCallback(() => onChange({ match: "" }), [onChange]);
  const props: MatchTableProps = { watchlistId, search, onChange, triage, forbidden, empty };
  return (
    <Stack gap="sm">
      <Group gap="sm" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="Which matches"
          value={show}
          data={optionsOf(matchViews)}
          onChange={(value) => onChange({ show: value })}
        />
        <SegmentedControl
          size="xs"
          aria-label="Rows"
          value={group ?? "none"}
          data={optionsOf(groupings)}
          onChange={(value) => onChange({ group: value, entry: "", subject: "" })}
        />
      </Group>
      <Within search={search} onChange={onChange} />
      <MatchFilters search={search} onChange={onChange} withLists={watchlistId === undefined} />
      {group ? <GroupTable key={group} by={group} {...props} /> : <MatchTable {...props} />}
      <MatchDrawer matchId={search.match} triage={triage} forbidden={forbidden} onClose={close} />
    </Stack>
  );
}

/** That only one entry's or indicator's matches are shown, and how to undo that. */
function Within({ search: { entry, subject }, onChange }: Pick<Props, "search" | "onChange">) {
  if (!entry && !subject) return null;
  return (
    <Group gap="xs">
      <Badge
        size="lg"
        rightSection={
          <CloseButton
            size="xs"
            aria-label="Show the groups again"
            onClick={() => onChange({ entry: "", subject: "", group: entry ? "entry" : "subject" })}
          />
        }
      >
        {entry ? "Of one entry" : "Of one indicator"}
      </Badge>
    </Group>
  );
}

function NoMatches({ search, children }: { search: MatchSearch; children: ReactNode }) {
  const { show = "open", entry, subject } = search;
  const filtered = matchFilterCount(search) > 0 || entry !== undefined || subject !== undefined;
  const title = show === "all" ? "No matches yet" : `No ${show} matches`;
  return (
    <Paper>
      <EmptyState icon={<IconRadar2 size={22} />} title={filtered ? "Nothing fits the filters" : title}>
        {filtered ? "Remove a filter, or show matches in every state." : children}
      </EmptyState>
    </Paper>
  );
}
