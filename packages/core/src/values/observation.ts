import type { IocType } from "./ioc-types";
import type { Tlp } from "./tlp";

export const confidences = ["low", "medium", "high"] as const;
export type Confidence = (typeof confidences)[number];

/** What a figure from 0 to 100 comes to, on the scale of STIX 2.1, appendix A (None, Low, Med, High). */
export function confidenceOf(percent: number): Confidence {
  return percent >= 70 ? "high" : percent >= 30 ? "medium" : "low";
}

export const categories = [
  "news",
  "research",
  "threat-intel",
  "vendor",
  "government",
  "threat-feed",
  "community",
  "commercial",
] as const;
export type Category = (typeof categories)[number];

/**
 * What a feed says of one value, before it is normalised: `value` is as the feed wrote it.
 * `type` is given when the feed states it; otherwise it is detected from the value.
 * Times are the feed's own; both absent means "listed now", and the pull's time stands in.
 */
export type Observation = {
  value: string;
  type?: IocType;
  confidence?: Confidence;
  /** How sure the feed is of this record, 0 to 100, where it says more than a word: its own figure, detections, lists. */
  certainty?: number;
  /** Whether the thing answered when the feed last looked; absent where it does not look, or does not say. */
  active?: boolean;
  firstSeen?: Date;
  lastSeen?: Date;
  tags?: readonly string[];
  mitreTechniques?: readonly string[];
  /** A word of the feed for what the thing does: botnet_cc, payload_delivery, phishing … */
  threatType?: string;
  malwareFamily?: string;
  referenceUrl?: string;
  /** Port, hash of a certificate, vendor's note: whatever is worth reading beside the value. */
  context?: string;
  /** CISA sectors that it is aimed at, as slugs. */
  industries?: readonly string[];
  /** The article that names it, where one does. */
  articleId?: string;
  /** The id of the source's record that says so, where its records have ids: what it may revoke later. */
  record?: string;
  /** The label that the source gives this record: it raises the feed's own, and never lowers it. */
  tlp?: Tlp;
};
