import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsExitList, readExitList } from "../parse/exit-list";
import { addressType, notes } from "../parse/said";

/** An exit of the Tor network: a fact, not an offence. */
export function torExitOf(value: string, lastSeen?: Date, node = ""): Observation {
  return {
    value,
    type: addressType(value),
    confidence: "low",
    ...(lastSeen && { lastSeen }),
    threatType: "tor-exit-node",
    tags: ["tor"],
    context: notes({ "exit node": node }),
  };
}

const records: Layout = {
  name: "TorDNSEL exit list",
  fits: fitsExitList,
  read: (chunks, state) =>
    readExitList(chunks, state, (exit) => exit.addresses.map(({ ip, at }) => torExitOf(ip, at, exit.node))),
};

export const torExit: IndicatorSource = {
  kind: "indicators",
  id: "tor-exit",
  name: "Tor exit addresses",
  vendor: "Tor Project",
  homepage: "https://metrics.torproject.org/collector.html#type-tordnsel",
  category: "threat-feed",
  nature: "list",
  confidence: "low",
  tlp: "clear",
  reputation: 30,
  lifetimeDays: { ipv4: 7, ipv6: 7 },
  licence: { name: "CC0-1.0", url: "https://metrics.torproject.org/about.html", redistribution: "yes" },
  intervalSeconds: 3600,
  minSeconds: 1800,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address, last seen; fingerprint of the node in the context",
  files: [{ name: "exit-addresses", url: "https://check.torproject.org/exit-addresses" }],
  layouts: [records],
};
