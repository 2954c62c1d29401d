import type { Context } from "../context";
import { sampleFeedIds } from "../values";

/** A feed whose last pull ended at `endedAt`; `unreachable`: none of its servers could be reached. */
export type LastPull = { unreachable: boolean; endedAt: Date };

export type Connectivity = {
  /** Whether none of the feeds that were pulled since the last one that answered could be reached. */
  offline: boolean;
  /** Since the first of those pulls; null where `offline` is false. */
  since: Date | null;
  /** Feeds that were pulled in the last days. */
  feeds: number;
};

/** Fewer feeds than this may be down by themselves. */
const fewest = 3;

/**
 * Whether it is the network that fails, and not the feeds: of those pulled since the last one that was reached, at least
 * three and a tenth of all (or all there are: `known`). One feed that answers ends it.
 */
export function decideConnectivity(pulls: readonly LastPull[], known: number): Connectivity {
  const reached = Math.max(...pulls.map(({ unreachable, endedAt }) => (unreachable ? -Infinity : endedAt.getTime())));
  const lost = pulls.filter(({ unreachable, endedAt }) => unreachable && endedAt.getTime() >= reached);
  const least = reached === -Infinity ? fewest : Math.max(fewest, Math.ceil(pulls.length / 10));
  const offline = lost.length > 0 && lost.length >= Math.min(known, least);
  const since = offline ? new Date(Math.min(...lost.map(({ endedAt }) => endedAt.getTime()))) : null;
  return { offline, since, feeds: pulls.length };
}

/** The same of what is stored. Feeds of the sample set, and those that are not pulled any more, have no say. */
export async function readConnectivity(ctx: Pick<Context, "sql">): Promise<Connectivity> {
  const rows = await ctx.sql.query<{ unreachable: boolean; ended_at: Date | null }>(
    `SELECT feed.unreachable, run.finished_at AS ended_at FROM feed
     LEFT JOIN LATERAL (
       SELECT finished_at FROM feed_run WHERE feed_id = feed.id AND finished_at IS NOT NULL AND status <> 'lost'
       ORDER BY started_at DESC LIMIT 1
     ) AS run ON run.finished_at > now() - interval '7 days'
     WHERE feed.enabled AND feed.id <> ALL ($1::text[])`,
    [sampleFeedIds],
  );
  const pulls = rows.flatMap(({ unreachable, ended_at: endedAt }) => (endedAt ? [{ unreachable, endedAt }] : []));
  return decideConnectivity(pulls, rows.length);
}

/** Has the feeds that could not be reached pulled within five minutes, since one has been reached again. */
export async function wakeUnreachable(ctx: Pick<Context, "sql">): Promise<void> {
  await ctx.sql.query(
    `UPDATE feed SET next_due_at = LEAST(next_due_at, now() + random() * interval '5 minutes')
     WHERE unreachable AND enabled`,
  );
}
