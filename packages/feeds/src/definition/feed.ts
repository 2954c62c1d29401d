import type { FeedNature } from "@tocsin/core/iocs";
import type { Proxies } from "@tocsin/core/outbound";
import type { FeedDescription } from "@tocsin/core/runs";
import type { Category, Confidence, IocType, Warninglist } from "@tocsin/core/values";
import type { Layout, NewsLayout } from "./layout";

/** One address of a feed. `name` is what validators and bad lines are filed under. */
export type FeedFile = {
  name: string;
  /** `{key}` stands for the vendor's key. The filled-in form is never shown anywhere. */
  url: string;
  /** Sent beside our own; `{key}` as in `url`. Never sent on to another origin by a redirect. */
  headers?: Readonly<Record<string, string>>;
  /** What the index that names it says of its body: with the same it is not asked for. */
  version?: string;
};

type FeedFacts = {
  /** Also the name of its folder in TOCSIN_FEED_MIRROR. */
  id: string;
  name: string;
  vendor: string;
  homepage: string;
  category: Category;
  /** What it is: what its times mean (core's FeedNature). */
  nature: FeedNature;
  /** Of an archive: the day of what neither its row, its document nor its file dates. Rather too early: it is never fresh. */
  undated?: `${number}-${number}-${number}`;
  /** It is the whole list, and what leaves it is said of no value any more, at the latest when its lifetime is over. */
  takesBack?: true;
  /** What is assumed of a record that does not say. */
  confidence: Confidence;
  tlp: "clear" | "green" | "amber" | "amber+strict" | "red";
  /** How far its word that a value is bad is trusted, 0 to 100. Absent takes core's own for its category. */
  reputation?: number;
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
  /** For how many days it stands for what it lists no more, by type; null = for ever. Absent takes core's own. */
  lifetimeDays?: Readonly<Partial<Record<IocType, number | null>>>;
  /** The feed that it repeats for the most part: the two are one source. Feeds of one vendor are one in any case. */
  repeats?: string;
  /** Of a feed that an operator added. */
  own?: OwnSource;
  /** Its files are the pages of a TAXII 2.1 collection: the first one's URL is a server, an API root or a collection. */
  taxii?: { collection: string };
};

/** What a feed of an operator has instead of a setting. */
export type OwnSource = {
  /** What goes in the place of `{key}`. */
  key: string | undefined;
  /** All that must not be seen of it. */
  secrets: readonly string[];
  /** Why it cannot be pulled as it is stored. */
  problem: string | null;
};

/** What a list of harmless values means for an indicator, which the list itself does not say. */
export type ListTerms = Pick<Warninglist, "effect" | "urls">;

/** What feeds of each kind say beside what every feed says. */
type KindFacts = {
  /** The first of the layouts whose shape fits the head of a body reads it. */
  indicators: { layouts: readonly Layout[] };
  /** News items or advisories, whose indicators are read out of their texts. */
  articles: {
    layouts: readonly NewsLayout[];
    /** 1 speaks for itself, 2 reports what others found, 3 gathers. */
    tier: 1 | 2 | 3;
    /** Whether the page of a new item is fetched where the item itself has a teaser alone. */
    fullText: boolean;
  };
  /** What is most probably harmless, one list a file. */
  warninglists: {
    layouts: readonly Pick<Layout, "name" | "fits">[];
    /** What is made of the list of a name, which is its file's without the ending. */
    termsOf: (name: string) => ListTerms;
  };
  /** ATT&CK's own bundles, one a file: names and tactics of techniques, groups and software. */
  attack: { layouts: readonly Pick<Layout, "name" | "fits">[] };
};

/** What a feed brings. */
export type FeedKind = FeedDescription["kind"];

/** A feed of one kind, or of one of several. */
export type FeedOf<Kind extends FeedKind> = { [Each in Kind]: FeedFacts & { kind: Each } & KindFacts[Each] }[Kind];

export type IndicatorFeed = FeedOf<"indicators">;
export type ArticleFeed = FeedOf<"articles">;

/** What a feed is: pure data, and the layouts in which its vendor publishes. Its state is in the database. */
export type FeedDefinition = FeedOf<FeedKind>;

/** A feed that Tocsin knows by itself: one file under sources/, from which docs/feeds.md is written. */
type SourceOf<Kind extends FeedKind> = FeedOf<Kind> & {
  /** What is kept of a record, in words for the documentation. */
  takes: string;
  /** The vendor no longer adds to it; it stays for what it lists. */
  ended?: true;
  /** The month (YYYY-MM) in which it was last known to answer. */
  answered: string;
  /** What keeps it from answering since, or to whom it answers. */
  trouble?: string;
};

export type IndicatorSource = SourceOf<"indicators">;
export type ArticleSource = SourceOf<"articles">;
export type WarninglistSource = SourceOf<"warninglists">;
export type AttackSource = SourceOf<"attack">;
export type Source = SourceOf<FeedKind>;

/** The settings that hold vendors' keys. */
export const feedKeys = ["TOCSIN_ABUSECH_KEY", "TOCSIN_OTX_KEY"] as const;
export type FeedKey = (typeof feedKeys)[number];

/** What the composition root gives to every pull. */
export type FeedSettings = {
  /** TOCSIN_FEED_MIRROR: a folder that is read in place of the network. */
  mirror?: string | undefined;
  keys: Readonly<Partial<Record<FeedKey, string>>>;
  /** TOCSIN_REPORTS_SINCE: what repositories have from before is not fetched. Absent: two years before the pull. */
  reportsSince?: Date | undefined;
  /** TOCSIN_ALLOW_PRIVATE_FEEDS: feeds of operators may be at addresses that are not on the open internet. */
  privateFeeds?: boolean;
  /** HTTPS_PROXY and HTTP_PROXY; absent, requests go as they are. */
  proxies?: Proxies | undefined;
  /** A folder of this process for bodies on their way in; made when absent. */
  spoolDir: string;
  publicUrl: string;
  version: string;
};

export const megabyte = 1024 * 1024;
