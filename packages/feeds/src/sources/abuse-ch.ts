import type { IndicatorFeed } from "../definition/feed";

// https://abuse.ch: a key is asked for since 2025-06-30; the lists of Feodo Tracker are open.
export const abuseCh = {
  kind: "indicators",
  vendor: "abuse.ch",
  category: "threat-feed",
  tlp: "clear",
  reputation: 90,
  licence: {
    name: "CC0-1.0 as registries of feeds say; fair-use terms",
    url: "https://abuse.ch/terms-of-use/",
    redistribution: "unclear",
  },
  intervalSeconds: 900,
  minSeconds: 300,
} as const satisfies Partial<IndicatorFeed>;
