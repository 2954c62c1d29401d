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
import { atBase, instanceUrl } from "../../lib/base";
import { useMe } from "../../lib/me";
import { byteSize, count } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { ExportPreview } from "./export-preview";
import { type Choices, curlOf, type Export, queryOf } from "./export-request";
import { exportSearch } from "./export-search";
import { OptionFields } from "./option-fields";
import { useDownload } from "./use-download";

const route = getRouteApi("/inside/exports");

/** Pick a format, filters and options; see how it begins; take the command or the file. */
export function ExportsPage() {
  const search = exportSearch(route.useSearch());
  const navigate = route.useNavigate();
  const { groups, data } = useSuspenseQuery(trpc.exports.list.queryOptions()).data;
  const [choices, setChoices] = useState<Choices>({});
  const change = (to: Record<string, string | number>) =>
    void navigate({ search: (before) => exportSearch({ ...before, ...to }), replace: true });
  const of = data.find(({ id }) => id === search.format) ?? data.find(({ allowed }) => allowed) ?? data[0];
  const asked = JSON.stringify([search, choices]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same choices ask the same question, to the minute
  const query = useMemo(() => queryOf(search, choices, new Date()), [asked]);
  const maximum = useMe().workspace.plan.results_per_request;
  if (!of) return null;
  return (
    <Page note="Indicators in the formats of other tools, as a download or as an API request.">
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
                data={formatChoices(groups, data)}
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
                  maximum === null
                    ? "Maximum number of records."
                    : `Maximum number of records. Your tier allows ${count(maximum)} per file.`
                }
                size="xs"
                min={1}
                max={maximum ?? 10_000}
                allowDecimal={false}
                placeholder="Default of the format"
                value={search.limit ?? ""}
                onChange={(limit) => change({ limit })}
              />
            </Stack>
          </Paper>
          {of.allowed ? <DownloadPanel of={of} query={query} /> : <NotInTier />}
        </Stack>
        {of.allowed && <ExportPreview of={of} query={query} />}
      </SimpleGrid>
    </Page>
  );
}

/** The choices of a grouped select. A choice with a group of its own would be taken for a group. */
function formatChoices(groups: readonly string[], known: readonly Export[]) {
  return groups.map((group) => ({
    group,
    items: known.filter((each) => each.group === group).map(({ id, label }) => ({ value: id, label })),
  }));
}

function NotInTier() {
  return (
    <Alert color="gray" icon={<IconLock size={18} />} title="Your tier does not include this format">
      Ask the operator of this instance for another tier.
    </Alert>
  );
}

function DownloadPanel({ of, query }: { of: Export; query: Record<string, string> }) {
  const { download, start, cancel } = useDownload();
  const running = download.state === "running";
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Group gap="sm">
          <Button
            leftSection={<IconDownload size={16} />}
            loading={running}
            onClick={() => void start(atBase(`/api/exports/${of.id}?${new URLSearchParams(query)}`))}
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
          The same as an API request. Set <code>TOCSIN_KEY</code> to an <AnchorLink to="/keys">API key</AnchorLink> with
          the scope <code>{of.scope}</code>.
        </Text>
        <CopyBlock value={curlOf(instanceUrl, of, query)} label="Copy command" />
        <Text size="xs" c="dimmed">
          Send the <code>ETag</code> of the response in <code>If-None-Match</code> to get 304 while nothing has changed.
          Pass <code>X-Next-Cursor</code> as <code>cursor=</code> to get the next records.
        </Text>
      </Stack>
    </Paper>
  );
}
