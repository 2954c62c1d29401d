import { daySeconds } from "../lib";
import { eachIocType, type IocType } from "../values";
import type { FeedFacts } from "./record";

/** For how many days a source stands for a value after it last listed it; null = for ever. In docs/operations.md. */
export const lifetimeDays = eachIocType((entry) => entry.lifetimeDays);

/** The lifetime of one source's word in seconds; null = for ever. */
export function lifetimeSeconds(type: IocType, feed: Pick<FeedFacts, "lifetimeDays">): number | null {
  const own = feed.lifetimeDays?.[type];
  const days = own === undefined ? lifetimeDays[type] : own;
  return days === null ? null : Math.round(days * daySeconds);
}
