import { Stack } from "@mantine/core";
import { IconShieldSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { filterCount, type Ioc, listFilters } from "../../components/ioc/ioc-query";
import type { IocSearch } from "../../components/ioc/ioc-search";
import { EmptyList } from "../../components/ui/empty-list";
import { Pager } from "../../components/ui/pager";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { usePages } from "../../components/ui/use-pages";
import { count } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { IocRows } from "./ioc-rows";

const pageSize = 50;

/** The filtered list, a page at a time. */
export function IocList({ search, onOpen }: { search: IocSearch; onOpen: (ioc: Ioc) => void }) {
  const filters = JSON.stringify({ ...search, q: undefined });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same filters ask the same question, to the minute
  const input = useMemo(() => ({ ...listFilters(search, new Date()), limit: pageSize }), [filters]);
  const query = useInfiniteQuery(
    trpc.iocs.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.meta.next_cursor,
      placeholderData: keepPreviousData,
    }),
  );
  const pages = usePages(query, filters);
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const rows = pages.page?.data;
  const meta = pages.page?.meta;
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
  const before = pages.before.reduce((sum, page) => sum + page.data.length, 0);
  return (
    <Stack gap="sm" style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }} aria-busy={query.isFetching}>
      <IocRows rows={rows} onOpen={onOpen} />
      {rows && meta && (
        <Pager
          summary={`${count(before + 1)}–${count(before + rows.length)} of ${meta.total_exact ? "" : "about "}${count(meta.total)}`}
          index={pages.index}
          hasNext={pages.hasNext}
          busy={pages.busy}
          onPage={(index) => void pages.goTo(index)}
        />
      )}
    </Stack>
  );
}
