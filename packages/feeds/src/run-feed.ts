import type { Context } from "@tocsin/core/context";
import type { BadLine, RunCounts } from "@tocsin/core/runs";
import type { FeedDefinition, FeedSettings } from "./feed";

export type FeedProgress = {
  feedId: string;
  phase: "fetch" | "parse" | "done";
  bytes: number;
  totalBytes?: number;
  lines: number;
  good: number;
  bad: number;
};

/** How one pull ended. `skipped` opened no run: `error` says why. */
export type RunReport = RunCounts & {
  feedId: string;
  runId: string | null;
  status: "ok" | "partial" | "unchanged" | "failed" | "lost" | "skipped";
  seconds: number;
  error: string | null;
  warnings: readonly string[];
  badLines: readonly BadLine[];
};

export type RunFeedOptions = {
  node: string;
  trigger: "schedule" | "manual";
  settings: FeedSettings;
  onProgress?: (progress: FeedProgress) => void;
  signal?: AbortSignal;
};

export async function runFeed(_ctx: Context, _feed: FeedDefinition, _options: RunFeedOptions): Promise<RunReport> {
  throw new Error("being built");
}
