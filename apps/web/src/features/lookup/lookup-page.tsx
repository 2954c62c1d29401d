import { Button, Group, Paper, SegmentedControl, Skeleton, Stack, Text } from "@mantine/core";
import { IconRadar2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { EmptyState } from "../../components/ui/empty-state";
import { ButtonLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { problemOf } from "../../lib/problem";
import { textParam } from "../../lib/search-params";
import { trpc } from "../../lib/trpc";
import { BulkLookup } from "./bulk-lookup";
import { LookupForm } from "./lookup-form";
import { LookupResult } from "./lookup-result";
import type { Recent } from "./recent";
import { useRecents } from "./use-recents";

export function LookupPage() {
  const [many, setMany] = useState(false);
  const ways = [
    { value: "one", label: "One value" },
    { value: "many", label: "Many values" },
  ];
  return (
    <Page note="Risk, sources and hunting queries for an IP address, network, domain, URL, hash or CVE.">
      <SegmentedControl
        aria-label="How many values"
        data={ways}
        value={many ? "many" : "one"}
        onChange={(way) => setMany(way === "many")}
        style={{ alignSelf: "flex-start" }}
      />
      {!many && <SingleLookup />}
      {/* Kept while one of its values is looked at. */}
      <Stack gap="md" display={many ? undefined : "none"}>
        <BulkLookup onOpen={() => setMany(false)} />
      </Stack>
    </Page>
  );
}

function SingleLookup() {
  // The router hands on what the validator dropped, too.
  const { value = "" } = textParam(useSearch({ from: "/inside/lookup" }), "value");
  const navigate = useNavigate();
  const query = useQuery(trpc.lookup.byValue.queryOptions({ ioc: value }, { enabled: value !== "" }));
  const data = query.data?.data;
  const { recents, clear } = useRecents(data);
  const lookUp = (next: string) => {
    if (next === value) void query.refetch();
    else void navigate({ to: "/lookup", search: { value: next } });
  };
  // A value that is no indicator stays none.
  const retry = problemOf(query.error).status === 400 ? undefined : () => void query.refetch();
  return (
    <>
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
        {data && !query.error && <LookupResult data={data} />}
      </div>
    </>
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
