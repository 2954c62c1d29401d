/** What is read of one body of a feed: every observation in its order, times as text. */
export type FeedSample = {
  layout: string;
  says: readonly Readonly<Record<string, unknown>>[];
} & (
  | {
      /** The body, in this folder: where its bytes matter, or it is long. */
      file: string;
    }
  | { body: string }
);

/**
 * `samples` of the file `<feed id>.ts`, one at least for each of the feed's layouts. Hosts, addresses and hashes are
 * made up.
 */
export type FeedSamples = readonly FeedSample[];

/** `unseen` of the same file: no body of the vendor was at hand, and the samples follow what others say who read it. */
export type Unseen = true;
