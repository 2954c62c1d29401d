import { Group, Paper, SegmentedControl, SimpleGrid, Skeleton, Stack, Switch, Text, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { TextFilter } from "../../components/ui/text-filter";
import { plural } from "../../lib/numbers";
import { optionsOf } from "../../lib/tables";
import { type Outputs, trpc } from "../../lib/trpc";
import classes from "./attack.module.css";
import { attackSearch, heatLabels, matrixLabels } from "./attack-search";
import { heatSteps } from "./heat";
import { MatrixGrid, shownTactics } from "./matrix-grid";
import type { ThreatKind } from "./threat-words";

const route = getRouteApi("/inside/attack");

/** The matrix of ATT&CK as a heat map of the last 30 days, and what articles name most. */
export function MatrixPage() {
  const search = attackSearch(route.useSearch());
  const navigate = route.useNavigate();
  const change = (to: Record<string, string>) =>
    void navigate({ search: (before) => attackSearch({ ...before, ...to }) });
  const { matrix = "enterprise", heat = "both", q = "" } = search;
  const query = useQuery(
    trpc.threats.matrix.queryOptions({ matrix }, { placeholderData: keepPreviousData, staleTime: 300_000 }),
  );
  return (
    <Page note="What articles and feeds of the last 30 days say of each technique. Choose one for its indicators, articles and trend.">
      {query.data && <Leading leading={query.data.leading} />}
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          size="xs"
          aria-label="Matrix"
          data={optionsOf(matrixLabels)}
          value={matrix}
          onChange={(value) => change({ matrix: value })}
        />
        <SegmentedControl
          size="xs"
          aria-label="What is counted"
          data={optionsOf(heatLabels)}
          value={heat}
          onChange={(value) => change({ heat: value })}
        />
        <TextFilter
          label="Technique"
          size="xs"
          placeholder="Name or ID"
          maxLength={100}
          value={q}
          onChange={(next) => change({ q: next })}
        />
        <Switch
          label="Seen in 30 days only"
          checked={search.seen === "yes"}
          onChange={(event) => change({ seen: event.currentTarget.checked ? "yes" : "" })}
        />
        <Legend />
      </Group>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={480} radius="md" />}
      {query.data && <MatrixGrid tactics={shownTactics(query.data.data, search)} search={search} />}
    </Page>
  );
}

function Legend() {
  return (
    <Group gap={4} aria-hidden>
      <Text size="xs" c="dimmed">
        none
      </Text>
      {Array.from({ length: heatSteps + 1 }, (_, step) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <span key={step} className={`${classes.key} ${step === 0 ? "" : classes[`heat${step}`]}`} />
      ))}
      <Text size="xs" c="dimmed">
        many
      </Text>
    </Group>
  );
}

type Named = Outputs["threats"]["matrix"]["leading"]["groups"];

function Leading({ leading }: { leading: Outputs["threats"]["matrix"]["leading"] }) {
  const lists: [ThreatKind, string, Named][] = [
    ["group", "Groups in the news", leading.groups],
    ["malware", "Malware in the news", leading.malware],
    ["cve", "CVEs in the news", leading.cves],
  ];
  if (lists.every(([, , rows]) => rows.length === 0)) return null;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      {lists.map(([kind, title, rows]) => (
        <Paper key={kind} p="sm" component="section" aria-label={title}>
          <Title order={2} fz="sm" mb={6}>
            {title}
          </Title>
          <Stack gap={2}>
            {rows.length === 0 && (
              <Text size="sm" c="dimmed">
                None
              </Text>
            )}
            {rows.slice(0, 5).map((row) => (
              <Group key={row.id} justify="space-between" wrap="nowrap" gap="xs">
                <AnchorLink to="/attack/$kind/$id" params={{ kind, id: row.id }} size="sm" className="cut">
                  {row.name}
                </AnchorLink>
                <Text size="xs" c="dimmed" className="whole">
                  {plural(row.articles, "article")}
                </Text>
              </Group>
            ))}
          </Stack>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
