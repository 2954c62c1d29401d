import type { Context } from "../context";
import { useEditions } from "./current";
import type { AttackEdition } from "./tables";

/** Keeps what this process knows of ATT&CK as the database last had it. */
export type CachedAttack = {
  /** Reads what has changed since; a statement that finds nothing new reads one small aggregate. */
  readonly refresh: () => Promise<void>;
};

/** What is shipped until the first `refresh`. */
export function cacheAttack(ctx: Pick<Context, "sql">): CachedAttack {
  let state = "";
  return {
    refresh: async () => {
      const [row] = await ctx.sql.query<{ state: string }>(
        "SELECT concat_ws(' ', count(*), max(changed_at)) AS state FROM attack_edition",
      );
      const now = row?.state ?? "";
      if (now === state) return;
      useEditions(await readEditions(ctx.sql));
      state = now;
    },
  };
}

type Row = Pick<AttackEdition, "matrix" | "tables"> & { applies_from: Date };

/** Every edition in its order; of those that another has followed only what records print. */
export async function readEditions(sql: Pick<Context["sql"], "query">): Promise<AttackEdition[]> {
  const rows = await sql.query<Row>(
    `SELECT matrix, applies_from, CASE WHEN applies_from = max(applies_from) OVER (PARTITION BY matrix) THEN tables
       ELSE tables - 'groups' - 'software' END AS tables
     FROM attack_edition ORDER BY applies_from, matrix`,
  );
  return rows.map(({ matrix, applies_from, tables }) => ({ matrix, appliesFrom: applies_from.getTime(), tables }));
}
