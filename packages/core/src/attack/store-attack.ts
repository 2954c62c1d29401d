import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { withAdvisoryLock } from "../lib";
import { readEditions } from "./cached-attack";
import { differencesOf, matricesOf } from "./matrices";
import { shippedEditions } from "./shipped-tables";
import type { Matrix } from "./shipped-tactics";
import type { AttackEdition, AttackTables } from "./tables";

/** What one of MITRE's bundles says. `modified` is the greatest of its objects' times. */
export type ReadAttack = { matrix: Matrix; version: string; modified: Date; tables: AttackTables };

/** `changed` counts the ids whose names or tactics are others now. */
export type StoredAttack = { stored: boolean; changed: number } | { stored: false; problem: string };

/** Within this time every process reads what is stored; until then records print what they did. */
const graceMs = 120_000;
/** Of one kind; ATT&CK has less than a thousand of any. */
const mostEntries = 20_000;
/** Techniques below which nothing is a matrix. */
const leastTechniques = 40;

/** Keeps the tables of a matrix over those before; `stored` is false when they say the same. */
export async function storeAttack(ctx: Pick<Context, "sql" | "now">, read: ReadAttack): Promise<StoredAttack> {
  return withAdvisoryLock(ctx, "tocsin attack editions", (sql) => storeAlone(ctx, sql, read), { wait: true });
}

async function storeAlone(
  ctx: Pick<Context, "now">,
  sql: { query: SqlQuery },
  read: ReadAttack,
): Promise<StoredAttack> {
  const editions = await readEditions(sql);
  const last = await readLast(sql, read.matrix);
  const problem = problemOf(read, editions, last);
  if (problem !== null) return { stored: false, problem };
  const before = matricesOf([...shippedEditions, ...editions]);
  const tables = carriedOver(read.tables, [...shippedEditions, ...editions], read.matrix);
  if (last && (await isSame(sql, read, tables))) return { stored: false, changed: 0 };
  const edition = { matrix: read.matrix, appliesFrom: Number.POSITIVE_INFINITY, tables };
  const changed = differencesOf(before, matricesOf([...shippedEditions, ...editions, edition]));
  await (last && changed.length === 0 ? replace(ctx, sql, read, tables) : append(ctx, sql, read, tables, changed));
  return { stored: true, changed: changed.length };
}

type Last = { modified: Date; groups: number; software: number };

async function readLast(sql: Pick<Context["sql"], "query">, matrix: Matrix): Promise<Last | null> {
  const [row] = await sql.query<Last>(
    `SELECT modified, jsonb_array_length(tables->'groups') AS groups, jsonb_array_length(tables->'software') AS software
     FROM attack_edition WHERE matrix = $1 ORDER BY applies_from DESC LIMIT 1`,
    [matrix],
  );
  return row ?? null;
}

/** Why a bundle is not to be believed; what is stored or shipped stays then. */
function problemOf(read: ReadAttack, editions: readonly AttackEdition[], last: Last | null): string | null {
  const { matrix, tables, modified } = read;
  if (last && modified < last.modified) {
    const [theirs, ours] = [modified, last.modified].map((time) => time.toISOString());
    return `the bundle is of ${theirs}, older than the one of ${ours} that is stored`;
  }
  const known = matricesOf([...shippedEditions, ...editions]).standing.get(matrix)?.length ?? 0;
  const standing = tables.techniques.filter(({ withdrawn }) => !withdrawn).length;
  const least = Math.max(leastTechniques, Math.ceil(known / 2));
  const shrunk = ([what, now, were]: readonly [string, number, number]) =>
    now < were ? `held back, nothing of it kept: ${now} ${what} where at least ${were} are to be expected` : null;
  const half = (count = 0) => Math.ceil(count / 2);
  const lists = [tables.tactics, tables.techniques, tables.former, tables.groups, tables.software];
  const longest = Math.max(...lists.map(({ length }) => length));
  if (longest > mostEntries) return `held back, nothing of it kept: ${longest} entries of one kind`;
  return (
    shrunk(["techniques", standing, least]) ??
    shrunk(["groups", tables.groups.length, half(last?.groups)]) ??
    shrunk(["pieces of software", tables.software.length, half(last?.software)])
  );
}

