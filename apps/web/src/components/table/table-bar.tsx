import { ActionIcon, Button, Group, Text, Tooltip } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { count } from "../../lib/numbers";
import type { TableColumn, TableProps } from "./column";
import { ColumnMenu } from "./column-menu";
import { csvOf, saveText } from "./csv";
import classes from "./table.module.css";
import type { Layout } from "./use-layout";

type Props<Row> = Pick<TableProps<Row>, "name" | "rows" | "total" | "more" | "bulk"> & {
  layout: Layout<Row>;
  shown: readonly TableColumn<Row>[];
  selected: readonly Row[];
  onClear: () => void;
};

/** Above a table: how many rows there are, or what can be done with those that are selected; columns and CSV. */
export function TableBar<Row>({ name, rows, total, more, bulk, layout, shown, selected, onClear }: Props<Row>) {
  return (
    <Group justify="space-between" gap="xs" className={classes.bar}>
      {selected.length > 0 && bulk ? (
        <Group gap="xs" role="toolbar" aria-label="Selected rows">
          <Text size="sm" fw={560} className="numbers" aria-live="polite">
            {count(selected.length)} selected
          </Text>
          {bulk(selected, onClear)}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
            Clear
          </Button>
        </Group>
      ) : (
        <Text size="sm" c="dimmed" className="numbers" aria-live="polite">
          {rows && countWords(rows.length, total, more)}
        </Text>
      )}
      <Group gap={6}>
        <Tooltip label="What is loaded, as CSV">
          <ActionIcon
            variant="default"
            size={30}
            aria-label="Download as CSV"
            disabled={!rows || rows.length === 0}
            onClick={() => saveText(csvOf(shown, selected.length > 0 ? selected : (rows ?? [])), `${name}.csv`)}
          >
            <IconDownload size={16} />
          </ActionIcon>
        </Tooltip>
        <ColumnMenu layout={layout} />
      </Group>
    </Group>
  );
}

/** "200 of about 10,000 loaded", or how many there are. */
function countWords(loaded: number, total: TableProps<unknown>["total"], more = false): string {
  if (!total && more) return `${count(loaded)} loaded, more as you scroll`;
  if (!total || loaded >= total.count) return count(loaded);
  return `${count(loaded)} of ${total.exact ? "" : "about "}${count(total.count)} loaded`;
}
