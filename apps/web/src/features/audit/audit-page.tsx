import { Button, Menu, Paper, Stack } from "@mantine/core";
import { IconDownload, IconHistory } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState } from "../../components/ui/empty-state";
import { Page } from "../../components/ui/page";
import { Pager } from "../../components/ui/pager";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { usePages } from "../../components/ui/use-pages";
import { atBase } from "../../lib/base";
import { count, plural } from "../../lib/numbers";
import { offeredOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";
import { AuditFilters } from "./audit-filters";
import { type AuditListInput, auditFilters } from "./audit-query";
import { AuditRows } from "./audit-rows";
import { type AuditSearch, auditSearch } from "./audit-search";

const route = getRouteApi("/inside/audit");
const pageSize = 50;

type Change = Partial<Record<keyof AuditSearch, string>>;

export function AuditPage() {
  // The router hands on what the validator dropped, too.
  const search = auditSearch(route.useSearch());
  const navigate = route.useNavigate();
  const change = (to: Change) =>
    void navigate({ search: (before) => auditSearch({ ...before, ...to }), replace: true });
  return (
    <Page
      note="Actions in this workspace: who did what, from which address, and why. Events cannot be changed or deleted."
      actions={<ExportMenu search={search} />}
    >
      <AuditFilters search={search} onChange={change} />
      <EventList search={search} onFilter={change} />
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

function EventList({ search, onFilter }: { search: AuditSearch; onFilter: (change: Change) => void }) {
  const query = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { ...auditFilters(search), limit: pageSize },
      { getNextPageParam: (page) => page.meta.next_cursor, placeholderData: keepPreviousData },
    ),
  );
  const pages = usePages(query, JSON.stringify(search));
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const events = pages.page?.data;
  const before = pages.before.reduce((sum, page) => sum + page.data.length, 0);
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
    <Stack gap="sm" style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }} aria-busy={query.isFetching}>
      <AuditRows events={events} onFilter={onFilter} />
      {events && (
        <Pager
          summary={`${count(before + 1)}–${count(before + events.length)} of ${pages.page?.meta.total_exact === false ? "more than " : ""}${plural(pages.page?.meta.total ?? 0, "event")}`}
          index={pages.index}
          hasNext={pages.hasNext}
          busy={pages.busy}
          onPage={(index) => void pages.goTo(index)}
        />
      )}
    </Stack>
  );
}
