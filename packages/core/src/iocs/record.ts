import type { Category, Confidence, IocType, Tlp } from "../values";

/** One stored IOC, as lists, exports and searches read it; the source is the first feed that reported it. */
export type IocRecord = {
  readonly id: string;
  readonly type: IocType;
  readonly value: string;
  readonly confidence: Confidence;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** When the record was added here. */
  readonly createdAt: Date;
  /** When the record was added or last changed here. */
  readonly updatedAt: Date;
  readonly tags: readonly string[];
  readonly mitreTechniques: readonly string[];
  readonly threatType: string | null;
  readonly malwareFamily: string | null;
  readonly tlp: Tlp;
  /** 0–100. */
  readonly riskScore: number;
  readonly sourcesCount: number;
  readonly feedId: string;
  readonly feedName: string;
  readonly category: Category;
  readonly referenceUrl: string | null;
  readonly context: string | null;
  readonly validUntil: Date | null;
  /** Since when no source stands for it any more; null while one does. */
  readonly withdrawnAt: Date | null;
  /** How often it came back after that. */
  readonly generation: number;
  /** Names of the warninglists that the value is on. */
  readonly warnings: readonly string[];
  /** The article that first named it here, where the first source is one. */
  readonly article: { readonly id: string; readonly title: string; readonly url: string } | null;
};

/**
 * What a source is. A *list* says what is bad now, for as long as it lists it; the rows of a *log* have their own times; an
 * *archive* keeps reports, and reading it anew says nothing new of them.
 */
export const feedNatures = ["list", "log", "archive"] as const;
export type FeedNature = (typeof feedNatures)[number];

/** What the merge must know of the feed that made the observations. */
export type FeedFacts = {
  id: string;
  name: string;
  category: Category;
  confidence: Confidence;
  tlp: Tlp;
  /** How far to trust it, 0 to 100; its category's where absent. */
  reputation?: number;
  /** Points that its record here adds to that, or takes away. */
  record?: number;
  /** Other feeds that repeat what it says, or that it repeats: together they are one source. */
  kin?: readonly string[];
  /** For how many days it stands for what it lists no more, by type; the type's own where absent, null = for ever. */
  lifetimeDays?: Readonly<Partial<Record<IocType, number | null>>>;
  /** A list where absent. */
  nature?: FeedNature;
};
