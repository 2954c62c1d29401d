import type { Context } from "../context";
import { type ClaimedRun, claimRun } from "./claim-run";
import type { RunCounts } from "./extend-claim";
import { finishRun } from "./finish-run";
import type { RunOutcome } from "./schedule";
import type { FeedDescription } from "./shape";
import { syncFeeds } from "./sync-feeds";

export const noCounts: RunCounts = {
  files: 0,
  bytes: 0,
  lines: 0,
  good: 0,
  bad: 0,
  iocsNew: 0,
  iocsChanged: 0,
  sightingsNew: 0,
};

type ClaimOptions = Partial<Parameters<typeof claimRun>[1]>;

/** The feeds `a` and `b`, and no other; and the shortest way to claim and finish runs of the first. */
export function testRuns(getContext: () => Context) {
  const claim = (options: ClaimOptions = {}) =>
    claimRun(getContext(), { feedId: "a", node: "one", trigger: "schedule", leaseSeconds: 60, ...options });
  return {
    reset: async () => {
      await getContext().sql.query("DELETE FROM feed");
      await syncFeeds(getContext(), [
        { id: "a", name: "A", category: "threat-feed" },
        { id: "b", name: "B", category: "community" },
      ]);
    },
    claim,
    claimed: async (options: ClaimOptions = {}): Promise<ClaimedRun> => {
      const run = await claim(options);
      if (!run) throw new Error("not claimed");
      return run;
    },
    finish: (run: ClaimedRun, outcome: RunOutcome, counts: Partial<RunCounts> = {}, nextDueInSeconds = 0) =>
      finishRun(getContext(), {
        feedId: run.feedId,
        runId: run.id,
        outcome,
        counts: { ...noCounts, ...counts },
        error: outcome === "failed" ? "it broke" : null,
        badLines: [],
        nextDueInSeconds,
      }),
  };
}

/** What the instance says of a feed. */
export const described = (id: string, state: FeedDescription["state"] = "on"): FeedDescription => ({
  id,
  name: id,
  vendor: "Vendor",
  own: false,
  kind: "indicators",
  category: "threat-feed",
  homepage: "https://feed.example/",
  licence: { name: "CC0-1.0", url: null, redistribution: "yes" },
  tlp: "clear",
  needs_key: state === "needs_key" ? "TOCSIN_ABUSECH_KEY" : null,
  interval_seconds: 3_600,
  state,
});
