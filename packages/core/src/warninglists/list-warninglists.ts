import type { Authorized, SessionCaller } from "../access";
import type { Call, Context } from "../context";
import { allowedName, warninglistsOf } from "./cached-warninglists";
import { fingerprintOf } from "./remark-iocs";
import type { WarninglistPage } from "./shape";

/** Milliseconds; a count that takes longer is left out. */
const longestCount = 3_000;

/** The lists that count now, and how many stored indicators each of them marks. */
export async function listWarninglists(ctx: Call<Authorized<SessionCaller>>): Promise<WarninglistPage> {
  const { lists } = warninglistsOf(ctx);
  const [marking, counts, changed] = await Promise.all([
    ctx.sql.query<{ lists: string; place: string | null; finished_at: Date | null }>(
      "SELECT lists, place, finished_at FROM warninglist_marking",
    ),
    countMarked(ctx),
    ctx.sql.query<{ id: string; changed_at: Date }>("SELECT id, changed_at FROM warninglist"),
  ]);
  const [state] = marking;
  const changedAt = new Map(changed.map((row) => [row.id, row.changed_at]));
  const own = lists.filter(({ name }) => name === allowedName);
  const data = lists
    .filter(({ name }) => name !== allowedName)
    .map(({ id, name, kind, version, effect, means, entries }) => ({
      ...{ id, name, kind, version, effect, means },
      origin: changedAt.has(id) ? ("feed" as const) : ("shipped" as const),
      entries: kind === "public-suffix" ? null : entries.length,
      changed_at: changedAt.get(id)?.toISOString() ?? null,
      marked: effect === "note" ? null : markedBy(counts, name),
    }));
  const [first] = own;
  const operators = first && {
    ...{ id: "allowed", name: first.name, kind: first.kind, version: first.version, effect: first.effect },
    ...{ means: first.means, origin: "operators" as const, changed_at: null },
    entries: own.reduce((sum, { entries }) => sum + entries.length, 0),
    marked: markedBy(counts, first.name),
  };
  return {
    data: operators ? [operators, ...data] : data,
    meta: {
      marked: counts?.total ?? null,
      marking: !state || state.place !== null || state.lists !== fingerprintOf({ lists }),
      finished_at: state?.finished_at?.toISOString() ?? null,
    },
  };
}

type Counts = { total: number; byName: ReadonlyMap<string, number> } | null;

const markedBy = (counts: Counts, name: string) => (counts === null ? null : (counts.byName.get(name) ?? 0));

/** Reads every row that is stored, so only as long as someone may wait for it. */
async function countMarked(ctx: Pick<Context, "sql">): Promise<Counts> {
  try {
    return await ctx.sql.begin(async (sql) => {
      await sql.query(`SET LOCAL statement_timeout = ${longestCount}`);
      const rows = await sql.query<{ warnings: string[]; n: number }>(
        "SELECT warnings, count(*)::int AS n FROM ioc WHERE warnings <> '{}' AND withdrawn_at IS NULL GROUP BY warnings",
      );
      const byName = new Map<string, number>();
      for (const { warnings, n } of rows) for (const name of warnings) byName.set(name, (byName.get(name) ?? 0) + n);
      return { total: rows.reduce((sum, { n }) => sum + n, 0), byName };
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === "57014") return null;
    throw error;
  }
}
