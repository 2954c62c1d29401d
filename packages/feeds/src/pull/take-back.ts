import { forgetEnded } from "@tocsin/core/iocs";
import { iocTypes } from "@tocsin/core/values";
import { kinOf } from "../catalog/one-source";
import { feeds } from "../catalog/registry";
import { retryConflicts } from "./mergers/ingest-lanes";
import type { Pull } from "./pull";

/**
 * After a whole reading of a list that takes back what it lists no more: what it said of those values goes, where others
 * report them. Their lifetimes are the types of values that it may have.
 */
export async function takeBack({ ctx, feed, signal, tally }: Pull): Promise<void> {
  const isWhole = tally.failures.length + tally.quarantined.length === 0 && tally.counts.files > 0;
  if (!feed.takesBack || !isWhole) return;
  const types = iocTypes.filter((type) => feed.lifetimeDays?.[type] !== undefined);
  const others = feeds.map((each) => ({ id: each.id, tlp: each.tlp, reputation: each.reputation, kin: kinOf(each) }));
  for (let full = true; full; ) {
    signal.throwIfAborted();
    const done = await retryConflicts(() => forgetEnded(ctx, { feedId: feed.id, types, others }), signal);
    tally.ended += done.iocs;
    full = done.full;
  }
}
