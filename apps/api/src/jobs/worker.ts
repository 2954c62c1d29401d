import { loadOwnFeeds, startScheduler } from "@tocsin/feeds";
import { startAuditPush } from "../audit-push/push-audit";
import type { Deps } from "../deps";
import { startDeliveries } from "../notices/deliver-due";
import { startMatching } from "./match-watchlists";
import { startPeriodicJobs } from "./periodic-jobs";
import { startSequencer } from "./sequencer";

/** Pulls the chosen feeds when they are due and runs the jobs, until `stop()`. */
export function startWorker(deps: Deps): { stop: () => Promise<void> } {
  const scheduler = startScheduler(deps.context, {
    feeds: deps.feeds,
    // TOCSIN_FEEDS=off is an instance that asks nobody.
    ...(deps.settings.feeds === "off" ? {} : { ownFeeds: () => loadOwnFeeds(deps.context) }),
    node: deps.node,
    settings: deps.feedSettings,
  });
  const jobs = startPeriodicJobs(deps);
  const deliveries = startDeliveries(deps);
  const matching = startMatching(deps);
  const sequencer = startSequencer(deps);
  const pushing = startAuditPush(deps);
  return {
    stop: async () => {
      await Promise.all([
        scheduler.stop(),
        jobs.stop(),
        deliveries.stop(),
        matching.stop(),
        sequencer.stop(),
        pushing.stop(),
      ]);
    },
  };
}
