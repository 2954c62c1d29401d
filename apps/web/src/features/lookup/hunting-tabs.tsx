import { Paper, Stack, Tabs, Text, Title } from "@mantine/core";
import type { Hunting } from "@tocsin/core/lookup";
import { CopyBlock } from "../../components/ui/copy";
import { rowsOf } from "../../lib/tables";

/** The query languages, each by the member of the answer that has its query; null for what is no query. */
const languages = {
  splunk_query: "Splunk",
  kql_query: "KQL",
  elastic_esql: "ES|QL",
  sigma: "Sigma",
  detection_guidance: null,
} as const satisfies Record<keyof Hunting, string | null>;

/** The queries that find the value in one's own logs, one tab per language. */
export function HuntingTabs({ hunting }: { hunting: Hunting }) {
  const dialects = rowsOf(languages).flatMap(([id, name]) => (name === null ? [] : [{ id, name, text: hunting[id] }]));
  return (
    <Paper p="md" component="section" aria-labelledby="hunting">
      <Stack gap="sm">
        <Title order={2} id="hunting">
          Hunting queries
        </Title>
        <Text size="sm" c="dimmed">
          {hunting.detection_guidance}
        </Text>
        <Tabs defaultValue="splunk_query">
          <Tabs.List aria-label="Query languages">
            {dialects.map((dialect) => (
              <Tabs.Tab key={dialect.id} value={dialect.id}>
                {dialect.name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {dialects.map((dialect) => (
            <Tabs.Panel key={dialect.id} value={dialect.id} pt="sm">
              {dialect.text ? (
                <CopyBlock value={dialect.text} label={`Copy the ${dialect.name} query`} />
              ) : (
                <Text size="sm" c="dimmed">
                  There is no {dialect.name} query for this type of value.
                </Text>
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      </Stack>
    </Paper>
  );
}
