import { Card, Skeleton, Stack } from "@mantine/core";
import { IconNews } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { EmptyList } from "../../components/ui/empty-list";
import { Pager } from "../../components/ui/pager";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { usePages } from "../../components/ui/use-pages";
import { count } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { ArticleCard } from "./article-card";
import { articleFilterCount, articleFilters, wholeArticle } from "./article-query";
import type { ArticleSearch } from "./article-search";

const pageSize = 20;

/** The filtered articles, a page at a time. */
export function ArticleList({ search }: { search: ArticleSearch }) {
  const filters = JSON.stringify(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same filters ask the same question, to the minute
  const input = useMemo(() => ({ ...articleFilters(search, new Date()), limit: pageSize }), [filters]);
  const query = useInfiniteQuery(
    trpc.articles.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.meta.next_cursor,
      placeholderData: keepPreviousData,
    }),
  );
  const pages = usePages(query, filters);
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const { page } = pages;
  if (!page) return <Waiting />;
  if (page.data.length === 0) {
    const filtered = articleFilterCount(search) > 0 || search.q !== undefined;
    return (
      <EmptyList
        filtered={filtered}
        noMatch="No matching articles"
        icon={<IconNews size={22} />}
        title="No articles yet"
      >
        Articles appear after the first pull of a news feed.
      </EmptyList>
    );
  }
  const before = pages.before.reduce((sum, { data }) => sum + data.length, 0);
  return (
    <Stack gap="sm" style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }} aria-busy={query.isFetching}>
      {page.data.map((row) => (
        <ArticleCard key={row.id} article={wholeArticle(row)} />
      ))}
      <Pager
        summary={`${count(before + 1)}–${count(before + page.data.length)} of ${page.meta.total_exact ? "" : "more than "}${count(page.meta.total)}`}
        index={pages.index}
        hasNext={pages.hasNext}
        busy={pages.busy}
        onPage={(index) => void pages.goTo(index)}
      />
    </Stack>
  );
}

function Waiting() {
  return (
    <Stack gap="sm" aria-busy role="status" aria-label="Loading articles">
      {["a", "b", "c", "d"].map((key) => (
        <Card key={key} withBorder radius="md" padding="md" aria-hidden>
          <Skeleton height={18} width="62%" />
          <Skeleton height={12} width="30%" mt={8} />
          <Skeleton height={30} mt={10} />
        </Card>
      ))}
    </Stack>
  );
}
