import { type Authorized, authenticated, type SystemCaller } from "../access";
import { type Call, type Context, noOrigin } from "../context";
import { AppError } from "../errors";
import { recordId, sampleFeedIds } from "../values";
import type { SampleAnswer } from "./shape";

/** Who has made the keys and watchlists of the set: no person's address has this form. */
export const sampleAuthor = "Tocsin sample set";

export type SampleRow = {
  state: "loading" | "loaded" | "removing";
  workspaceId: string | null;
  anchorAt: Date;
  loadedBy: string;
};

/** How long a process that was killed keeps others from going on. */
const leaseSeconds = 30;

/** The set itself, acting in a workspace. */
export function asSample(ctx: Context, workspaceId: string): Call<Authorized<SystemCaller>> {
  const { db, sql, now, log, instance, peppers, auditKeys, warninglists, revocation } = ctx;
  const context = { db, sql, now, log, instance, peppers, auditKeys, warninglists, revocation };
  return {
    ...context,
    caller: authenticated({ kind: "system", name: sampleAuthor, workspaceId }),
    origin: noOrigin,
  };
}

export function sampleWatchlistId(workspaceId: string): string {
  return recordId(`Tocsin sample watchlist of ${workspaceId}`);
}

export async function findSample(ctx: Pick<Context, "db">): Promise<SampleRow | null> {
  const row = await ctx.db.sample.findUnique({
    where: { id: 1 },
    select: { state: true, workspaceId: true, anchorAt: true, loadedBy: true },
  });
  return row && { ...row, state: row.state === "loaded" || row.state === "removing" ? row.state : "loading" };
}

/** Whether the set is here, for whoever is signed in. */
export async function getSample(ctx: Pick<Context, "db"> & { caller: { workspaceId: string } }): Promise<SampleAnswer> {
  const row = await findSample(ctx);
  const where = { workspaceId: ctx.caller.workspaceId, createdBy: sampleAuthor };
  const [keys, watchlists] = await Promise.all([
    ctx.db.apiKey.findMany({ where, select: { id: true } }),
    ctx.db.watchlist.findMany({ where, select: { id: true } }),
  ]);
  return {
    data: {
      state: row?.state ?? "none",
      loaded_at: row?.state === "loaded" ? row.anchorAt.toISOString() : null,
      loaded_by: row?.loadedBy ?? null,
      feed_ids: row ? [...sampleFeedIds] : [],
      key_ids: keys.map(({ id }) => id),
      watchlist_ids: watchlists.map(({ id }) => id),
    },
  };
}

/**
 * Does `work` while no other process loads or removes the set. `alive` extends the right to it. Throws
 * `concurrency_limit_exceeded` while another is at it.
 */
export async function whileAlone<Result>(
  ctx: Pick<Context, "sql">,
  work: (alive: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const hold = `UPDATE sample SET busy_until = clock_timestamp() + interval '${leaseSeconds} seconds' WHERE id = 1`;
  const rows = await ctx.sql.query(`${hold} AND COALESCE(busy_until < clock_timestamp(), true) RETURNING id`);
  if (rows.length === 0) {
    throw new AppError("concurrency_limit_exceeded", {
      message: "The sample set is being loaded or removed right now. Try again in a moment.",
      retryAfter: leaseSeconds,
    });
  }
  try {
    return await work(async () => {
      await ctx.sql.query(hold);
    });
  } finally {
    await ctx.sql.query("UPDATE sample SET busy_until = NULL WHERE id = 1").catch(() => {});
  }
}
