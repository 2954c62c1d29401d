import { Skeleton } from "@mantine/core";
import type { VirtualItem } from "@tanstack/react-virtual";
import { memo, type ReactNode } from "react";
import type { TableColumn } from "./column";
import classes from "./table.module.css";

type RowProps<Row> = {
  row: Row;
  index: number;
  columns: readonly TableColumn<Row>[];
  name: string;
  selected: boolean;
  selectable: boolean;
  openable: boolean;
  height: number;
  onSelect: (index: number, selected: boolean) => void;
  onOpen: (index: number) => void;
};

/** One row; a scroll makes none of those anew that stay. */
export const TableRow = memo(PlainRow) as typeof PlainRow;

function PlainRow<Row>({ row, index, columns, name, selected, height, ...rest }: RowProps<Row>) {
  return (
    <tr
      className={classes.row}
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={rest.selectable ? selected : undefined}
      data-row={index}
      data-selected={selected || undefined}
      data-openable={rest.openable || undefined}
      onClick={(event) => {
        if (rest.openable && !isControl(event.target)) rest.onOpen(index);
      }}
    >
      {rest.selectable && (
        <td style={{ height }}>
          <input
            type="checkbox"
            className={classes.box}
            aria-label={`Select ${name}`}
            checked={selected}
            onChange={(event) => rest.onSelect(index, event.currentTarget.checked)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} style={{ height }} className={column.align === "right" ? classes.right : undefined}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** A click on a control, or in what a control has opened, is not one on the row. */
function isControl(target: EventTarget): boolean {
  return !(target instanceof Element) || !target.closest("tr") || target.closest("a, button, input, label") !== null;
}

type BodyProps = {
  items: readonly VirtualItem[];
  size: number;
  span: number;
  loading: boolean;
  height: number;
  rowAt: (index: number) => ReactNode;
};

/** The rows in sight, between two that keep the room of the others. */
export function TableBody({ items, size, span, loading, height, rowAt }: BodyProps) {
  const above = items[0]?.start ?? 0;
  const below = size - (items.at(-1)?.end ?? 0);
  return (
    <tbody>
      <Room height={above} span={span} />
      {items.map(({ index }) => rowAt(index))}
      <Room height={below} span={span} />
      {loading &&
        ["a", "b", "c", "d", "e", "f"].map((key) => (
          <tr key={key} aria-hidden>
            <td colSpan={span} style={{ height }}>
              <Skeleton height={12} width="90%" />
            </td>
          </tr>
        ))}
    </tbody>
  );
}

function Room({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={span} className={classes.pad} style={{ height }} />
    </tr>
  );
}
