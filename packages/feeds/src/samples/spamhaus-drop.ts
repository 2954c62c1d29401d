import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "spamhaus-drop.json",
    layout: "DROP NDJSON",
    says: [
      {
        value: "192.0.2.0/24",
        type: "ipv4",
        threatType: "cybercrime-network",
        referenceUrl: "https://check.spamhaus.org/sbl/query/SBL100001",
        context: "listing: SBL100001; registry: ripencc",
      },
      {
        value: "2001:db8::/32",
        type: "ipv6",
        threatType: "cybercrime-network",
        referenceUrl: "https://check.spamhaus.org/sbl/query/SBL100002",
        context: "listing: SBL100002; registry: arin",
      },
    ],
  },
  {
    file: "spamhaus-drop.txt",
    layout: "DROP text",
    says: [
      {
        value: "192.0.2.0/24",
        type: "ipv4",
        threatType: "cybercrime-network",
        referenceUrl: "https://check.spamhaus.org/sbl/query/SBL100001",
        context: "listing: SBL100001",
      },
      { value: "198.51.100.0/24", type: "ipv4", threatType: "cybercrime-network" },
    ],
  },
];
