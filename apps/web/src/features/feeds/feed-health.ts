import { daySeconds, hourSeconds } from "@tocsin/core/lib/durations";
import { type Feed, type Run, runStatuses } from "../../components/feed/run";
import { count } from "../../lib/numbers";

type State = Feed["state"];
/** The state of a feed and, where it is on, how its last pull ended. */
export type Health =
  | Exclude<State, "on">
  | "running"
  | "held"
  | "failing"
  | "unreachable"
  | "partial"
  | "healthy"
  | "never";

/** Looks of each, and its place in the list: what needs attention first. A feed does not jump while it is pulled. */
export const healths = {
  held: { label: "Held back", color: "orange", variant: "light", urgency: 0 },
  failing: { label: "Failing", color: "red", variant: "light", urgency: 1 },
  unreachable: { label: "No network", color: "gray", variant: "light", urgency: 4 },
  partial: { label: "Partial", color: "yellow", variant: "light", urgency: 2 },
  healthy: { label: "Healthy", color: "teal", variant: "light", urgency: 3 },
  running: { label: "Pulling", color: "blue", variant: "light", urgency: 3 },
  never: { label: "Not pulled yet", color: "gray", variant: "light", urgency: 3 },
  paused: { label: "Paused", color: "gray", variant: "default", urgency: 5 },
  needs_key: { label: "Needs a key", color: "yellow", variant: "default", urgency: 6 },
  off: { label: "Off", color: "gray", variant: "default", urgency: 7 },
} as const satisfies Record<Health, { label: string; color: string; variant: string; urgency: number }>;

/** How a feed does, in one word: whether it is on, then how its last pull ended. */
export function feedHealth({
  state,
  status,
  failures,
  held,
  unreachable,
}: Pick<Feed, "state" | "status" | "failures" | "held" | "unreachable">): Health {
  if (status === "running") return "running";
  if (state !== "on") return state;
  if (status === "never") return "never";
  if (held) return "held";
  if (unreachable) return "unreachable";
  if (runStatuses[status].failed || failures > 0) return "failing";
  return status === "partial" ? "partial" : "healthy";
}

/** The most urgent first, then by name. */
export function byUrgency(a: Feed, b: Feed): number {
  return healths[feedHealth(a)].urgency - healths[feedHealth(b)].urgency || a.name.localeCompare(b.name);
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
  if (seconds % daySeconds === 0) return `${seconds / daySeconds} d`;
  if (seconds % hourSeconds === 0) return `${seconds / hourSeconds} h`;
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
