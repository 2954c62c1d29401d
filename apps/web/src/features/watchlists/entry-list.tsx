import { Checkbox, Group, Paper, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconListDetails, IconSearch, IconTrash } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "../../components/ui/empty-state";
import { GatedButton } from "../../components/ui/gated-button";
import { Pager } from "../../components/ui/pager";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { usePages } from "../../components/ui/use-pages";
import { useMe, whyNot } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { EntryRows } from "./entry-rows";
import { useWatchRefresh } from "./use-watch-refresh";
import type { Watchlist } from "./watchlist-rows";

const pageSize = 100;

/** The entries of a watchlist, a page at a time; chosen ones can be removed. */
export function EntryList({ list, onAdd }: { list: Watchlist; onAdd: () => void }) {
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const query = useInfiniteQuery(
    trpc.watchlists.entries.infiniteQueryOptions(
      { watchlistId: list.id, limit: pageSize, ...(q ? { q } : {}) },
      { getNextPageParam: (page) => page.meta.next_cursor, placeholderData: keepPreviousData },
    ),
  );
  const pages = usePages(query, q);
  const rows = pages.page?.data;
  const before = pages.before.reduce((sum, page) => sum + page.data.length, 0);
  return (
    <Stack gap="sm">
      <Group gap="sm" justify="space-between">
        <TextInput
          aria-label="Search entries"
          placeholder="Search by value or note"
          type="search"
          leftSection={<IconSearch size={15} />}
          value={text}
          maxLength={100}
          onChange={(event) => setText(event.currentTarget.value)}
          className="grow-field"
        />
        <Choosing list={list} rows={rows ?? []} chosen={chosen} onChoose={setChosen} />
      </Group>
      {query.isError ? (
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      ) : rows?.length === 0 ? (
        <NoEntries filtered={q !== ""} onAdd={onAdd} />
      ) : (
        <>
          <EntryRows
            rows={rows}
            chosen={chosen}
            onChoose={(id) => setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])}
          />
          {rows && (
            <Pager
              summary={`${count(before + 1)}–${count(before + rows.length)} of ${pages.page?.meta.total_exact === false ? "more than " : ""}${plural(pages.page?.meta.total ?? 0, "entry", "entries")}`}
              index={pages.index}
              hasNext={pages.hasNext}
              busy={pages.busy}
              onPage={(index) => {
                setChosen([]);
                void pages.goTo(index);
              }}
            />
          )}
        </>
      )}
    </Stack>
  );
}

type ChoosingProps = {
  list: Watchlist;
  rows: readonly { id: string }[];
  chosen: readonly string[];
  onChoose: (ids: readonly string[]) => void;
};

/** Chooses all entries of the page, and removes what is chosen. */
function Choosing({ list, rows, chosen, onChoose }: ChoosingProps) {
  const refresh = useWatchRefresh();
  const forbidden = whyNot(useMe(), "watchlists:write");
  const remove = useMutation(
    trpc.watchlists.removeEntries.mutationOptions({
      onSuccess: async ({ removed }) => {
        onChoose([]);
        await refresh();
        toastDone(`${plural(removed, "entry is", "entries are")} removed.`);
      },
      onError: (error) => toastProblem(error),
    }),
  );
  const all = rows.length > 0 && rows.every(({ id }) => chosen.includes(id));
  return (
    <Group gap="sm">
      <Checkbox
        label="All on this page"
        checked={all}
        disabled={rows.length === 0}
        onChange={() => onChoose(all ? [] : rows.map(({ id }) => id))}
      />
      <GatedButton
        forbidden={forbidden}
        variant="light"
        color="red"
        leftSection={<IconTrash size={16} />}
        disabled={forbidden === null && chosen.length === 0}
        loading={remove.isPending}
        onClick={() => remove.mutate({ watchlistId: list.id, ids: [...chosen] })}
      >
        Remove{chosen.length > 0 ? ` ${count(chosen.length)}` : ""}
      </GatedButton>
    </Group>
  );
}

function NoEntries({ filtered, onAdd }: { filtered: boolean; onAdd: () => void }) {
  const forbidden = whyNot(useMe(), "watchlists:write");
  return (
    <Paper>
      <EmptyState
        icon={<IconListDetails size={22} />}
        title={filtered ? "No matching entries" : "The list is empty"}
        action={
          filtered ? null : (
            <GatedButton forbidden={forbidden} variant="light" mt="xs" onClick={onAdd}>
              Add entries
            </GatedButton>
          )
        }
      >
        {filtered
          ? "Search for another value or note."
          : "Paste networks, domains, email domains, hashes, CVEs, or the names of products and people."}
      </EmptyState>
    </Paper>
  );
}
