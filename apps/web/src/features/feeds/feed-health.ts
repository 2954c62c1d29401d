import type { Outputs } from "../../lib/trpc";

export type Feed = Outputs["feeds"]["list"]["data"][number];
export type Run = Outputs["feeds"]["runs"]["data"][number];

export type Health = "running" | "failing" | "partial" | "healthy" | "never" | "paused" | "needs_key" | "off";

/** How a feed does, in one word: whether it is on, then how its last pull ended. */
export function feedHealth({ state, status, failures }: Pick<Feed, "state" | "status" | "failures">): Health {
  if (status === "running") return "running";
  if (state !== "on") return state;
  if (status === "never") return "never";
  if (status === "failed" || status === "lost" || failures > 0) return "failing";
  return status === "partial" ? "partial" : "healthy";
}

const urgency: readonly Health[] = ["failing", "partial", "healthy", "paused", "needs_key", "off"];

/** What wants a look first, then what runs, then what does not. */
export function byUrgency(a: Feed, b: Feed): number {
  return urgencyOf(a) - urgencyOf(b) || a.name.localeCompare(b.name);
}

function urgencyOf(feed: Feed): number {
  const health = feedHealth(feed);
  // A feed does not jump while it is pulled.
  return urgency.indexOf(health === "running" || health === "never" ? "healthy" : health);
}

/** What was asked of a feed: the run that was its last then, and when that was, in milliseconds. */
export type Pull = { lastRun: string | null; at: number };

const patience = 90_000;

/** Whether a pull runs, or is asked for and has not begun; a request that nothing came of is forgotten after a while. */
export function isPulling(feed: Pick<Feed, "status" | "last_run">, pull: Pull | undefined, now: number): boolean {
  if (feed.status === "running") return true;
  return pull !== undefined && (feed.last_run?.id ?? null) === pull.lastRun && now - pull.at < patience;
}

/** 21600 as "6 h". */
export function interval(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return `${Math.round(seconds / 60)} min`;
}
