import { Checkbox, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { nextSort, sortOf, type TableColumn } from "./column";
import classes from "./table.module.css";

type Props<Row> = {
  columns: readonly TableColumn<Row>[];
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
  /** Of the check box for all rows; absent where rows have none. */
  selection: { all: boolean; some: boolean; onAll: (all: boolean) => void } | undefined;
};

const arrows = { ascending: IconArrowUp, descending: IconArrowDown } as const;

export function TableHead<Row>({ columns, sort, onSort, selection }: Props<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col">
            <Checkbox
              size="xs"
              aria-label="Select all loaded rows"
              checked={selection.all}
              indeterminate={selection.some && !selection.all}
              onChange={(event) => selection.onAll(event.currentTarget.checked)}
            />
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            className={column.align === "right" ? classes.right : undefined}
            aria-sort={sortOf(column, sort)}
          >
            <HeadLabel column={column} sort={sort} onSort={onSort} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

type LabelProps<Row> = { column: TableColumn<Row> } & Pick<Props<Row>, "sort" | "onSort">;

function HeadLabel<Row>({ column, sort, onSort }: LabelProps<Row>) {
  const by = column.sort;
  if (column.bare) return <VisuallyHidden>{column.label}</VisuallyHidden>;
  if (!by || !onSort) return column.label;
  const state = sortOf(column, sort);
  const Arrow = state === "ascending" || state === "descending" ? arrows[state] : null;
  return (
    <UnstyledButton className={classes.head} onClick={() => onSort(nextSort(by, sort))}>
      {column.label}
      {Arrow && <Arrow size={13} aria-hidden />}
    </UnstyledButton>
  );
}
