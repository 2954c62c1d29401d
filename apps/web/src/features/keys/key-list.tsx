import { Card } from "@mantine/core";
import { IconKey, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo } from "react";
import { DataTable } from "../../components/table/data-table";
import { EmptyState } from "../../components/ui/empty-state";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { trpc } from "../../lib/trpc";
import { KeyBulk } from "./key-bulk";
import { type KeyRow, keyColumns } from "./key-columns";
import type { KeyMenuProps } from "./key-menu";
import { sortParam } from "./key-search";

const route = getRouteApi("/inside/keys");
const pageSize = 200;

type Props = { create: ReactNode } & Pick<KeyMenuProps, "onAct" | "forbidden">;

/** The keys that the address asks for. */
export function KeyList({ create, onAct, forbidden }: Props) {
  const { q, status, sort } = route.useSearch();
  const navigate = route.useNavigate();
  const { query, rows, total, onEnd } = useKeyRows();
  const columns = useMemo(() => keyColumns({ onAct, forbidden }), [onAct, forbidden]);
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (rows?.length === 0) return <NoKeys filtered={Boolean(q || status)} create={create} />;
  return (
    <DataTable<KeyRow>
      name="keys"
      label="API keys"
      columns={columns}
      rows={rows}
      total={total}
      idOf={idOf}
      nameOf={nameOf}
      sort={sort ?? "-created_at"}
      onSort={(to) => void navigate({ search: ({ sort: _, ...rest }) => ({ ...rest, ...sortParam(to) }) })}
      onOpen={({ id }) => void navigate({ to: "/keys/$keyId", params: { keyId: id } })}
      onEdit={(row) => {
        if (forbidden === null && row.status !== "revoked") onAct("edit", row);
      }}
      bulk={forbidden === null ? (keys, done) => <KeyBulk keys={keys} onDone={done} /> : undefined}
      onEnd={onEnd}
      busy={query.isFetching}
    />
  );
}

const idOf = (row: KeyRow) => row.id;
const nameOf = (row: KeyRow) => row.name;

/** The pages that are loaded, each key with how it was used of late once that has come too. */
function useKeyRows() {
  const { q, status, sort } = route.useSearch();
  const query = useInfiniteQuery(
    trpc.keys.list.infiniteQueryOptions(
      { limit: pageSize, ...(q ? { q } : {}), ...(status ? { status } : {}), ...(sort ? { sort } : {}) },
      { getNextPageParam: (page) => page.meta.next_cursor, placeholderData: keepPreviousData },
    ),
  );
  const pages = query.data?.pages;
  const activity = useQueries({
    queries: (pages ?? []).map((page) =>
      trpc.keys.activity.queryOptions({ ids: page.data.map(({ id }) => id) }, { staleTime: 60_000 }),
    ),
    combine: (answers) => answers.map(({ data }) => data),
  });
  const rows = useMemo(() => {
    const known = new Map(activity.flatMap((page) => page?.data ?? []).map((one) => [one.key_id, one]));
    return pages?.flatMap((page) => page.data.map((key): KeyRow => ({ ...key, activity: known.get(key.id) })));
  }, [pages, activity]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = hasNextPage && !isFetchingNextPage;
  const onEnd = useCallback(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  const meta = pages?.[0]?.meta;
  return { query, rows, total: meta && { count: meta.total, exact: meta.total_exact }, onEnd };
}

function NoKeys({ filtered, create }: { filtered: boolean; create: ReactNode }) {
  return (
    <Card withBorder radius="md">
      {filtered ? (
        <EmptyState icon={<IconSearch size={22} />} title="No matching keys">
          Search for another name or prefix, or show keys in every state.
        </EmptyState>
      ) : (
        <EmptyState icon={<IconKey size={22} />} title="No keys yet" action={create}>
          Create one key per program, so that each can be revoked separately.
        </EmptyState>
      )}
    </Card>
  );
}
