import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { DataTable } from "../../components/table/data-table";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { useEvery } from "../../lib/live";
import { trpc } from "../../lib/trpc";
import { type Group, type GroupBy, groupColumns, nameOfGroup } from "./group-columns";
import { MatchBulk } from "./match-bulk";
import { matchFilters } from "./match-search";
import type { MatchTableProps } from "./match-table";
import type { Chosen } from "./use-triage";

const pageSize = 200;
const everyMs = 15_000;
const idOf = ({ id }: Group) => id;

type Props = MatchTableProps & { by: GroupBy };

/** Matches that have an entry or an indicator in common, as one row; opened, its matches are listed. */
export function GroupTable({ by, watchlistId, search, onChange, triage, forbidden, empty }: Props) {
  const list = watchlistId ?? search.list;
  const query = useInfiniteQuery(
    trpc.watchlists.groups.infiniteQueryOptions(
      { by, limit: pageSize, ...matchFilters(search), ...(list ? { watchlist_id: list } : {}) },
      {
        getNextPageParam: (page) => page.meta.next_cursor,
        placeholderData: keepPreviousData,
        refetchInterval: useEvery(everyMs),
      },
    ),
  );
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.data), [query.data]);
  const { acknowledge } = triage;
  const { columns, open, close } = useMemo(() => {
    const openOne = ({ id }: Group) => onChange({ group: "", [by]: id });
    const closeOne = ({ id }: Group) => acknowledge(chosenOf(by, [id]));
    return {
      columns: groupColumns({ by, onOpen: openOne, onAcknowledge: closeOne, forbidden }),
      open: openOne,
      close: closeOne,
    };
  }, [by, onChange, acknowledge, forbidden]);
  const nameOf = useCallback((group: Group) => nameOfGroup(by, group), [by]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = hasNextPage && !isFetchingNextPage;
  const onEnd = useCallback(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (rows?.length === 0) return empty;
  return (
    <DataTable<Group>
      name={`matches-by-${by}`}
      label={by === "entry" ? "Matches by entry" : "Matches by indicator"}
      columns={columns}
      rows={rows}
      more={hasNextPage}
      idOf={idOf}
      nameOf={nameOf}
      sort="-risk"
      onOpen={open}
      onEdit={(group) => {
        if (forbidden === null) close(group);
      }}
      bulk={
        forbidden === null
          ? (groups, done) => (
              <MatchBulk chosen={chosenOf(by, groups.map(idOf))} triage={triage} reopen={false} onDone={done} />
            )
          : undefined
      }
      onEnd={onEnd}
      busy={query.isFetching}
    />
  );
}

function chosenOf(by: GroupBy, ids: string[]): Chosen {
  return by === "entry" ? { entry_ids: ids } : { subject_ids: ids };
}
