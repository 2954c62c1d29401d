import { Card, Group, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconKey, IconPlus, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ComponentProps, type ReactNode, useState } from "react";
import { keyStatuses, statusLabel } from "../../components/key/key-status";
import { SampleBanner } from "../../components/sample/sample-banner";
import { EmptyState } from "../../components/ui/empty-state";
import { GatedButton } from "../../components/ui/gated-button";
import { Page } from "../../components/ui/page";
import { Pager } from "../../components/ui/pager";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { usePages } from "../../components/ui/use-pages";
import { useMe, whyNot } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { CreateKeyModal } from "./create-key-modal";
import { KeyDialogs, type KeyTask } from "./key-dialogs";
import { KeyRows } from "./key-rows";

const route = getRouteApi("/inside/keys");
const pageSize = 50;

export function KeysPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const me = useMe();
  const forbidden = whyNot(me, "keys:write");
  const [task, setTask] = useState<KeyTask>(null);
  const openCreate = (open: boolean) =>
    void navigate({ search: ({ create: _, ...rest }) => (open ? { ...rest, create: true } : rest), replace: !open });
  const createButton = (
    <GatedButton forbidden={forbidden} leftSection={<IconPlus size={16} />} onClick={() => openCreate(true)}>
      Create key
    </GatedButton>
  );
  return (
    <Page
      note={`API keys of ${me.workspace.name}. The tier ${me.workspace.tier} allows ${plural(me.workspace.plan.keys, "active key")}.`}
      actions={createButton}
    >
      <SampleBanner />
      <Filters />
      <KeyList create={createButton} onAct={(action, key) => setTask({ action, key })} forbidden={forbidden} />
      <CreateKeyModal opened={search.create === true && !forbidden} onClose={() => openCreate(false)} />
      <KeyDialogs task={task} onClose={() => setTask(null)} />
    </Page>
  );
}

function Filters() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(search.q ?? "");
  const find = useDebouncedCallback((q: string) => {
    void navigate({ search: ({ q: _, ...rest }) => (q.trim() ? { ...rest, q: q.trim() } : rest), replace: true });
  }, 250);
  return (
    <Group gap="sm">
      <TextInput
        aria-label="Search keys"
        placeholder="Search by name or prefix"
        type="search"
        leftSection={<IconSearch size={15} />}
        value={text}
        maxLength={100}
        onChange={(event) => {
          setText(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
        className="grow-field"
      />
      <div className="scroll-x">
        <SegmentedControl
          aria-label="State"
          value={search.status ?? "all"}
          onChange={(value) => {
            const status = keyStatuses.find((known) => known === value);
            void navigate({ search: ({ status: _, ...rest }) => (status ? { ...rest, status } : rest), replace: true });
          }}
          data={[
            { value: "all", label: "All" },
            ...keyStatuses.map((status) => ({ value: status, label: statusLabel(status) })),
          ]}
        />
      </div>
    </Group>
  );
}

type ListProps = { create: ReactNode } & Pick<ComponentProps<typeof KeyRows>, "onAct" | "forbidden">;

function KeyList({ create, onAct, forbidden }: ListProps) {
  const { q, status } = route.useSearch();
  const query = useInfiniteQuery(
    trpc.keys.list.infiniteQueryOptions(
      { limit: pageSize, ...(q ? { q } : {}), ...(status ? { status } : {}) },
      { getNextPageParam: (page) => page.meta.next_cursor, placeholderData: keepPreviousData },
    ),
  );
  const pages = usePages(query, `${q ?? ""} ${status ?? ""}`);
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const rows = pages.page?.data;
  const before = pages.before.reduce((sum, page) => sum + page.data.length, 0);
  if (rows?.length === 0) {
    return (
      <Card withBorder radius="md">
        {q || status ? (
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
  return (
    <Stack gap="sm" style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }} aria-busy={query.isFetching}>
      <KeyRows rows={rows} onAct={onAct} forbidden={forbidden} />
      {rows && (
        <Pager
          summary={`${count(before + 1)}–${count(before + rows.length)} of ${plural(pages.page?.meta.total ?? 0, "key")}`}
          index={pages.index}
          hasNext={pages.hasNext}
          busy={pages.busy}
          onPage={(index) => void pages.goTo(index)}
        />
      )}
    </Stack>
  );
}
