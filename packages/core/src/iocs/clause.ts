/** A text of SQL and the values of its parameters. */
export type Condition = { readonly text: string; readonly values: readonly unknown[] };

/** Takes a value in and gives its parameter. */
export type Param = (value: unknown) => string;
/** A part of a statement; what is not part of it leaves no parameter behind. */
export type Clause = (p: Param) => string;

/** The statement that `build` makes. */
export function render(build: Clause): Condition {
  const values: unknown[] = [];
  const text = build((value) => `$${values.push(value)}`);
  return { text, values };
}

export const allOf = (clauses: readonly Clause[], p: Param) => clauses.map((clause) => clause(p)).join(" AND ");
