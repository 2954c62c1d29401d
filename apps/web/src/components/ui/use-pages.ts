import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useState } from "react";

type Query<Page> = Pick<
  UseInfiniteQueryResult<{ pages: Page[] }, unknown>,
  "data" | "hasNextPage" | "fetchNextPage" | "isFetchingNextPage"
>;

/** Shows the pages of an infinite query one at a time; a change of `filters` begins again at the first. */
export function usePages<Page>(query: Query<Page>, filters: string) {
  const [place, setPlace] = useState({ filters, index: 0 });
  const pages = query.data?.pages ?? [];
  const wanted = place.filters === filters ? place.index : 0;
  const index = Math.max(0, Math.min(wanted, pages.length - 1));
  const goTo = async (next: number) => {
    if (next >= pages.length) {
      const answer = await query.fetchNextPage();
      if (answer.isError) return;
    }
    setPlace({ filters, index: next });
  };
  return {
    page: pages[index],
    index,
    before: pages.slice(0, index),
    hasNext: index < pages.length - 1 || query.hasNextPage,
    busy: query.isFetchingNextPage,
    goTo,
  };
}
