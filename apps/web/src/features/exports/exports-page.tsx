import { Alert, Button, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconDownload, IconLock, IconX } from "@tabler/icons-react";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { IocFilters } from "../../components/ioc/ioc-filters";
import { CopyBlock } from "../../components/ui/copy";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { useMe } from "../../lib/me";
import { byteSize, count } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { ExportPreview } from "./export-preview";
import { type Choices, curlOf, type Export, queryOf } from "./export-request";
import { exportSearch } from "./export-search";
import { formatChoices } from "./format-words";
import { OptionFields } from "./option-fields";
import { useDownload } from "./use-download";

const route = getRouteApi("/inside/exports");

/** Pick a format, filters and options; see how it begins; take the command or the file. */
export function ExportsPage() {
  const search = exportSearch(route.useSearch());
  const navigate = route.useNavigate();
  const { data } = useSuspenseQuery(trpc.exports.list.queryOptions()).data;
  const [choices, setChoices] = useState<Choices>({});
  const change = (to: Record<string, string | number>) =>
    void navigate({ search: (before) => exportSearch({ ...before, ...to }), replace: true });
  const of = data.find(({ id }) => id === search.format) ?? data.find(({ allowed }) => allowed) ?? data[0];
  const asked = JSON.stringify([search, choices]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same choices ask the same question, to the minute
  const query = useMemo(() => queryOf(search, choices, new Date()), [asked]);
  const most = useMe().workspace.plan.results_per_request;
  if (!of) return null;
  return (
    <Page note="The indicators in the formats of other programs: as a file, or as a request for a key.">
      <IocFilters search={search} onChange={change} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack gap="md">
          <Paper p="md">
            <Stack gap="sm">
              <Select
                label="Format"
                searchable
                allowDeselect={false}
                value={of.id}
                data={formatChoices(data.map(({ id }) => id))}
                onChange={(format) => {
                  setChoices({});
                  change({ format: format ?? "" });
                }}
              />
              <Text size="sm" c="dimmed">
                {of.description.replaceAll("`", "")}
              </Text>
              <OptionFields
                options={of.options}
                choices={choices}
                onChange={(name, value) => setChoices((before) => ({ ...before, [name]: value }))}
              />
              <NumberInput
                label="Records"
                description={
                  most === null ? "At most so many." : `At most so many; your plan gives ${count(most)} a file.`
                }
                size="xs"
                min={1}
                max={most ?? 10_000}
                allowDecimal={false}
                placeholder="The format's default"
                value={search.limit ?? ""}
                onChange={(limit) => change({ limit })}
              />
            </Stack>
          </Paper>
          {of.allowed ? <Take of={of} query={query} /> : <NotInPlan />}
        </Stack>
        {of.allowed && <ExportPreview of={of} query={query} />}
      </SimpleGrid>
    </Page>
  );
}

function NotInPlan() {
  return (
    <Alert color="gray" icon={<IconLock size={18} />} title="Your plan does not have this format">
      Ask whoever operates this instance for another tier.
    </Alert>
  );
}

function Take({ of, query }: { of: Export; query: Record<string, string> }) {
  const { download, start, cancel } = useDownload();
  const running = download.state === "running";
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Group gap="sm">
          <Button
            leftSection={<IconDownload size={16} />}
            loading={running}
            onClick={() => void start(`/api/exports/${of.id}?${new URLSearchParams(query)}`)}
          >
            Download
          </Button>
          {running && (
            <Button variant="default" leftSection={<IconX size={16} />} onClick={cancel}>
              Stop
            </Button>
          )}
          <Text size="sm" c="dimmed" role="status">
            {running && `${byteSize(download.bytes)} so far`}
            {download.state === "done" && `${byteSize(download.bytes)} saved`}
          </Text>
        </Group>
        {download.error !== null && <ProblemAlert error={download.error} />}
        <Text size="sm">
          The same for a program, with a key that has <code>{of.scope}</code> in <code>TOCSIN_KEY</code> (
          <AnchorLink to="/keys">API keys</AnchorLink>):
        </Text>
        <CopyBlock value={curlOf(window.location.origin, of, query)} label="Copy the command" />
        <Text size="xs" c="dimmed">
          Send the answer's <code>ETag</code> back in <code>If-None-Match</code>, and you get 304 while nothing has
          changed. The header <code>X-Next-Cursor</code> leads to the rest with <code>cursor=</code>.
        </Text>
      </Stack>
    </Paper>
  );
}
