import type { Caller } from "../access";
import type { Context } from "../context";
import { type IocRecord, isRevoked, passedOnSql, restore, selectRecords, withholds } from "../iocs";
import { type Kind, stixTypeOf } from "../values";

/** A time with exactly six fraction digits and `Z`: as text, since a Date holds three. */
export type DateAdded = string;

/** What is asked of the objects in a collection, in the order in which they were added. */
export type PageQuery = {
  /** null = every kind. */
  readonly kinds: readonly Kind[] | null;
  /** Only what was added later. */
  readonly after: DateAdded;
  /** STIX ids; null = whatever they are. */
  readonly ids: readonly string[] | null;
  /** `modified` in milliseconds; null = the version that is stored, which is the last. */
  readonly versions: readonly number[] | null;
  readonly limit: number;
};

/** An object of a collection, without what it says. */
export type Place = {
  /** `<type>--<uuid>` */
  readonly id: string;
  readonly dateAdded: DateAdded;
  readonly modified: Date;
};
export type PlacedRecord = Place & { readonly record: IocRecord };
export type PageOf<Item> = { readonly items: readonly Item[]; readonly more: boolean };

type Row = {
  stix_id: string;
  ioc_id: string;
  generation: number;
  kind: Kind;
  date_added: DateAdded;
  modified: Date;
  frozen: object | null;
};
type Reader = Pick<Context, "sql" | "instance"> & { readonly caller?: Pick<Caller, "kind"> };

/** The objects' ids and times alone. */
export async function pagePlaces(ctx: Reader, query: PageQuery): Promise<PageOf<Place>> {
  const { rows, more } = await readRows(ctx, query);
  return { items: rows.map(placeOf), more };
}

/**
 * The objects with what they say. One that has changed and is not published again yet is left out: it is on its way to
 * the end, so whoever pages on meets it there, once.
 */
export async function pageObjects(ctx: Reader, query: PageQuery): Promise<PageOf<PlacedRecord>> {
  let after = query.after;
  for (;;) {
    const { rows, more } = await readRows(ctx, { ...query, after });
    const items = await withRecords(ctx, rows);
    // Every row of the page changed while it was read.
    const last = rows.at(-1);
    if (items.length > 0 || !more || !last) return { items, more };
    after = last.date_added;
  }
}

/**
 * One object, null where there is none. While its next version is on its way it is that version already; only one that
 * is just being revoked has no `record` for that moment.
 */
export async function findObject(
  ctx: Reader,
  { kinds, id, after }: Pick<PageQuery, "kinds" | "after"> & { id: string },
): Promise<(Place & { record: IocRecord | null }) | null> {
  const [row] = await readNamed(ctx, { kinds, ids: [id], after }, { superseded: true });
  if (!row) return null;
  const record = row.frozen === null ? (await recordsOf(ctx, [row])).get(row.ioc_id) : restore(row.frozen);
  const isSame = record?.generation === row.generation && (row.frozen !== null || !isRevoked(record));
  return isSame ? { ...placeOf(row), modified: record.updatedAt, record } : { ...placeOf(row), record: null };
}

async function readRows(ctx: Reader, query: PageQuery): Promise<{ rows: Row[]; more: boolean }> {
  const { ids, kinds, versions, limit } = query;
  if (kinds?.length === 0 || ids?.length === 0 || versions?.length === 0) return { rows: [], more: false };
  const rows = ids === null ? await readNext(ctx, query) : await readNamed(ctx, { ...query, ids });
  const wanted = ids !== null && versions ? rows.filter((row) => versions.includes(row.modified.getTime())) : rows;
  return { rows: wanted.slice(0, limit), more: wanted.length > limit };
}

const columns = `p.stix_id, p.ioc_id, p.generation, p.kind, p.modified, p.frozen,
  to_char(p.date_added AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS date_added`;

/**
 * Joins what `publication p` is about. A row whose IOC says another time is superseded; what may not be passed on is not
 * there at all, nor what ended and is known no more. OFFSET 0 keeps this a probe for each row of the page, whatever the
 * planner thinks of how many there are.
 */
