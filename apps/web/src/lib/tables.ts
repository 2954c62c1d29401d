/** Tables that have a row for every kind: `{…} as const satisfies Record<Kind, …>`. */

/** The kinds of a table, in its order. */
export function kindsOf<K extends string>(table: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(table) as K[];
}

/** Kind and row, in the order of the table. */
export function rowsOf<K extends string, V>(table: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(table) as [K, V][];
}

/** The kind that the text names, if it names one. */
export function kindIn<K extends string>(table: Readonly<Record<K, unknown>>, text: string | null): K | undefined {
  return kindsOf(table).find((kind) => kind === text);
}

/** What a field of choices wants, of a table of labels. */
export function optionsOf<K extends string>(labels: Readonly<Record<K, string>>): { value: K; label: string }[] {
  return rowsOf(labels).map(([value, label]) => ({ value, label }));
}

/** The same, of a table whose rows may be null: what has none is not offered. */
export function offeredOf<K extends string>(
  table: Readonly<Record<K, { label: string } | null>>,
): { value: K; label: string }[] {
  return rowsOf(table).flatMap(([value, row]) => (row === null ? [] : [{ value, label: row.label }]));
}
