import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import type { TableColumn } from "./column";

/** What its reader chose of a table: the order of all columns, and each that is shown or hidden against its default. */
type Choice = { order: string[]; shown: Record<string, boolean> };
const none: Choice = { order: [], shown: {} };

export type Density = "dense" | "comfortable";
export const rowHeights = { dense: 36, comfortable: 52 } as const satisfies Record<Density, number>;

export type Layout<Row> = {
  /** All columns in their order, and whether each is shown now. */
  columns: { column: TableColumn<Row>; shown: boolean }[];
  show: (id: string, shown: boolean) => void;
  /** Moves a column by one place. */
  move: (id: string, by: -1 | 1) => void;
  reset: () => void;
  density: Density;
  setDensity: (density: Density) => void;
};

/** The columns of a table as its reader wants them, kept in this browser. */
export function useLayout<Row>(name: string, all: readonly TableColumn<Row>[]): Layout<Row> {
  const [choice, setChoice] = useLocalStorage<Choice>({
    key: `tocsin-table-${name}`,
    defaultValue: none,
    getInitialValueInEffect: false,
    deserialize: readChoice,
  });
  const [density, setDensity] = useLocalStorage<Density>({
    key: "tocsin-table-density",
    defaultValue: "dense",
    getInitialValueInEffect: false,
    deserialize: (text) => (text === '"comfortable"' ? "comfortable" : "dense"),
  });
  const wide = useWidths();
  const ordered = inOrder(all, choice.order);
  return {
    columns: ordered.map((column) => ({
      column,
      shown: column.shown === "always" || (choice.shown[column.id] ?? wide[column.shown ?? "sm"]),
    })),
    show: (id, shown) => setChoice({ ...choice, shown: { ...choice.shown, [id]: shown } }),
    move: (id, by) =>
      setChoice({
        ...choice,
        order: moved(
          ordered.map((column) => column.id),
          id,
          by,
        ),
      }),
    reset: () => setChoice(none),
    density,
    setDensity,
  };
}

/** Whether the window is as wide as each breakpoint of the theme. */
function useWidths() {
  const now = { getInitialValueInEffect: false };
  const sm = useMediaQuery("(min-width: 48em)", true, now);
  const md = useMediaQuery("(min-width: 62em)", true, now);
  const lg = useMediaQuery("(min-width: 75em)", true, now);
  const xl = useMediaQuery("(min-width: 110em)", true, now);
  return { sm, md, lg, xl, chosen: false };
}

/** The columns in the chosen order; what the choice does not know stands where it stood, behind what was before it. */
export function inOrder<Row>(all: readonly TableColumn<Row>[], order: readonly string[]): TableColumn<Row>[] {
  const known = order.flatMap((id) => all.find((column) => column.id === id) ?? []);
  for (const [index, column] of all.entries()) {
    if (known.includes(column)) continue;
    const before = all[index - 1];
    known.splice(before ? known.indexOf(before) + 1 : 0, 0, column);
  }
  return known;
}

export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const at = ids.indexOf(id);
  const to = at + by;
  if (at === -1 || to < 0 || to >= ids.length) return [...ids];
  const rest = ids.filter((each) => each !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

/** What stands in the browser may be of another version, or anyone's. */
function readChoice(text: string | undefined): Choice {
  try {
    const value: unknown = JSON.parse(text ?? "");
    if (typeof value !== "object" || value === null || !("order" in value) || !("shown" in value)) return none;
    const { order, shown } = value;
    if (!Array.isArray(order) || typeof shown !== "object" || shown === null) return none;
    const chosen = Object.entries(shown).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean");
    return { order: order.filter((id) => typeof id === "string"), shown: Object.fromEntries(chosen) };
  } catch {
    return none;
  }
}
