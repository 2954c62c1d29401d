import { Button, Group, Paper, SegmentedControl, Select, Stack } from "@mantine/core";
import { IconBellCheck, IconBellOff } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState } from "../../components/ui/empty-state";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { Pager } from "../../components/ui/pager";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { usePages } from "../../components/ui/use-pages";
import { may, useMe } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { offeredOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";
import { noticeLabels } from "./notice-labels";
import { NoticeRows } from "./notice-rows";
import { type NoticeSearch, noticeSearch } from "./notice-search";
import { useMarkRead } from "./use-mark-read";

const route = getRouteApi("/inside/notices");
const pageSize = 25;

export function NoticesPage() {
  const search = noticeSearch(route.useSearch());
  const me = useMe();
  const unread = useQuery(trpc.notices.unread.queryOptions());
  const markRead = useMarkRead();
  return (
    <Page
      note={
        <>
          Events of this workspace's keys, quotas and watchlists that need attention.{" "}
          {may(me, "workspace:write") && <AnchorLink to="/settings/notices">Send them to a webhook</AnchorLink>}
        </>
      }
      actions={
        <Button
          variant="default"
          leftSection={<IconBellCheck size={16} />}
          disabled={!unread.data?.unread}
          loading={markRead.isPending}
          onClick={() => markRead.mutate({})}
        >
          Mark all as read
        </Button>
      }
    >
      <Filters search={search} />
      <NoticeList search={search} />
    </Page>
  );
}

function Filters({ search }: { search: NoticeSearch }) {
  const navigate = route.useNavigate();
  const change = (to: Record<string, string>) =>
    void navigate({ search: (before) => noticeSearch({ ...before, ...to }), replace: true });
  return (
    <Group gap="sm" role="group" aria-label="Filters">
      <SegmentedControl
        size="xs"
        aria-label="Which notices"
        data={[
          { value: "all", label: "All" },
          { value: "unread", label: "Unread" },
        ]}
        value={search.show ?? "all"}
        onChange={(show) => change({ show })}
      />
      <Select
        size="xs"
        aria-label="Kind"
        placeholder="All kinds"
        clearable
        w={200}
        data={offeredOf(noticeLabels)}
        value={search.kind ?? null}
        onChange={(kind) => change({ kind: kind ?? "" })}
      />
    </Group>
  );
}

function NoticeList({ search }: { search: NoticeSearch }) {
  const markRead = useMarkRead();
  const query = useInfiniteQuery(
    trpc.notices.list.infiniteQueryOptions(
      {
        limit: pageSize,
        ...(search.kind ? { kind: search.kind } : {}),
        ...(search.show ? { unread: true } : {}),
      },
      { getNextPageParam: (page) => page.meta.next_cursor, placeholderData: keepPreviousData },
    ),
  );
  const pages = usePages(query, JSON.stringify(search));
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const notices = pages.page?.data;
  if (notices?.length === 0) return <NoNotices search={search} />;
  const before = pages.before.reduce((sum, page) => sum + page.data.length, 0);
  return (
    <Stack gap="sm" style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }} aria-busy={query.isFetching}>
      <NoticeRows notices={notices} busy={markRead.isPending} onRead={(ids) => markRead.mutate({ ids })} />
      {notices && (
        <Pager
          summary={`${count(before + 1)}–${count(before + notices.length)} of ${pages.page?.meta.total_exact === false ? "more than " : ""}${plural(pages.page?.meta.total ?? 0, "notice")}`}
          index={pages.index}
          hasNext={pages.hasNext}
          busy={pages.busy}
          onPage={(index) => void pages.goTo(index)}
        />
      )}
    </Stack>
  );
}

function NoNotices({ search }: { search: NoticeSearch }) {
  const filtered = search.kind !== undefined || search.show !== undefined;
  return (
    <Paper>
      <EmptyState icon={<IconBellOff size={22} />} title={filtered ? "No matching notices" : "No notices"}>
        {filtered
          ? "Remove a filter to see other notices."
          : "Notices tell of expiring and unused keys, new networks, many refused requests, used-up quotas and watchlist matches."}
      </EmptyState>
    </Paper>
  );
}
