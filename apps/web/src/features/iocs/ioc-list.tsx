import { IconShieldSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { filterCount, type Ioc, listFilters } from "../../components/ioc/ioc-query";
import type { IocSearch } from "../../components/ioc/ioc-search";
import { EmptyList } from "../../components/ui/empty-list";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { trpc } from "../../lib/trpc";
import { IocRows } from "./ioc-rows";

const pageSize = 100;

/** The filtered list; the next page comes as the end of what is loaded comes near. */
export function IocList({ search, onOpen }: { search: IocSearch; onOpen: (ioc: Ioc) => void }) {
  const filters = JSON.stringify({ ...search, q: undefined, open: undefined });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same filters ask the same question, to the minute
  const input = useMemo(() => ({ ...listFilters(search, new Date()), limit: pageSize }), [filters]);
  const query = useInfiniteQuery(
    trpc.iocs.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.meta.next_cursor,
      placeholderData: keepPreviousData,
    }),
  );
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.data), [pages]);
  const meta = pages?.[0]?.meta;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = hasNextPage && !isFetchingNextPage;
  const onEnd = useCallback(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (rows?.length === 0) {
    return (
      <EmptyList
        filtered={filterCount(search) > 0}
        noMatch="No matching indicators"
        icon={<IconShieldSearch size={22} />}
        title="No indicators yet"
      >
        Indicators appear after the first pull of a feed.
      </EmptyList>
    );
  }
  return (
    <IocRows
      rows={rows}
      onOpen={onOpen}
      total={meta && { count: meta.total, exact: meta.total_exact }}
      onEnd={onEnd}
      busy={query.isFetching}
    />
  );
}