function visible(ctx: Reader, { superseded = false } = {}): string {
  const isCurrent = superseded ? "true" : "(p.frozen IS NOT NULL OR i.is_current)";
  return withholds(ctx)
    ? `JOIN LATERAL (
         SELECT ioc.updated_at = p.modified AS is_current FROM ioc WHERE ioc.id = p.ioc_id AND ${passedOnSql} OFFSET 0
       ) i ON true WHERE ${isCurrent}`
    : `LEFT JOIN LATERAL (
         SELECT true AS is_current FROM ioc WHERE ioc.id = p.ioc_id AND ioc.updated_at = p.modified OFFSET 0
       ) i ON true WHERE ${isCurrent}`;
}

/** The rows after a place, one more than the limit: a page costs the same wherever it is. */
function readNext(ctx: Reader, { kinds, after, versions, limit }: PageQuery): Promise<Row[]> {
  const values: unknown[] = [after];
  if (versions) values.push(versions.map((ms) => new Date(ms).toISOString()));
  const current = visible(ctx);
  const version = versions ? "AND p.modified = ANY ($2::timestamptz[])" : "";
  // A comparison of rows where an equation would do: it and the order are in the index of kinds and times and in no
  // other. Given the choice, the planner may walk all that was added for the few of a kind, or sort a kind whole.
  const ofKind = (kind: Kind) => `(SELECT p.* FROM publication p ${current} ${version}
    AND (p.kind, p.date_added) > (${kind}::int2, $1::timestamptz) AND p.kind <= ${kind}::int2
    ORDER BY p.kind, p.date_added LIMIT ${limit + 1})`;
  const from =
    kinds === null
      ? `publication p ${current} ${version} AND p.date_added > $1::timestamptz`
      : `(${kinds.map(ofKind).join(" UNION ALL ")}) p`;
  return ctx.sql.query<Row>(`SELECT ${columns} FROM ${from} ORDER BY p.date_added LIMIT ${limit + 1}`, values);
}

/** The rows of these ids, as many as a request can name. */
async function readNamed(
  ctx: Reader,
  { kinds, after, ids }: { kinds: PageQuery["kinds"]; after: DateAdded; ids: readonly string[] },
  { superseded = false } = {},
): Promise<Row[]> {
  const uuids = ids.map((id) => id.slice(-uuidLength));
  const rows = await ctx.sql.query<Row>(
    `SELECT ${columns} FROM publication p ${visible(ctx, { superseded })}
       AND p.stix_id = ANY ($1::uuid[]) AND p.date_added > $2::timestamptz ORDER BY p.date_added`,
    [uuids, after],
  );
  return rows.filter((row) => ids.includes(idOf(row)) && (kinds === null || kinds.includes(row.kind)));
}

async function withRecords(ctx: Reader, rows: readonly Row[]): Promise<PlacedRecord[]> {
  const open = rows.filter((row) => row.frozen === null).map((row) => row.ioc_id);
  const records = open.length === 0 ? [] : await selectRecords(ctx, "FROM ioc WHERE ioc.id = ANY ($1::uuid[])", [open]);
  const byId = new Map(records.map((record) => [record.id, record]));
  return rows.flatMap((row) => {
    const record = row.frozen === null ? byId.get(row.ioc_id) : restore(row.frozen);
    return record?.updatedAt.getTime() === row.modified.getTime() ? [{ ...placeOf(row), record }] : [];
  });
}

async function recordsOf(ctx: Reader, rows: readonly Row[]): Promise<ReadonlyMap<string, IocRecord>> {
  const ids = rows.filter((row) => row.frozen === null).map((row) => row.ioc_id);
  if (ids.length === 0) return new Map();
  const records = await selectRecords(ctx, "FROM ioc WHERE ioc.id = ANY ($1::uuid[])", [ids]);
  return new Map(records.map((record) => [record.id, record]));
}

const uuidLength = 36;

function placeOf(row: Row): Place {
  return { id: idOf(row), dateAdded: row.date_added, modified: row.modified };
}

function idOf(row: Pick<Row, "kind" | "stix_id">): string {
  return `${stixTypeOf(row.kind)}--${row.stix_id}`;
}
