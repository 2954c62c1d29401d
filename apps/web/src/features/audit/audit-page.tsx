import { Button, Menu, Paper } from "@mantine/core";
import { IconDownload, IconHistory } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { EmptyState } from "../../components/ui/empty-state";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { atBase } from "../../lib/base";
import { offeredOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";
import { AuditFilters } from "./audit-filters";
import { type AuditListInput, auditFilters } from "./audit-query";
import { AuditRows } from "./audit-rows";
import { type AuditSearch, auditSearch } from "./audit-search";

const route = getRouteApi("/inside/audit");
const pageSize = 100;

type Change = Partial<Record<keyof AuditSearch, string>>;

export function AuditPage() {
  // The router hands on what the validator dropped, too.
  const search = auditSearch(route.useSearch());
  const navigate = route.useNavigate();
  const change = (to: Change) =>
    void navigate({ search: (before) => auditSearch({ ...before, event: undefined, ...to }) });
  const open = useCallback(
    (event: string | null) =>
      void navigate({
        search: (before) => auditSearch({ ...before, event: event ?? undefined }),
        replace: event === null,
      }),
    [navigate],
  );
  return (
    <Page
      note="Actions in this workspace: who did what, from which address, and why. Events cannot be changed or deleted."
      actions={<ExportMenu search={search} />}
    >
      <AuditFilters search={search} onChange={change} />
      <EventList search={search} onFilter={change} onOpen={open} />
    </Page>
  );
}

/** JSON is what this page reads. */
const exportFormats = {
  csv: { label: "CSV, for spreadsheets" },
  ndjson: { label: "NDJSON, for programs" },
  json: null,
} as const satisfies Record<NonNullable<AuditListInput["format"]>, { label: string } | null>;

/** All that the filters leave, as a file. */
function ExportMenu({ search }: { search: AuditSearch }) {
  const filters = Object.entries(auditFilters(search)).map(([name, value]) => [name, String(value)]);
  const href = (format: string) => atBase(`/api/v1/audit?${new URLSearchParams([...filters, ["format", format]])}`);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offeredOf(exportFormats).map(({ value, label }) => (
          <Menu.Item key={value} component="a" href={href(value)} download>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type ListProps = { search: AuditSearch; onFilter: (change: Change) => void; onOpen: (id: string | null) => void };

function EventList({ search, onFilter, onOpen }: ListProps) {
  const query = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { ...auditFilters(search), limit: pageSize },
      { getNextPageParam: (page) => page.meta.next_cursor, placeholderData: keepPreviousData },
    ),
  );
  const pages = query.data?.pages;
  const events = useMemo(() => pages?.flatMap((page) => page.data), [pages]);
  const meta = pages?.[0]?.meta;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = hasNextPage && !isFetchingNextPage;
  const onEnd = useCallback(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (events?.length === 0) {
    return (
      <Paper>
        <EmptyState icon={<IconHistory size={22} />} title="No matching events">
          Remove a filter or choose other dates.
        </EmptyState>
      </Paper>
    );
  }
  return (
    <AuditRows
      events={events}
      openId={search.event}
      onOpen={onOpen}
      onFilter={onFilter}
      total={meta && { count: meta.total, exact: meta.total_exact }}
      onEnd={onEnd}
      busy={query.isFetching}
    />
  );
}
