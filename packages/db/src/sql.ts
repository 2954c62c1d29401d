/**
 * One statement with `$1 …` parameters; rows as objects by column name. timestamptz comes as Date, int8 as number,
 * bytea as Uint8Array. Pass times as ISO strings, and arrays with a cast in the text (`$1::uuid[]`).
 */
export type SqlQuery = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Plain SQL beside Prisma, the same on PostgreSQL and PGlite. */
export type Sql = {
  query: SqlQuery;
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  begin: <T>(work: (tx: { query: SqlQuery }) => Promise<T>) => Promise<T>;
};
