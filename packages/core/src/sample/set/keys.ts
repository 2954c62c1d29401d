import type { KeyFieldsOfSample } from "./shape";

/** Keys of the set: their traffic is made up, their secrets are thrown away when they are made. */
export const sampleKeys: readonly KeyFieldsOfSample[] = [
  {
    name: "Tocsin sample: SIEM connector",
    perHour: 46,
    routes: [
      { route: "/api/v1/iocs", share: 0.55, ms: 38 },
      { route: "/api/v1/lookup", share: 0.35, ms: 9 },
      { route: "/api/v1/iocs/stix", share: 0.1, ms: 240 },
    ],
    refusals: [{ status: 429, every: 9, share: 0.4 }],
  },
  {
    name: "Tocsin sample: firewall block list",
    perHour: 12,
    routes: [{ route: "/api/v1/iocs/blocklists/edl", share: 1, ms: 85 }],
    refusals: [{ status: 403, every: 31, share: 0.5 }],
  },
  {
    name: "Tocsin sample: analysts' notebook",
    perHour: 7,
    routes: [
      { route: "/api/v1/iocs/search", share: 0.4, ms: 52 },
      { route: "/api/v1/lookup", share: 0.4, ms: 12 },
      { route: "/api/v1/articles", share: 0.2, ms: 61 },
    ],
    refusals: [{ status: 400, every: 7, share: 0.6 }],
  },
];
