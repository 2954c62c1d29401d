import { Code, Stack, Table, Text } from "@mantine/core";
import type { Run } from "../../components/feed/run";
import { count } from "../../lib/numbers";
import { rowsOf } from "../../lib/tables";

type QuarantinedFile = NonNullable<Run["held"]>[number];
type Figure = { label: string; now: (file: QuarantinedFile) => string; usual: (file: QuarantinedFile) => string };

/** The figure that each reason is about. */
const figures = {
  growth: {
    label: "Records",
    now: ({ records }) => count(records),
    usual: ({ usual_records }) => count(usual_records),
  },
  unfit: {
    label: "Unusable records",
    now: ({ unfit_percent }) => `${unfit_percent}%`,
    usual: ({ usual_unfit_percent }) => `${usual_unfit_percent}%`,
  },
} as const satisfies Record<QuarantinedFile["reasons"][number], Figure>;

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
              {rowsOf(figures).map(([reason, { label, now, usual }]) => (
                <FigureRow
                  key={reason}
                  label={label}
                  now={now(file)}
                  usual={usual(file)}
                  odd={file.reasons.includes(reason)}
                />
              ))}
            </Table.Tbody>
          </Table>
          {file.first_lines.length > 0 && (
            <Code block fz="xs" mah={180} style={{ overflow: "auto" }} tabIndex={0} aria-label="First lines">
              {file.first_lines.join("\n")}
            </Code>
          )}
        </Stack>
      ))}
    </Stack>
  );
}

function FigureRow({ label, now, usual, odd }: { label: string; now: string; usual: string; odd: boolean }) {
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
