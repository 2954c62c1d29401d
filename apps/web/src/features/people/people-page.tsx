import { Card } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "../../components/ui/empty-state";
import { Page } from "../../components/ui/page";
import { Pager } from "../../components/ui/pager";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { SearchBox } from "../../components/ui/search-box";
import { usePages } from "../../components/ui/use-pages";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { PeopleRows } from "./people-rows";
import { PersonDialogs, type PersonTask } from "./person-dialogs";

const pageSize = 50;

/** Everybody who has an account on this instance, and what an operator may do for and with them. */
export function PeoplePage() {
  const [q, setQ] = useState("");
  const [task, setTask] = useState<PersonTask | null>(null);
  return (
    <Page note="Everybody who has an account on this instance.">
      <SearchBox
        label="Search people"
        placeholder="Search by name or e-mail address"
        maxLength={200}
        q={q}
        onSearch={setQ}
      />
      <PeopleList q={q} onAct={setTask} />
      <PersonDialogs task={task} onClose={() => setTask(null)} />
    </Page>
  );
}

function PeopleList({ q, onAct }: { q: string; onAct: (task: PersonTask) => void }) {
  const query = useInfiniteQuery(
    trpc.people.list.infiniteQueryOptions(
      { limit: pageSize, ...(q ? { q } : {}) },
      { getNextPageParam: (page) => page.meta.next_cursor, placeholderData: keepPreviousData },
    ),
  );
  const pages = usePages(query, q);
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const rows = pages.page?.data;
  const before = pages.before.reduce((sum, page) => sum + page.data.length, 0);
  if (rows?.length === 0) {
    return (
      <Card withBorder radius="md">
        <EmptyState icon={<IconSearch size={22} />} title="Nobody has that name or address">
          Search for another part of it.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <PeopleRows rows={rows} onAct={onAct} />
      {rows && (
        <Pager
          summary={`${count(before + 1)}–${count(before + rows.length)} of ${plural(pages.page?.meta.total ?? 0, "person", "people")}`}
          index={pages.index}
          hasNext={pages.hasNext}
          busy={pages.busy}
          onPage={(index) => void pages.goTo(index)}
        />
      )}
    </>
  );
}
