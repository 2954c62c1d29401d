import { dumpDatabase } from "./dump";
import type { Sql, SqlQuery } from "./sql";
import { listTables, quoted, type Table } from "./tables";

type Reference = { table: string; column: string; parent: string; parentColumn: string };

/**
 * Puts three rows into every table, whatever its columns are: each value tells its row, and what refers to another table
 * refers to a row there. Nothing that the application would write, and all of it must survive.
 */
export async function fillEveryTable({ begin }: Pick<Sql, "begin">): Promise<void> {
  await begin(async ({ query }) => {
    const references = await listReferences(query);
    for (const table of inOrder(await listTables(query), references)) {
      const own = references.filter((reference) => reference.table === table.name);
      for (const n of [1, 2, 3]) await query(insertOf(table, own, n));
    }
  });
}

/** Every table's rows as a dump has them, in an order of their own. */
export async function rowsOf(db: { sql: Sql }): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  let table = "";
  await dumpDatabase(db, async (lines) => {
    for (const line of lines.trimEnd().split("\n")) {
      const head = /^\{"table":"(\w+)"/.exec(line)?.[1];
      if (head !== undefined) {
        table = head;
        rows[table] = [];
      } else if (line.startsWith("[")) rows[table]?.push(line);
      else if (line.startsWith('{"sequences"')) rows["(sequences)"] = [line];
    }
  });
  return Object.fromEntries(Object.entries(rows).map(([name, lines]) => [name, lines.sort()]));
}

function insertOf(table: Table, references: readonly Reference[], n: number): string {
  const values = table.columns.map(({ name, type }, index) => {
    const reference = references.find(({ column }) => column === name);
    return reference
      ? `(SELECT ${quoted(reference.parentColumn)} FROM ${quoted(reference.parent)} ORDER BY 1 OFFSET ${n - 1} LIMIT 1)`
      : literalOf(type, { name, n, index });
  });
  const columns = table.columns.map(({ name }) => quoted(name));
  return `INSERT INTO ${quoted(table.name)} (${columns.join(", ")}) VALUES (${values.join(", ")}) ON CONFLICT DO NOTHING`;
}

/** A value that no other row of the table has, with what notations stumble over. */
function literalOf(type: string, { name, n, index }: { name: string; n: number; index: number }): string {
  if (type.endsWith("[]")) {
    const one = { name, n, index };
    return `ARRAY[${literalOf(type.slice(0, -2), one)}, ${literalOf(type.slice(0, -2), { ...one, n: n + 10 })}]::${type}`;
  }
  const [kind = ""] = /^[a-z]+( with| precision)?/.exec(type) ?? [];
  const write = writers[kind];
  if (!write) throw new Error(`testing-rows: there is no value for ${name} of type ${type}`);
  return write(name, n, index);
}

const writers: Readonly<Record<string, (name: string, n: number, index: number) => string>> = {
  uuid: (_name, n, index) => `'00000000-0000-4000-8000-${String(index * 1_000 + n).padStart(12, "0")}'::uuid`,
  text: (name, n) => `E'${name} ${n} \\\\ " \\n\\t\\u00e9 \\u2713 {},'`,
  integer: (_name, n) => `${n + 1}`,
  smallint: (_name, n) => `${n + 1}`,
  bigint: (_name, n) => `${n + 1}`,
  "double precision": (_name, n) => `0.1::float8 + ${n}`,
  real: (_name, n) => `${n}.5`,
  boolean: (_name, n) => (n % 2 === 1 ? "true" : "false"),
  timestamp: (_name, n) => `'2026-11-2${n} 23:59:59.987654+00'::timestamptz`,
  date: (_name, n) => `'2026-11-2${n}'::date`,
  bytea: (_name, n) => `'\\x00ff0${n}5c'::bytea`,
  inet: (_name, n) => `'192.0.2.${n}'::inet`,
  cidr: (_name, n) => `'192.0.2.${n}/32'::cidr`,
  tsvector: (name, n) => `to_tsvector('simple', '${name} it''s ${n}')`,
  jsonb: (name, n) => `'{"${name}": ${n}, "deep": [null, "\\u00e9\\n", 1e300]}'::jsonb`,
};

function listReferences(query: SqlQuery): Promise<Reference[]> {
  return query<Reference>(
    `SELECT f.conrelid::regclass::text AS "table", a.attname AS "column", f.confrelid::regclass::text AS parent,
       p.attname AS "parentColumn"
     FROM pg_constraint f
     CROSS JOIN LATERAL unnest(f.conkey, f.confkey) AS pair(here, there)
     JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = pair.here
     JOIN pg_attribute p ON p.attrelid = f.confrelid AND p.attnum = pair.there
     WHERE f.contype = 'f' AND f.conparentid = 0`,
  ).then((rows) => rows.map((row) => ({ ...row, table: bare(row.table), parent: bare(row.parent) })));
}

/** `regclass` quotes what is a word of SQL, such as "user". */
function bare(name: string): string {
  return name.replaceAll('"', "");
}

/** Each table after those that it refers to. */
function inOrder(tables: readonly Table[], references: readonly Reference[]): Table[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const sorted: Table[] = [];
  while (left.size > 0) {
    const isFree = ({ name }: Table) =>
      references.every(({ table, parent }) => table !== name || parent === name || !left.has(parent));
    const free = [...left.values()].filter(isFree);
    if (free.length === 0) throw new Error("testing-rows: tables refer to each other in a circle");
    for (const table of free) left.delete(table.name);
    sorted.push(...free);
  }
  return sorted;
}
