import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconZoomCancel } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Ioc } from "../../components/ioc/ioc-query";
import { EmptyState } from "../../components/ui/empty-state";
import { ButtonLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { plural } from "../../lib/numbers";
import { type Outputs, trpc } from "../../lib/trpc";
import { IocRows } from "./ioc-rows";
import { type MatchKind, matchKind } from "./match-kind";

type Found = Outputs["iocs"]["search"]["data"];

/** What the search for a value finds: itself, or values that resemble it, and what belongs to the same campaign. */
export function IocMatches({ q, onOpen }: { q: string; onOpen: (ioc: Ioc) => void }) {
  const query = useQuery(trpc.iocs.search.queryOptions({ q }));
  if (query.isError) {
    return <ProblemAlert error={query.error} title="The search failed" onRetry={() => void query.refetch()} />;
  }
  const found = query.data?.data;
  if (found && !found.found) return <NotFound q={q} />;
  return (
    <Stack gap="md" aria-busy={query.isFetching}>
      {found && <Summary found={found} />}
      <IocRows rows={found?.matches} onOpen={onOpen} />
      {found && found.relatedIOCs.length > 0 && (
        <Stack gap="xs" component="section">
          <Title order={2}>From the same campaign</Title>
          <IocRows label="From the same campaign" rows={found.relatedIOCs} onOpen={onOpen} />
        </Stack>
      )}
    </Stack>
  );
}

const kindWords: Readonly<Record<MatchKind, string>> = {
  exact: "Exact match",
  networks: "Inside a listed network",
  similar: "Similar values",
};

function Summary({ found }: { found: Found }) {
  const kind = matchKind(
    found.query,
    found.matches.map((match) => match.value),
  );
  return (
    <Group gap="xs" aria-live="polite">
      <Badge color={kind === "exact" ? "teal" : "gray"}>{kindWords[kind]}</Badge>
      <Text size="sm" c="dimmed">
        {plural(found.meta.total_matches, "indicator")} in {Math.ceil(found.meta.search_time_ms)} ms
        {kind === "similar" && ". No feed has reported exactly this value."}
      </Text>
    </Group>
  );
}

function NotFound({ q }: { q: string }) {
  return (
    <Paper>
      <EmptyState
        icon={<IconZoomCancel size={22} />}
        title="Nothing found"
        action={
          <ButtonLink to="/lookup" search={{ value: q }} variant="light" mt="xs">
            Look it up
          </ButtonLink>
        }
      >
        No feed has reported this value or a similar one. This does not mean that it is safe.
      </EmptyState>
    </Paper>
  );
}
