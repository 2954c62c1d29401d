import type { Category, Confidence, IocType } from "./observation";

/** TLP 2.0 labels, least restrictive first. */
export const tlps = ["clear", "green", "amber", "amber+strict", "red"] as const;
export type Tlp = (typeof tlps)[number];

/** One held IOC, as lists, exports and searches read it; the source is the first feed that reported it. */
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
};

/** What the merge must know of the feed that made the observations. */
export type FeedFacts = { id: string; name: string; category: Category; confidence: Confidence; tlp: Tlp };
