import type { Feed, Run } from "../../components/feed/run";
import { count } from "../../lib/numbers";

export type Health = "running" | "held" | "failing" | "partial" | "healthy" | "never" | "paused" | "needs_key" | "off";

/** How a feed does, in one word: whether it is on, then how its last pull ended. */
export function feedHealth({
  state,
  status,
  failures,
  held,
}: Pick<Feed, "state" | "status" | "failures" | "held">): Health {
  if (status === "running") return "running";
  if (state !== "on") return state;
  if (status === "never") return "never";
  if (held) return "held";
  if (status === "failed" || status === "lost" || failures > 0) return "failing";
  return status === "partial" ? "partial" : "healthy";
}

const urgency: readonly Health[] = ["held", "failing", "partial", "healthy", "paused", "needs_key", "off"];

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

/** Whether its pull is about to begin: it has been due for a moment only. */
export function isDue({ next_due_at: at }: Pick<Feed, "next_due_at">, now: number): boolean {
  return at !== null && Date.parse(at) <= now && now - Date.parse(at) < patience;
}

/** What a running pull is at, in words, and how far it is with the file at hand: 0 to 100, null where nobody knows. */
export function pullProgress(run: Pick<Run, "lines" | "good" | "bad" | "progress">): {
  words: string;
  percent: number | null;
} | null {
  const { progress, lines, good, bad } = run;
  if (!progress) return null;
  const { phase, bytes, total_bytes: total } = progress;
  const size = total === null ? megabytes(bytes) : `${megabytes(bytes)} of ${megabytes(total)}`;
  const words = {
    fetch: `Fetching, ${size}`,
    check: `Checking, ${size}`,
    merge: `Merging, ${count(lines)} lines, ${count(good)} good, ${count(bad)} bad`,
  };
  return { words: words[phase], percent: total ? Math.min(100, Math.round((bytes / total) * 100)) : null };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}
