import { Paper, Stack } from "@mantine/core";
import {
  columnOrderingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useCallback, useMemo, useRef } from "react";
import type { TableColumn, TableProps } from "./column";
import classes from "./table.module.css";
import { TableBar } from "./table-bar";
import { TableHead } from "./table-head";
import { TableBody, TableRow } from "./table-rows";
import { type Layout, rowHeights, useLayout } from "./use-layout";
import { useRowKeys } from "./use-row-keys";
import { useVirtualRows } from "./use-virtual-rows";

const features = tableFeatures({ columnVisibilityFeature, columnOrderingFeature, rowSelectionFeature });
const nothing: never[] = [];
const boxWidth = 38;

/** The table for whoever loads it when it is needed: a lazy component would forget the type of its rows. */
export function WithTable({ children }: { children: (View: typeof TableView) => ReactNode }) {
  return children(TableView);
}

/** The one table: a sticky head and as many rows in the page as there are in sight. */
function TableView<Row extends object>(props: TableProps<Row>) {
  const { rows, bulk, idOf } = props;
  const layout = useLayout(props.name, props.columns);
  const { table, columns, selected } = useModel(props, layout);
  const region = useRef<HTMLElement>(null);
  const selectable = bulk !== undefined;
  const height = rowHeights[layout.density];
  const virtual = useVirtualRows({ region, name: props.name, rows: rows?.length ?? 0, height, onEnd: props.onEnd });
  const select = useCallback(
    (index: number, on: boolean) => table.getRowModel().rows[index]?.toggleSelected(on),
    [table],
  );
  const latest = useRef(props);
  latest.current = props;
  const open = useCallback((index: number) => {
    const row = latest.current.rows?.[index];
    if (row) latest.current.onOpen?.(row);
  }, []);
  useRowKeys({
    move: virtual.move,
    open: () => open(virtual.active()),
    toggle: () => {
      const row = table.getRowModel().rows[virtual.active()];
      if (selectable) row?.toggleSelected();
    },
    edit: () => {
      const row = rows?.[virtual.active()];
      if (row) props.onEdit?.(row);
    },
  });
  const span = columns.length + (selectable ? 1 : 0);
  const rowAt = (index: number) => {
    const row = rows?.[index];
    return row ? (
      <TableRow<Row>
        key={idOf(row)}
        {...{ row, index, columns, selectable, height }}
        name={props.nameOf(row)}
        selected={table.state.rowSelection[idOf(row)] === true}
        openable={props.onOpen !== undefined}
        onSelect={select}
        onOpen={open}
      />
    ) : null;
  };
  return (
    <Stack gap={6}>
      <TableBar
        {...{ name: props.name, rows, total: props.total, more: props.more, bulk, layout, selected }}
        shown={columns}
        onClear={() => table.resetRowSelection(true)}
      />
      <Paper>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by the keyboard (WCAG 2.1.1) */}
        <section ref={region} className={classes.scroll} aria-label={props.label} tabIndex={0} {...virtual.region}>
          <table
            className={classes.table}
            aria-label={props.label}
            aria-rowcount={(props.total?.count ?? rows?.length ?? 0) + 1}
            aria-busy={props.busy}
            style={{ minWidth: leastWidth(columns, selectable) }}
          >
            <Widths columns={columns} selectable={selectable} />
            <TableHead
              {...{ columns, sort: props.sort, onSort: props.onSort }}
              selection={
                selectable
                  ? {
                      all: selected.length > 0 && selected.length === rows?.length,
                      some: selected.length > 0,
                      onAll: (all) => table.toggleAllRowsSelected(all),
                    }
                  : undefined
              }
            />
            <TableBody
              {...{ items: virtual.items, size: virtual.size, span, height, rowAt }}
              loading={rows === undefined}
            />
          </table>
        </section>
      </Paper>
    </Stack>
  );
}

/** The model of the table: which columns in which order, which rows are selected. */
function useModel<Row extends object>({ columns, rows, idOf }: TableProps<Row>, layout: Layout<Row>) {
  const columnOrder = layout.columns.map(({ column }) => column.id);
  const columnVisibility = Object.fromEntries(layout.columns.map(({ column, shown }) => [column.id, shown]));
  const definitions = useMemo(() => columns.map(({ id, label }) => ({ id, header: label })), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: (rows as Row[] | undefined) ?? (nothing as Row[]),
    getRowId: idOf,
    state: { columnOrder, columnVisibility },
    onColumnOrderChange: () => {},
    onColumnVisibilityChange: () => {},
  });
  const key = layout.columns.map(({ column, shown }) => `${column.id}${shown}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says all that the layout does
  const shown = useMemo(
    () => table.getVisibleLeafColumns().flatMap(({ id }) => columns.find((column) => column.id === id) ?? []),
    [columns, key, table],
  );
  const { rowSelection } = table.state;
  const selected = useMemo(() => (rows ?? []).filter((row) => rowSelection[idOf(row)]), [rows, rowSelection, idOf]);
  return { table, columns: shown, selected };
}

type Sized = { columns: readonly Pick<TableColumn<never>, "id" | "width" | "least">[]; selectable: boolean };

function Widths({ columns, selectable }: Sized) {
  return (
    <colgroup>
      {selectable && <col style={{ width: boxWidth }} />}
      {columns.map(({ id, width }) => (
        <col key={id} style={width === undefined ? undefined : { width }} />
      ))}
    </colgroup>
  );
}

function leastWidth(columns: Sized["columns"], selectable: boolean): number {
  const widths = columns.map(({ width, least }) => width ?? least ?? 160);
  return widths.reduce((sum, width) => sum + width, selectable ? boxWidth : 0);
}
