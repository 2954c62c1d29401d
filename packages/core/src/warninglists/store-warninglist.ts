import type { Context } from "../context";
import type { Warninglist } from "../values";

/** Keeps a list that a feed brought in place of its former version; false when it says the same as that. */
export async function storeWarninglist(ctx: Pick<Context, "sql" | "now">, list: Warninglist): Promise<boolean> {
  const rows = await ctx.sql.query(
    `INSERT INTO warninglist AS w (id, name, kind, version, effect, means, types, urls, entries, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9::text[], $10::timestamptz)
     ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, kind = EXCLUDED.kind, version = EXCLUDED.version,
       effect = EXCLUDED.effect, means = EXCLUDED.means, types = EXCLUDED.types, urls = EXCLUDED.urls,
       entries = EXCLUDED.entries,
       -- Nodes compare it to see a change, so no two versions share one.
       changed_at = GREATEST(EXCLUDED.changed_at, w.changed_at + interval '1 millisecond')
     WHERE (w.name, w.kind, w.version, w.effect, w.means, w.types, w.urls, w.entries)
       IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.kind, EXCLUDED.version, EXCLUDED.effect, EXCLUDED.means,
         EXCLUDED.types, EXCLUDED.urls, EXCLUDED.entries)
     RETURNING id`,
    [
      list.id,
      list.name,
      list.kind,
      list.version,
      list.effect,
      list.means,
      list.types,
      list.urls,
      [...new Set(list.entries)],
      ctx.now().toISOString(),
    ],
  );
  return rows.length > 0;
}
