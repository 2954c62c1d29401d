import { Code, Stack, Table, Text } from "@mantine/core";
import type { Run } from "../../components/feed/run";
import { count } from "../../lib/numbers";

type QuarantinedFile = NonNullable<Run["held"]>[number];

/** The files of a run that were held back: their figures beside the usual ones, and their first lines. */
export function QuarantinedFigures({ files }: { files: readonly QuarantinedFile[] }) {
  return (
    <Stack gap="sm">
      {files.map((file) => (
        <Stack key={file.file} gap={6}>
          <Text size="sm" fw={560} className="wrap-anywhere">
            <span className="mono">{file.file}</span> was held back
          </Text>
          <Table withTableBorder highlightOnHover={false} verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col" aria-label="Figure" />
                <Table.Th scope="col" ta="right">
                  Now
                </Table.Th>
                <Table.Th scope="col" ta="right">
                  Usual
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              <Figure
                label="Records"
                now={count(file.records)}
                usual={count(file.usual_records)}
                odd={file.reasons.includes("growth")}
              />
              <Figure
                label="Unfit records"
                now={`${file.unfit_percent}%`}
                usual={`${file.usual_unfit_percent}%`}
                odd={file.reasons.includes("unfit")}
              />
            </Table.Tbody>
          </Table>
          {file.first_lines.length > 0 && (
            <Code block fz="xs" mah={180} style={{ overflow: "auto" }} tabIndex={0} aria-label="Its first lines">
              {file.first_lines.join("\n")}
            </Code>
          )}
        </Stack>
      ))}
    </Stack>
  );
}

function Figure({ label, now, usual, odd }: { label: string; now: string; usual: string; odd: boolean }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {label}
      </Table.Th>
      <Table.Td ta="right" fw={odd ? 650 : 400} {...(odd ? { c: "var(--mantine-color-orange-light-color)" } : {})}>
        {now}
      </Table.Td>
      <Table.Td ta="right">{usual}</Table.Td>
    </Table.Tr>
  );
}
