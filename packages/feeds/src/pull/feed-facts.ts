import type { FeedFacts } from "@tocsin/core/iocs";
import type { FeedDefinition } from "../definition/feed";

/** What the merge must know of a feed. */
export function factsOf({ id, name, category, confidence, tlp, reputation, lifetimeDays }: FeedDefinition): FeedFacts {
  return {
    ...{ id, name, category, confidence, tlp },
    ...(reputation === undefined ? {} : { reputation }),
    ...(lifetimeDays ? { lifetimeDays } : {}),
  };
}
