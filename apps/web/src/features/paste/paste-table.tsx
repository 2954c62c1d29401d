import { Badge, Button, Group, Menu, Paper, Select, Stack, Table, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { RiskMeter } from "../../components/charts/risk-meter";
import { defang } from "../../components/ioc/defang";
import { typeLabels, typeOptions } from "../../components/ioc/ioc-labels";
import { LookupLink } from "../../components/ioc/lookup-link";
import { TextFilter } from "../../components/ui/text-filter";
import { Time } from "../../components/ui/time";
import { count, plural } from "../../lib/numbers";
import { saveFile } from "../../lib/save-file";
import { optionsOf } from "../../lib/tables";
import { csvOf } from "./paste-file";
import { orderLabels, type PasteSearch, roleLabels, rowsFor, statusLabels } from "./paste-search";
import type { Found } from "./use-analysis";

const step = 50;

type Props = {
  values: readonly Found[];
  search: PasteSearch;
  onChange: (to: Partial<Record<keyof PasteSearch, string>>) => void;
};

/** What the text names, filtered and sorted as the address says, with the rows as a file. */
export function PasteTable({ values, search, onChange }: Props) {
  const rows = rowsFor(values, search);
  const [shown, setShown] = useState(step);
  const choice = (name: "type" | "role" | "status") => ({
    size: "xs" as const,
    clearable: true,
    placeholder: "Any",
    value: search[name] ?? null,
    onChange: (value: string | null) => onChange({ [name]: value ?? "" }),
  });
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <TextFilter
          label="Value"
          size="xs"
          placeholder="Any"
          maxLength={200}
          value={search.q ?? ""}
          onChange={(q) => onChange({ q })}
        />
        <Select label="Type" data={typeOptions} {...choice("type")} />
        <Select label="What the text says" data={optionsOf(roleLabels)} {...choice("role")} />
        <Select label="What is known" data={optionsOf(statusLabels)} {...choice("status")} />
        <Select
          label="Order"
          size="xs"
          allowDeselect={false}
          data={optionsOf(orderLabels)}
          value={search.order ?? "risk"}
          onChange={(order) => onChange({ order: order ?? "" })}
        />
        <SaveMenu rows={rows} />
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {plural(rows.length, "value")} of {count(values.length)}
      </Text>
      <Paper className="scroll-x" tabIndex={0} role="region" aria-label="Values">
        <Table layout="fixed" miw={820} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Value</Table.Th>
              {["Type", "Risk", "Sources", "Last seen", "In the text"].map((name) => (
                <Table.Th key={name} scope="col" w={name === "In the text" ? 170 : 124}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, shown).map((row) => (
              <FoundRow key={`${row.type} ${row.value}`} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      {rows.length > shown && (
        <Button variant="default" size="xs" style={{ alignSelf: "flex-start" }} onClick={() => setShown(shown + step)}>
          Show {Math.min(step, rows.length - shown)} more
        </Button>
      )}
    </Stack>
  );
}

function FoundRow({ row }: { row: Found }) {
  const { looked } = row;
  return (
    <Table.Tr>
      <Table.Td>
        <LookupLink value={row.value} />
        {looked?.malware_family && (
          <Text size="xs" c="dimmed" className="cut">
            {looked.malware_family}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{typeLabels[row.type]}</Table.Td>
      <Table.Td>
        {looked?.risk ? (
          <RiskMeter score={looked.risk.score} />
        ) : (
          <Badge color="gray">{looked ? "Not found" : "Not looked up"}</Badge>
        )}
      </Table.Td>
      <Table.Td className="numbers">{looked?.reporting_sources || "–"}</Table.Td>
      <Table.Td>{looked?.last_seen ? <Time value={looked.last_seen} /> : "–"}</Table.Td>
      <Table.Td>
        <Text size="sm">
          line {count(row.line)}, {plural(row.occurrences, "time")}
        </Text>
        {row.role !== "indicator" && (
          <Text size="xs" c="dimmed">
            {row.role === "reference" ? "a site that it cites" : "mentioned only"}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function SaveMenu({ rows }: { rows: readonly Found[] }) {
  const save = (text: string, type: string, name: string) => saveFile(new Blob([text], { type }), name);
  const list = (write: (row: Found) => string) => `${rows.map(write).join("\n")}\n`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} />} disabled={rows.length === 0}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save(csvOf(rows), "text/csv", "indicators.csv")}>CSV of these rows</Menu.Item>
        <Menu.Item onClick={() => save(JSON.stringify(rows, null, 2), "application/json", "indicators.json")}>
          JSON of these rows
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            save(
              list(({ value }) => value),
              "text/plain",
              "indicators.txt",
            )
          }
        >
          Values, one a line
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            save(
              list(({ type, value }) => defang(type, value)),
              "text/plain",
              "defanged.txt",
            )
          }
        >
          Values, defanged
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
