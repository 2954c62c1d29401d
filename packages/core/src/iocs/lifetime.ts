import { daySeconds } from "../lib";
import type { IocType } from "../values";
import type { FeedFacts } from "./record";

/**
 * For how many days a source stands for a value after it last listed it; null = for ever. Addresses change hands within
 * weeks, a hash means the same file always. Documented in docs/operations.md.
 */
export const lifetimeDays = {
  ipv4: 30,
  ipv6: 30,
  url: 60,
  domain: 90,
  email: 180,
  md5: 730,
  sha1: 730,
  sha256: 730,
  sha512: 730,
  cve: null,
  mitre_attack: null,
} as const satisfies Record<IocType, number | null>;

/** The lifetime of one source's word in seconds; null = for ever. */
export function lifetimeSeconds(type: IocType, feed: Pick<FeedFacts, "lifetimeDays">): number | null {
  const own = feed.lifetimeDays?.[type];
  const days = own === undefined ? lifetimeDays[type] : own;
  return days === null ? null : Math.round(days * daySeconds);
}
