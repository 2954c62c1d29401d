import { Paper, Stack, Tabs, Text, Title } from "@mantine/core";
import type { Hunting } from "@tocsin/core/lookup";
import { CopyBlock } from "../../components/ui/copy";

/** The queries that find the value in one's own logs, one tab a dialect. */
export function HuntingTabs({ hunting }: { hunting: Hunting }) {
  const dialects = [
    { id: "splunk", name: "Splunk", text: hunting.splunk_query },
    { id: "kql", name: "KQL", text: hunting.kql_query },
    { id: "esql", name: "ES|QL", text: hunting.elastic_esql },
    { id: "sigma", name: "Sigma", text: hunting.sigma },
  ];
  return (
    <Paper p="md" component="section" aria-labelledby="hunting">
      <Stack gap="sm">
        <Title order={2} id="hunting">
          Hunt for it
        </Title>
        <Text size="sm" c="dimmed">
          {hunting.detection_guidance}
        </Text>
        <Tabs defaultValue="splunk">
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
                  {dialect.name} knows no log source for this type of value.
                </Text>
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      </Stack>
    </Paper>
  );
}
