import type { Context } from "@tocsin/core/context";
import { type FeedFacts, maxBatch, type Retracted, retractRecords } from "@tocsin/core/iocs";
import { retryConflicts } from "./ingest-lanes";

/** Ends what a feed said in records that a body of it revokes; comes after the merge of that body. */
export async function retract(
  ctx: Context,
  feed: Pick<FeedFacts, "id">,
  { revokedRecords, signal }: { revokedRecords: ReadonlySet<string>; signal: AbortSignal },
): Promise<Retracted> {
  const sum = { ended: 0, withdrawn: 0 };
  const all = [...revokedRecords];
  for (let from = 0; from < all.length; from += maxBatch) {
    signal.throwIfAborted();
    const records = all.slice(from, from + maxBatch);
    const { ended, withdrawn } = await retryConflicts(() => retractRecords(ctx, { feedId: feed.id, records }), signal);
    sum.ended += ended;
    sum.withdrawn += withdrawn;
  }
  return sum;
}
