import type { ReactNode } from "react";

/** One column of a table. */
export type TableColumn<Row> = {
  id: string;
  /** The head, and its name where columns are chosen. */
  label: string;
  /** Only for those who do not see it: what stands under it says enough. */
  bare?: true;
  /** In pixels; a column without one shares what is left, and has at least `least`. */
  width?: number;
  least?: number;
  align?: "right";
  /** What the list is sorted by where this column is; its first order may be downwards. */
  sort?: { field: string; first?: "down" };
  /** Shown unless its reader chooses otherwise: always, from a width of the window on, or only when chosen. */
  shown?: "always" | "sm" | "md" | "lg" | "xl" | "chosen";
  cell: (row: Row) => ReactNode;
  /** What stands in the cell, as text: for the CSV file. */
  text: (row: Row) => string;
};

/** What a table needs of its list, whichever it is. */
export type TableProps<Row> = {
  /** Under which choices of its reader are kept: `keys`. */
  name: string;
  /** What it lists, for those who do not see it. */
  label: string;
  columns: readonly TableColumn<Row>[];
  /** Absent while the first page is on its way. */
  rows: readonly Row[] | undefined;
  idOf: (row: Row) => string;
  /** What a row is called, for its check box. */
  nameOf: (row: Row) => string;
  /** How many rows there are, beyond those that are loaded. */
  total?: { count: number; exact: boolean } | undefined;
  /** Whether there are more than are loaded, where nobody counts how many. */
  more?: boolean | undefined;
  /** The field that it is sorted by, with `-` downwards. */
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  /** Enter on a row, or a click beside its controls. */
  onOpen?: (row: Row) => void;
  /** The key `e` on a row. */
  onEdit?: (row: Row) => void;
  /** What can be done with several rows at once; without it rows have no check boxes. */
  bulk?: ((rows: readonly Row[], done: () => void) => ReactNode) | undefined;
  /** Called when the end of what is loaded comes near. */
  onEnd?: (() => void) | undefined;
  busy?: boolean;
};

/** The sort that a click on a head asks for: the column's first order, then the other way. */
export function nextSort(
  { field, first }: NonNullable<TableColumn<unknown>["sort"]>,
  sort: string | undefined,
): string {
  const [one, other] = first === "down" ? [`-${field}`, field] : [field, `-${field}`];
  return sort === one ? other : one;
}

/** How the list is sorted where a column is. */
export function sortOf(column: Pick<TableColumn<unknown>, "sort">, sort: string | undefined): SortState {
  if (!column.sort) return undefined;
  if (sort === column.sort.field) return "ascending";
  return sort === `-${column.sort.field}` ? "descending" : "none";
}
type SortState = "ascending" | "descending" | "none" | undefined;
