import { countPublications } from "@tocsin/core/changes";
import type { Context } from "@tocsin/core/context";

export type CollectionCounts = { readonly objects: ReadonlyMap<string, number>; readonly at: Date };
export type CollectionCounter = () => Promise<CollectionCounts>;

/** Counts at most once in `maxAgeMs`, whoever asks: it reads an index whole. */
export function createCollectionCounter(ctx: Pick<Context, "sql" | "now">, maxAgeMs = 10_000): CollectionCounter {
  let known: { until: number; counts: Promise<CollectionCounts> } | null = null;
  return () => {
    const at = ctx.now();
    if (known && at.getTime() < known.until) return known.counts;
    const counts = countPublications(ctx).then((objects) => ({ objects, at }));
    known = { until: at.getTime() + maxAgeMs, counts };
    counts.catch(() => {
      known = null;
    });
    return counts;
  };
}
