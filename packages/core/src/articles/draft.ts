import type { FeedFacts } from "../iocs";

/** What a feed says of one article. `title`, `summary` and `body` may hold markup and its entities. */
export type ArticleDraft = {
  /** Absolute. */
  url: string;
  title: string;
  /** Empty where the feed gives none. */
  summary: string;
  /** null where the feed gives a summary alone. */
  body: string | null;
  imageUrl: string | null;
  publishedAt: Date | null;
};

/** What an article's row must know of the feed that brought it. */
export type ArticleFeedFacts = FeedFacts & {
  /** 1 speaks for itself, 2 reports what others found, 3 gathers. */
  tier: 1 | 2 | 3;
  /** Whether the publisher's terms allow to keep the body. */
  keepsText: boolean;
  /** Hosts whose links are the publisher's own, never indicators. */
  publisherHosts: readonly string[];
};
