/** The greatest relative error of a percentile of times between `least` and `most`. */
const error = 0.05;
const growth = (1 + error) / (1 - error);
/** Milliseconds; what is faster counts as this, what is slower as `most`. */
const least = 0.1;
const most = 600_000;
const buckets = Math.ceil(Math.log(most / least) / Math.log(growth)) + 1;

/**
 * Counts of response times by logarithmic bucket: bucket i holds the times above least·growth^(i-1) up to
 * least·growth^i. Two of them are merged by adding element by element; a missing element is 0.
 */
export type Histogram = number[];

export function bucketOf(durationMs: number): number {
  if (!(durationMs > least)) return 0;
  return Math.min(buckets - 1, Math.ceil(Math.log(durationMs / least) / Math.log(growth)));
}

/** Counts one time, in place. */
export function countTime(histogram: Histogram, durationMs: number): void {
  const bucket = bucketOf(durationMs);
  while (histogram.length <= bucket) histogram.push(0);
  histogram[bucket] = (histogram[bucket] ?? 0) + 1;
}

/** Adds `other` to `histogram`, in place. */
export function mergeHistogram(histogram: Histogram, other: readonly number[]): void {
  while (histogram.length < other.length) histogram.push(0);
  for (const [bucket, count] of other.entries()) histogram[bucket] = (histogram[bucket] ?? 0) + count;
}

/** The time in milliseconds that `share` (0–1) of the requests did not exceed; null when there were none. */
export function percentileOf(histogram: readonly number[], share: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(share * total));
  let seen = 0;
  const bucket = histogram.findIndex((count) => {
    seen += count;
    return seen >= rank;
  });
  // The point that is as far, relatively, from both edges of the bucket.
  return bucket === 0 ? least : (2 * least * growth ** bucket) / (growth + 1);
}
