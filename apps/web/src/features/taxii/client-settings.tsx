import { Group, SegmentedControl, Select, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { CopyBlock, CopyIcon } from "../../components/ui/copy";
import { Section } from "../../components/ui/section";
import { type Client, clientsOf, keyPlaceholder } from "./clients";
import type { Taxii } from "./taxii";

/** What to type into which program, for the chosen collection. */
export function ClientSettings({ taxii, collection }: { taxii: Taxii; collection: Taxii["collections"][number] }) {
  const [chosen, setChosen] = useState("sentinel");
  const server = { apiRootUrl: taxii.api_root_url, publicUrl: taxii.discovery_url.replace(/\/taxii2\/$/, "") };
  const clients = clientsOf(server, collection);
  const client = clients.find(({ id }) => id === chosen) ?? clients[0];
  const data = clients.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Section title={`Settings for ${collection.title.toLowerCase()}`} maw={960}>
      <SegmentedControl aria-label="Program" value={chosen} onChange={setChosen} data={data} visibleFrom="md" />
      <Select
        label="Program"
        value={chosen}
        onChange={(value) => setChosen(value ?? "sentinel")}
        data={data}
        allowDeselect={false}
        hiddenFrom="md"
      />
      {client && <Settings client={client} />}
    </Section>
  );
}

function Settings({ client: { where, fields, block, note } }: { client: Client }) {
  return (
    <Stack gap="sm" mt="md">
      <Text size="sm">{where}</Text>
      {fields.length > 0 && (
        <Table layout="fixed">
          <Table.Tbody>
            {fields.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" w={{ base: "38%", sm: 240 }} style={{ whiteSpace: "normal" }}>
                  {name}
                </Table.Th>
                <Table.Td>
                  <Group gap={4} wrap="nowrap">
                    <Text size="sm" className="mono wrap-anywhere">
                      {value}
                    </Text>
                    {value !== keyPlaceholder && !value.startsWith("(") && (
                      <CopyIcon value={value} label={`Copy ${name}`} />
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {block && <CopyBlock value={block} label="Copy all" />}
      {note && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </Stack>
  );
}
