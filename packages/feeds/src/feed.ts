import type { Category, Confidence } from "@tocsin/core/iocs";
import type { Layout } from "./layout";

/** One address of a feed. `name` is what validators and bad lines are filed under. */
export type FeedFile = {
  name: string;
  /** `{key}` stands for the vendor's key. The filled-in form is never shown anywhere. */
  url: string;
  /** Sent beside our own; `{key}` as in `url`. Never sent on to another origin by a redirect. */
  headers?: Readonly<Record<string, string>>;
};

/** What a feed is: pure data, and the layouts in which its vendor publishes. Its state is in the database. */
export type FeedDefinition = {
  /** Also the name of its folder in TOCSIN_FEED_MIRROR. */
  id: string;
  name: string;
  vendor: string;
  homepage: string;
  category: Category;
  /** What is assumed of a record that does not say. */
  confidence: Confidence;
  tlp: "clear" | "green" | "amber" | "amber+strict" | "red";
  licence: { name: string; url: string | null; redistribution: "yes" | "no" | "unclear" };
  intervalSeconds: number;
  /** The vendor's own limit: never fetched again sooner, by hand neither. */
  minSeconds?: number;
  /** The setting that holds the vendor's key; without it the feed is off. */
  needsKey?: FeedKey;
  /** The same data as another feed in another format: off unless it is named in TOCSIN_FEEDS or mirrored. */
  alternativeOf?: string;
  /** Bytes of one file, both as sent and unpacked. */
  maxBytes: number;
  files: readonly [FeedFile, ...FeedFile[]];
  /** The first whose shape fits the head of a body reads it. */
  layouts: readonly Layout[];
};

/** The settings that hold vendors' keys. */
export const feedKeys = ["TOCSIN_ABUSECH_KEY", "TOCSIN_OTX_KEY"] as const;
export type FeedKey = (typeof feedKeys)[number];

/** What the composition root gives to every pull. */
export type FeedSettings = {
  /** TOCSIN_FEED_MIRROR: a folder that is read in place of the network. */
  mirror?: string | undefined;
  keys: Readonly<Partial<Record<FeedKey, string>>>;
  /** A folder of this process for bodies on their way in; made when absent. */
  spoolDir: string;
  publicUrl: string;
  version: string;
};

export const megabyte = 1024 * 1024;
