import type { Authorized, SessionCaller } from "@tocsin/core/access";
import type { Context } from "@tocsin/core/context";
import { countKeys } from "@tocsin/core/keys";
import { dayMs } from "@tocsin/core/lib";
import { type FeedShape, listFeeds, readConnectivity } from "@tocsin/core/runs";
import { describeKnownFeeds } from "../settings/known-feeds";
import type { ApiContext } from "./context";
import type { Overview } from "./routers/overview";

const chartDays = 14;

/** What the dashboard's first page shows of the workspace and the instance. */
export async function readOverview(
  ctx: Omit<ApiContext, "caller"> & { caller: Authorized<SessionCaller> },
): Promise<Overview> {
  const { data: feeds } = await listFeeds(ctx, await describeKnownFeeds(ctx, ctx.parts.settings));
  const on = feeds.filter((feed) => feed.state === "on");
  const { proxies, feedMirror, feeds: chosen } = ctx.parts.settings;
  const { offline, since } = await readConnectivity(ctx);
  const untried = (feed: FeedShape) =>
    feed.status === "never" || (feed.status === "running" && feed.last_success_at === null && feed.failures === 0);
  const daily = await requestsByDay(ctx, ctx.caller.workspaceId);
  return {
    stats: await ctx.parts.stats.get(),
    keys: { ...(await countKeys(ctx)), limit: ctx.caller.tier.keys },
    requests: { total: sum(daily.map((day) => day.requests)), errors: sum(daily.map((day) => day.errors)), daily },
    feeds: {
      total: feeds.length,
      ok: on.filter((feed) => !untried(feed) && feed.held === null && feed.failures === 0 && !feed.unreachable).length,
      held: on.filter((feed) => feed.held !== null).length,
      failing: on.filter((feed) => feed.held === null && feed.failures > 0 && !feed.unreachable).length,
      unreachable: on.filter((feed) => feed.held === null && feed.unreachable).length,
      never: on.filter(untried).length,
      off: feeds.filter((feed) => feed.state === "off").length,
      paused: feeds.filter((feed) => feed.state === "paused").length,
      needs_key: feeds.filter((feed) => feed.state === "needs_key").length,
    },
    network: {
      offline,
      since: since?.toISOString() ?? null,
      proxy: proxies.about,
      mirror: feedMirror !== undefined,
      feeds_off: chosen === "off",
    },
    latest_runs: feeds
      .filter((feed) => !feed.unreachable)
      .flatMap((feed) => (feed.last_run ? [{ ...feed.last_run, feed_name: feed.name }] : []))
      .sort((a, b) => b.started_at.localeCompare(a.started_at))
      .slice(0, 10),
  };
}

/** One row for each of the last days, oldest first. */
async function requestsByDay(ctx: Context, workspaceId: string) {
  const today = Math.floor(ctx.now().getTime() / dayMs);
  const dates = Array.from({ length: chartDays }, (_, i) =>
    new Date((today - chartDays + 1 + i) * dayMs).toISOString().slice(0, 10),
  );
  const rows = await ctx.sql.query<{ date: string; requests: number; errors: number }>(
    `SELECT usage_day.day::text AS date, sum(usage_day.requests) AS requests, sum(usage_day.errors) AS errors
     FROM api_key JOIN usage_day ON usage_day.key_id = api_key.id
     WHERE api_key.workspace_id = $1::uuid AND usage_day.day >= $2::date GROUP BY 1`,
    [workspaceId, dates[0]],
  );
  const byDate = new Map(rows.map((row) => [row.date, row]));
  return dates.map((date) => ({
    date,
    requests: Number(byDate.get(date)?.requests ?? 0),
    errors: Number(byDate.get(date)?.errors ?? 0),
  }));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
