import { Alert, Badge, Code, Group, Stack, Table, Text } from "@mantine/core";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { plural } from "../../lib/numbers";
import type { Preview } from "./own-feed-form";

/** The first rows of a body as a pull would read them, and its first lines as they stand there. */
export function OwnFeedPreview({ preview }: { preview: Preview }) {
  return (
    <Stack gap="sm" component="section" aria-label="Preview">
      {preview.problem && (
        <Alert color="red" title="A pull would fail">
          <span className="wrap-anywhere">{preview.problem}</span>
        </Alert>
      )}
      {preview.rows.length > 0 && (
        <>
          <Group gap="xs">
            <Badge color="teal">{plural(preview.good, "good record")}</Badge>
            {preview.bad > 0 && <Badge color="red">{plural(preview.bad, "bad record")}</Badge>}
            <Text size="xs" c="dimmed">
              {preview.whole
                ? "The complete file was read."
                : "Based on the first megabyte; a pull reads the complete file."}
            </Text>
          </Group>
          <Table.ScrollContainer minWidth={560} maxHeight={320}>
            <Table stickyHeader verticalSpacing={4} withTableBorder>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Line</Table.Th>
                  <Table.Th scope="col">Value</Table.Th>
                  <Table.Th scope="col">Details</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {preview.rows.map((row) => (
                  <PreviewRow key={`${row.line} ${row.text}`} row={row} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
      {!preview.problem && preview.rows.length === 0 && <Alert color="yellow">No records were found.</Alert>}
      {preview.raw.length > 0 && (
        <details>
          <summary style={{ cursor: "pointer", fontSize: "var(--mantine-font-size-sm)" }}>
            First lines, unprocessed
          </summary>
          <Code block fz="xs" mt="xs" mah={220} style={{ overflow: "auto" }} tabIndex={0}>
            {preview.raw.join("\n")}
          </Code>
        </details>
      )}
    </Stack>
  );
}

function PreviewRow({ row }: { row: Preview["rows"][number] }) {
  return (
    <Table.Tr>
      <Table.Td className="numbers">{row.line}</Table.Td>
      <Table.Td className="wrap-anywhere">
        {row.values.length > 0 ? (
          row.values.map(({ type, value }) => (
            <div key={`${type} ${value}`}>
              <Text span size="xs" c="dimmed">
                {typeLabels[type]}
              </Text>{" "}
              <Text span size="sm" className="mono">
                {value}
              </Text>
            </div>
          ))
        ) : (
          <Text size="xs" className="mono" c="dimmed" lineClamp={2}>
            {row.text}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {row.problem && (
          <Text size="xs" c="red">
            {row.problem}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {detailsOf(row)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function detailsOf(row: Preview["rows"][number]): string {
  if (row.values.length === 0) return "";
  const details = [
    row.malware_family,
    row.threat_type,
    row.first_seen && `first ${row.first_seen.slice(0, 10)}`,
    row.last_seen && `last ${row.last_seen.slice(0, 10)}`,
    row.confidence && `confidence ${row.confidence}`,
    row.tags.length > 0 && row.tags.join(", "),
    row.reference_url && "with a reference",
    row.context,
  ];
  return details.filter(Boolean).join(" · ").slice(0, 200);
}
