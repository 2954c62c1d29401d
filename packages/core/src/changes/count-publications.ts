import type { Context } from "../context";
import { collections, type Kind } from "../values";

/** How many objects each collection holds, revoked ones included, by its id. Reads an index whole: keep the answer. */
export async function countPublications(ctx: Pick<Context, "sql">): Promise<ReadonlyMap<string, number>> {
  const rows = await ctx.sql.query<{ kind: Kind; n: number }>(
    "SELECT kind, count(*) AS n FROM publication GROUP BY kind",
  );
  return new Map(
    collections.map(({ id, kinds }) => [
      id,
      rows.filter(({ kind }) => kinds === null || kinds.includes(kind)).reduce((sum, { n }) => sum + n, 0),
    ]),
  );
}
