import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "tor-exit.txt",
    layout: "TorDNSEL exit list",
    says: [
      exitOf("192.0.2.232", "ipv4", 1, "2026-03-12T08:10:51Z"),
      exitOf("2001:db8::232", "ipv6", 1, "2026-03-12T08:11:51Z"),
      exitOf("198.51.100.64", "ipv4", 2, "2026-03-12T13:03:14Z"),
    ],
  },
];

function exitOf(value: string, type: string, node: number, lastSeen: string) {
  const context = `exit node: ${String(node).padStart(40, "0")}`;
  return { value, type, confidence: "low", lastSeen, tags: ["tor"], threatType: "tor-exit-node", context };
}
