import type { Context } from "../context";
import { isSampleFeed } from "../values";
import { circuitOf } from "./circuit";
import { readConnectivity } from "./connectivity";
import {
  type FeedDescription,
  type FeedList,
  type FeedShape,
  type RunSummaryRow,
  recentRuns,
  summaryColumns,
  toRunSummary,
} from "./shape";

type FeedRow = {
  id: string;
  enabled: boolean;
  failures: number;
  next_due_at: Date;
  due: boolean;
  running: boolean;
  held_since: Date | null;
  held_run: string | null;
  held_decision: "kept" | "accepted" | null;
  last_success_at: Date | null;
  iocs: number;
  unreachable: boolean;
};

/** The health of each described feed, in the order given: its state, its last runs, what is due when. */
export async function listFeeds(ctx: Context, descriptions: readonly FeedDescription[]): Promise<FeedList> {
  const ids = descriptions.map((feed) => feed.id);
  const feeds = new Map((await ctx.sql.query<FeedRow>(feedRows, [ids])).map((row) => [row.id, row]));
  const runs = new Map<string, RunSummaryRow[]>(ids.map((id) => [id, []]));
  for (const run of await ctx.sql.query<RunSummaryRow>(latestRuns, [ids])) runs.get(run.feed_id)?.push(run);
  const { offline } = await readConnectivity(ctx);
  const data = descriptions.map((feed) => health(feed, feeds.get(feed.id), runs.get(feed.id) ?? [], offline));
  return { data, meta: { total: data.length } };
}

function health(
  description: FeedDescription,
  row: FeedRow | undefined,
  runs: readonly RunSummaryRow[],
  offline: boolean,
): FeedShape {
  const [last] = runs;
  const state = description.state === "on" && row?.enabled === false ? "paused" : description.state;
  const sample = isSampleFeed(description.id);
  return {
    ...description,
    state,
    sample,
    status: last?.status ?? "never",
    ...(row ? standingOf(row, offline) : unknownStanding),
    next_due_at: state === "on" && row && !sample ? row.next_due_at.toISOString() : null,
    last_run: last ? toRunSummary(last) : null,
    recent_runs: runs.map(({ id, status, started_at, good, bad }) => ({
      id,
      status,
      started_at: started_at.toISOString(),
      good,
      bad,
    })),
  };
}

type Standing = Pick<FeedShape, "failures" | "unreachable" | "circuit" | "held" | "iocs" | "last_success_at">;

const unknownStanding: Standing = {
  ...{ failures: 0, unreachable: false, circuit: "closed", held: null, iocs: 0, last_success_at: null },
};

function standingOf(row: FeedRow, offline: boolean): Standing {
  const { held_since: since, held_run: run, held_decision: decision } = row;
  return {
    failures: row.failures,
    unreachable: offline && row.unreachable,
    circuit: circuitOf(row),
    held: since && run ? { since: since.toISOString(), run_id: run, decision } : null,
    iocs: row.iocs,
    last_success_at: row.last_success_at?.toISOString() ?? null,
  };
}

// Sightings are never deleted, so the sum over the runs is their number without a scan of the large table.
const feedRows = `
  SELECT id, enabled, failures, unreachable, next_due_at, last_success_at, held_since, held_run, held_decision,
    next_due_at <= now() AS due, COALESCE(claimed_until >= now(), false) AS running,
    (SELECT COALESCE(sum(sightings_new), 0) FROM feed_run WHERE feed_id = feed.id)::int AS iocs
  FROM feed WHERE id = ANY($1::text[])`;

const latestRuns = `
  SELECT run.* FROM unnest($1::text[]) AS wanted(id)
  CROSS JOIN LATERAL (
    SELECT ${summaryColumns} FROM feed_run WHERE feed_id = wanted.id ORDER BY started_at DESC, id DESC
    LIMIT ${recentRuns}
  ) AS run
  ORDER BY run.started_at DESC, run.id DESC`;
