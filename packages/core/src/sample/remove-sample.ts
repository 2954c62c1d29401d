import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call, Context } from "../context";
import { type FeedStanding, forgetFeeds } from "../iocs";
import { revokeKey } from "../keys";
import { makeStatsDue, refreshStats } from "../stats";
import { sampleFeedIds } from "../values";
import type { SampleRemoved } from "./shape";
import { asSample, findSample, sampleAuthor, whileAlone } from "./state";

/** What is known of all other feeds: by it the values that they report too are judged anew. */
export type SampleRemoval = { others: readonly FeedStanding[] };

type Ctx = Call<Authorized<SessionCaller | SystemCaller>>;

/**
 * Removes the sample set: its keys first, by the fence; its watchlists and articles; and its feeds' say in every value.
 * What no other source reports is withdrawn, and so revoked for pollers, as if its source had taken it back; the rows
 * themselves go as those of any withdrawn value. Not loaded, it does nothing; stopped in the middle, the next call goes on.
 * Throws `insufficient_role`, and `service_unavailable` where a node has not confirmed that a key is revoked.
 */
export async function removeSample(ctx: Ctx, { others }: SampleRemoval): Promise<SampleRemoved> {
  requireOperator(ctx.caller);
  const { count } = await ctx.db.sample.updateMany({ where: { id: 1 }, data: { state: "removing" } });
  if (count === 0) return { data: { iocs: 0, withdrawn: 0, articles: 0, keys: 0 } };
  return whileAlone(ctx, async (alive) => {
    const keys = await endKeys(ctx, alive);
    await ctx.db.watchlist.deleteMany({ where: { createdBy: sampleAuthor } });
    const articles = await deleteArticles(ctx);
    const { iocs, withdrawn } = await forgetAll(ctx, others, alive);
    const data = { iocs, withdrawn, articles, keys };
    await ctx.db.$transaction(async (tx) => {
      await tx.sample.deleteMany({ where: { id: 1 } });
      const target = { type: "sample", id: null, name: "Sample set" };
      await appendEvent(ctx, { action: "sample.remove", target, details: data }, tx);
    });
    await makeStatsDue(ctx);
    await refreshStats(ctx);
    return { data };
  });
}

/**
 * What may come after a removal: a real feed reports a value that the set had withdrawn, which then is that feed's alone;
 * and the names of the set's feeds go with the last row that needs them.
 */
export async function tidySample(ctx: Context, { others }: SampleRemoval): Promise<void> {
  const known = await ctx.db.feed.count({ where: { id: { in: [...sampleFeedIds] } } });
  if (known > 0 && (await findSample(ctx)) === null) await forgetAll(ctx, others, async () => {});
}

/** Every key is refused by all nodes before the first trace of it goes. */
async function endKeys(ctx: Ctx, alive: () => Promise<void>): Promise<number> {
  const keys = await ctx.db.apiKey.findMany({
    where: { createdBy: sampleAuthor },
    select: { id: true, workspaceId: true },
  });
  for (const { id, workspaceId } of keys) {
    await revokeKey(asSample(ctx, workspaceId), { keyId: id, reason: "The sample set was removed." });
    await alive();
  }
  const ids = keys.map(({ id }) => id);
  await ctx.sql.begin(async ({ query }) => {
    for (const table of ["usage_minute", "usage_hour", "usage_day_route", "key_refusal", "notice"]) {
      await query(`DELETE FROM ${table} WHERE key_id = ANY ($1::uuid[])`, [ids]);
    }
    await query("DELETE FROM api_key WHERE id = ANY ($1::uuid[]) AND revoked_at IS NOT NULL", [ids]);
  });
  return ids.length;
}

async function deleteArticles(ctx: Ctx): Promise<number> {
  const [row] = await ctx.sql.query<{ n: number }>(
    `WITH gone AS (
       DELETE FROM article WHERE feed_id = ANY ($1::text[]) RETURNING id
     ), unnamed AS (
       DELETE FROM article_ioc USING gone WHERE article_id = gone.id
     ), unqueued AS (
       DELETE FROM watchlist_article USING gone WHERE article_id = gone.id
     ), unmatched AS (
       DELETE FROM watchlist_match USING gone WHERE subject = 'article' AND subject_id = gone.id
     )
     SELECT count(*)::int AS n FROM gone`,
    [sampleFeedIds],
  );
  return row?.n ?? 0;
}

async function forgetAll(
  ctx: Context,
  others: readonly FeedStanding[],
  alive: () => Promise<void>,
): Promise<{ iocs: number; withdrawn: number }> {
  const total = { iocs: 0, withdrawn: 0 };
  for (let full = true; full; ) {
    const done = await forgetFeeds(ctx, { feedIds: sampleFeedIds, others });
    total.iocs += done.iocs;
    total.withdrawn += done.withdrawn;
    full = done.full;
    await alive();
  }
  await ctx.sql.query(
    `DELETE FROM watchlist_match USING ioc
     WHERE subject = 'ioc' AND subject_id = ioc.id AND ioc.sources && $1::text[] AND ioc.withdrawn_at IS NOT NULL`,
    [sampleFeedIds],
  );
  await ctx.sql.query("DELETE FROM feed_run WHERE feed_id = ANY ($1::text[])", [sampleFeedIds]);
  // A withdrawn value goes on naming its source, as long as it is kept.
  await ctx.sql.query(
    `DELETE FROM feed WHERE id = ANY ($1::text[]) AND NOT EXISTS (SELECT FROM ioc WHERE ioc.sources @> ARRAY[feed.id])`,
    [sampleFeedIds],
  );
  await ctx.sql.query("UPDATE feed SET enabled = false, last_success_at = NULL WHERE id = ANY ($1::text[])", [
    sampleFeedIds,
  ]);
  return total;
}
