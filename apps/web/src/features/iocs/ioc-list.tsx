import { Paper, Stack } from "@mantine/core";
import { IconFilterOff, IconShieldSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ButtonLink } from "../../components/ui/links";
import { Nothing } from "../../components/ui/nothing";
import { Pager } from "../../components/ui/pager";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { usePages } from "../../components/ui/use-pages";
import { count } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { filterCount, type Ioc, listFilters } from "./ioc-query";
import { IocRows } from "./ioc-rows";
import type { IocSearch } from "./ioc-search";

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
  if (rows?.length === 0) return <NoIocs filtered={filterCount(search) > 0} />;
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

function NoIocs({ filtered }: { filtered: boolean }) {
  return (
    <Paper>
      {filtered ? (
        <Nothing icon={<IconFilterOff size={22} />} title="No indicator matches">
          Take a filter away, or look further back. Your plan may limit how far back the list goes.
        </Nothing>
      ) : (
        <Nothing
          icon={<IconShieldSearch size={22} />}
          title="No indicators yet"
          action={
            <ButtonLink to="/feeds" variant="light" mt="xs">
              Go to the feeds
            </ButtonLink>
          }
        >
          They come with the first pull of a feed.
        </Nothing>
      )}
    </Paper>
  );
}
