import { countUpTo, createTimeCursor, totalOf } from "../lib";
import { entryKinds } from "../matching";
import { iocTypes } from "../values";
import { requireWatchlist, type WatchlistCall } from "./require-watchlist";
import type { EntryList, EntryView, ListEntriesInput } from "./shape";

const cursors = createTimeCursor();

type Row = {
  id: string;
  kind: string;
  value: string;
  ioc_type: string | null;
  subdomains: boolean;
  lookalikes: boolean;
  note: string | null;
  created_at: Date;
  compared_at: Date | null;
  unlisted: number;
  matches: number;
};

/** A page of the entries of a list, newest first. Throws `not_found`. */
export async function listEntries(
  ctx: WatchlistCall,
  { watchlistId, kind, q, limit, cursor }: ListEntriesInput,
): Promise<EntryList> {
  const list = await requireWatchlist(ctx, watchlistId);
  const after = cursor === undefined ? null : cursors.read(cursor);
  const like = q ? `%${q.replace(/[\\%_]/g, "\\$&")}%` : null;
  const filter = `watchlist_id = $1::uuid AND ($2::text IS NULL OR kind = $2::text)
    AND ($3::text IS NULL OR value ILIKE $3::text OR note ILIKE $3::text)`;
  const values = [list.id, kind ?? null, like];
  const rows = await ctx.sql.query<Row>(
    `SELECT id, kind, value, ioc_type, subdomains, lookalikes, note, created_at, compared_at, unlisted,
       (SELECT count(*) FROM watchlist_match WHERE entry_id = e.id) AS matches
     FROM watchlist_entry e
     WHERE ${filter} AND ($4::timestamptz IS NULL OR (created_at, id) < ($4::timestamptz, $5::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $6::int4`,
    [...values, after?.at.toISOString() ?? null, after?.id ?? null, limit + 1],
  );
  const [counted] = await ctx.sql.query<{ n: number }>(countUpTo(`watchlist_entry WHERE ${filter}`), values);
  const page = rows.slice(0, limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    data: page.map(toEntry),
    meta: { ...totalOf(counted?.n ?? 0), limit, next_cursor: last ? cursors.write(last.created_at, last.id) : null },
  };
}

function toEntry(row: Row): EntryView {
  return {
    id: row.id,
    kind: entryKinds.find((kind) => kind === row.kind) ?? "value",
    value: row.value,
    type: iocTypes.find((type) => type === row.ioc_type) ?? null,
    subdomains: row.subdomains,
    lookalikes: row.lookalikes,
    note: row.note,
    created_at: row.created_at.toISOString(),
    compared_at: row.compared_at?.toISOString() ?? null,
    matches: Number(row.matches),
    unlisted: Number(row.unlisted),
  };
}
