import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import { DataTable } from "../../components/table/data-table";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { useEvery } from "../../lib/live";
import { trpc } from "../../lib/trpc";
import { MatchBulk } from "./match-bulk";
import { type Match, nameOfMatch } from "./match-cells";
import { matchColumns } from "./match-columns";
import { type MatchSearch, matchFilters, orderOf } from "./match-search";
import type { Triage } from "./use-triage";

const pageSize = 200;
const everyMs = 15_000;

export type MatchTableProps = {
  /** The watchlist, where only its matches are shown. */
  watchlistId: string | undefined;
  search: MatchSearch;
  onChange: (change: Record<string, unknown>) => void;
  triage: Triage;
  forbidden: string | null;
  empty: ReactNode;
};

/** Single matches as the address asks for them. */
export function MatchTable({ watchlistId, search, onChange, triage, forbidden, empty }: MatchTableProps) {
  const { query, rows, onEnd } = useMatchRows(watchlistId, search);
  const { acknowledge } = triage;
  const toggle = useCallback(
    (match: Match) => acknowledge({ ids: [match.id] }, match.acknowledged_at === null),
    [acknowledge],
  );
  const columns = useMemo(
    () => matchColumns({ onAcknowledge: toggle, forbidden }, watchlistId === undefined),
    [toggle, forbidden, watchlistId],
  );
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (rows?.length === 0) return empty;
  return (
    <DataTable<Match>
      name="matches"
      label="Matches"
      columns={columns}
      rows={rows}
      more={query.hasNextPage}
      idOf={idOf}
      nameOf={nameOfMatch}
      sort={search.sort ?? "-risk"}
      onSort={(sort) => onChange({ sort: sort.endsWith("risk") ? "" : sort })}
      onOpen={({ id }) => onChange({ match: id })}
      onEdit={(match) => {
        if (forbidden === null) toggle(match);
      }}
      bulk={
        forbidden === null
          ? (selected, done) => (
              <MatchBulk
                chosen={{ ids: selected.map(({ id }) => id) }}
                triage={triage}
                reopen={selected.some(({ acknowledged_at }) => acknowledged_at !== null)}
                onDone={done}
              />
            )
          : undefined
      }
      onEnd={onEnd}
      busy={query.isFetching}
    />
  );
}

const idOf = (match: Match) => match.id;

type Page = { data: readonly Match[]; meta: { next_cursor: string | null } };

function useMatchRows(watchlistId: string | undefined, search: MatchSearch) {
  const input = { ...matchFilters(search), order: orderOf(search), limit: pageSize };
  const options = {
    // With `order=oldest` there is a cursor even after the last page.
    getNextPageParam: ({ data, meta }: Page) => (data.length < pageSize ? null : meta.next_cursor),
    placeholderData: keepPreviousData,
    refetchInterval: useEvery(everyMs),
  } as const;
  const list = watchlistId ?? search.list;
  const ofOne = useInfiniteQuery(
    trpc.watchlists.matches.infiniteQueryOptions(
      { watchlistId: list ?? "", ...input },
      { ...options, enabled: list !== undefined },
    ),
  );
  const ofAll = useInfiniteQuery(
    trpc.watchlists.allMatches.infiniteQueryOptions(input, { ...options, enabled: list === undefined }),
  );
  const query = list === undefined ? ofAll : ofOne;
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data), [data]);
  const more = hasNextPage && !isFetchingNextPage;
  const onEnd = useCallback(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  return { query, rows, onEnd };
}
