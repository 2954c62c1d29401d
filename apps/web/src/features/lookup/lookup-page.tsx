import { Button, Group, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { IconRadar2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState } from "../../components/ui/empty-state";
import { AnchorLink, ButtonLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { problemOf } from "../../lib/problem";
import { trpc } from "../../lib/trpc";
import { LookupForm } from "./lookup-form";
import { LookupResult } from "./lookup-result";
import { lookupSearch } from "./lookup-search";
import type { Recent } from "./recent";
import { useRecents } from "./use-recents";

const route = getRouteApi("/inside/lookup");

export function LookupPage() {
  const { value = "", tab = "summary" } = lookupSearch(route.useSearch());
  const navigate = route.useNavigate();
  const query = useQuery(trpc.lookup.byValue.queryOptions({ ioc: value }, { enabled: value !== "" }));
  const data = query.data?.data;
  const { recents, clear } = useRecents(data);
  const lookUp = (next: string) => {
    if (next === value) void query.refetch();
    else void navigate({ search: lookupSearch({ value: next }) });
  };
  // A value that is no indicator stays none.
  const retry = problemOf(query.error).status === 400 ? undefined : () => void query.refetch();
  return (
    <Page
      note={
        <>
          One value: its verdict, sources, relations and hunting queries. For many,{" "}
          <AnchorLink to="/paste" size="sm" underline="always">
            paste a list, log, mail or report
          </AnchorLink>
          .
        </>
      }
    >
      <Paper p="md">
        <LookupForm key={value} value={value} busy={query.isFetching} onLookup={lookUp} />
        <Recents recents={recents} clear={clear} />
      </Paper>
      <div aria-live="polite" aria-busy={query.isFetching}>
        {value === "" && (
          <EmptyState icon={<IconRadar2 size={22} />} title="No lookup yet">
            Paste a value as you found it. Its type is detected, and defanged values are restored.
          </EmptyState>
        )}
        {query.isLoading && <ResultSkeleton />}
        {query.error && <ProblemAlert error={query.error} title="The lookup failed" onRetry={retry} />}
        {data && !query.error && (
          <LookupResult
            data={data}
            tab={tab}
            onTab={(next) => void navigate({ search: lookupSearch({ value, tab: next }) })}
          />
        )}
      </div>
    </Page>
  );
}

function Recents({ recents, clear }: { recents: readonly Recent[]; clear: () => void }) {
  if (recents.length === 0) return null;
  return (
    <Group gap={6} mt="sm" component="nav" aria-label="Recent lookups">
      <Text size="xs" c="dimmed">
        Recent
      </Text>
      {recents.map((recent) => (
        <ButtonLink
          key={recent.value}
          to="/lookup"
          search={{ value: recent.value }}
          size="compact-xs"
          variant="default"
          fw={400}
          maw={260}
          title={recent.value}
        >
          <span className="mono cut">{recent.value}</span>
        </ButtonLink>
      ))}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={clear} aria-label="Clear recent lookups">
        Clear
      </Button>
    </Group>
  );
}

function ResultSkeleton() {
  return (
    <Stack gap="md" aria-hidden>
      <Skeleton height={220} radius="md" />
      <Skeleton height={140} radius="md" />
    </Stack>
  );
}