/**
 * Tables with what must not get lost: techniques and former ids that a bundle is silent about are kept, and tactics that
 * are the same keep their order, for another order alone would be a change of all that prints them.
 */
function carriedOver(tables: AttackTables, editions: readonly AttackEdition[], matrix: Matrix): AttackTables {
  const before = matricesOf(editions);
  const techniques = tables.techniques.map((technique) => {
    const tactics = before.techniques.get(technique.id)?.technique.tactics ?? [];
    const isSame =
      tactics.length === technique.tactics.length && tactics.every((one) => technique.tactics.includes(one));
    return isSame ? { ...technique, tactics } : technique;
  });
  const said = new Set([...techniques.map(({ id }) => id), ...tables.former.map(([id]) => id)]);
  const kept = [...before.techniques.values()].flatMap(({ technique, matrix: of }) =>
    of !== matrix || said.has(technique.id) || before.successors.has(technique.id)
      ? []
      : [{ ...technique, withdrawn: true as const }],
  );
  const own = editions.flatMap((edition) => (edition.matrix === matrix ? edition.tables.former : []));
  const former = new Map([...own.filter(([id]) => !said.has(id)), ...tables.former]);
  return {
    ...tables,
    techniques: [...techniques, ...kept].sort((a, b) => (a.id < b.id ? -1 : 1)),
    former: [...former].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

async function isSame(sql: Pick<Context["sql"], "query">, read: ReadAttack, tables: AttackTables): Promise<boolean> {
  const [row] = await sql.query<{ same: boolean }>(
    `SELECT tables = $2::jsonb AND ($3 = '' OR version = $3) AS same
     FROM attack_edition WHERE matrix = $1 ORDER BY applies_from DESC LIMIT 1`,
    [read.matrix, JSON.stringify(tables), read.version],
  );
  return row?.same === true;
}

/** No record prints anything else: the edition stays, with other groups, software or version. */
async function replace(
  ctx: Pick<Context, "now">,
  sql: Pick<Context["sql"], "query">,
  { matrix, version, modified }: ReadAttack,
  tables: AttackTables,
): Promise<void> {
  await sql.query(
    `UPDATE attack_edition SET tables = $2::jsonb, version = $3, modified = $4::timestamptz,
       changed_at = GREATEST($5::timestamptz, changed_at + interval '1 millisecond')
     WHERE matrix = $1 AND applies_from = (SELECT max(applies_from) FROM attack_edition WHERE matrix = $1)`,
    [matrix, JSON.stringify(tables), version, modified.toISOString(), ctx.now().toISOString()],
  );
}

async function append(
  ctx: Pick<Context, "now">,
  sql: Pick<Context["sql"], "query">,
  { matrix, version, modified }: ReadAttack,
  tables: AttackTables,
  changed: readonly string[],
): Promise<void> {
  await sql.query(
    `INSERT INTO attack_edition (matrix, version, modified, tables, changed, applies_from, announced_at, changed_at)
     -- Later than any record's last change, whatever the clocks of those who wrote it said.
     SELECT $1, $2, $3::timestamptz, $4::jsonb, $5::text[], GREATEST(max(applies_from) + interval '1 millisecond',
         GREATEST($6::timestamptz, (SELECT max(updated_at) FROM ioc)) + $7::float8 * interval '1 millisecond'),
       CASE WHEN cardinality($5::text[]) = 0 THEN $6::timestamptz END,
       GREATEST($6::timestamptz, max(changed_at) + interval '1 millisecond')
     FROM attack_edition`,
    [
      ...[matrix, version, modified.toISOString(), JSON.stringify(tables)],
      ...[changed, ctx.now().toISOString(), graceMs],
    ],
  );
}
