import type { Sample } from "./sample";

/** What the samples of lists of addresses say. */
export const addressSamples: readonly Sample[] = [
  {
    id: "phishing-database",
    file: "phishing-database-ips.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.40", type: "ipv4", threatType: "phishing" },
      { value: "198.51.100.40", type: "ipv4", threatType: "phishing" },
    ],
  },
  {
    id: "dshield",
    file: "dshield.txt",
    layout: "DShield block list",
    says: [
      { value: "192.0.2.0/24", type: "ipv4", threatType: "scanner", context: "targets reporting it: 117" },
      {
        value: "198.51.100.0/24",
        type: "ipv4",
        threatType: "scanner",
        context: "targets reporting it: 90; network: EXAMPLE-AS; country: ZZ",
      },
    ],
  },
  {
    id: "et-block",
    file: "et-block.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.0/24", type: "ipv4", threatType: "blocklisted" },
      { value: "198.51.100.0/25", type: "ipv4", threatType: "blocklisted" },
      { value: "203.0.113.9", type: "ipv4", threatType: "blocklisted" },
    ],
  },
  {
    id: "et-compromised",
    file: "et-compromised.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.4", type: "ipv4", threatType: "compromised-host" },
      { value: "198.51.100.5", type: "ipv4", threatType: "compromised-host" },
    ],
  },
  {
    id: "firehol",
    file: "firehol-anonymizers.ipset",
    layout: "FireHOL list",
    says: [
      {
        value: "203.0.113.10",
        type: "ipv4",
        confidence: "low",
        threatType: "anonymizers",
        context: "list: example_proxies_1d",
      },
    ],
  },
  {
    id: "firehol",
    file: "firehol.netset",
    layout: "FireHOL list",
    says: [
      { value: "192.0.2.0/24", type: "ipv4", threatType: "attacks", context: "list: example_level1" },
      { value: "198.51.100.10", type: "ipv4", threatType: "attacks", context: "list: example_level1" },
    ],
  },
  {
    id: "blocklist-de",
    file: "blocklist-de.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.6", type: "ipv4", threatType: "attacker" },
      { value: "2001:db8::6", type: "ipv6", threatType: "attacker" },
    ],
  },
  {
    id: "cins",
    file: "cins.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.1", type: "ipv4", threatType: "attacker" },
      { value: "198.51.100.2", type: "ipv4", threatType: "attacker" },
      { value: "203.0.113.3", type: "ipv4", threatType: "attacker" },
    ],
  },
  {
    id: "greensnow",
    file: "greensnow.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.7", type: "ipv4", threatType: "attacker" },
      { value: "203.0.113.7", type: "ipv4", threatType: "attacker" },
    ],
  },
  {
    id: "alienvault-reputation",
    file: "alienvault-reputation.txt",
    layout: "AlienVault generic list",
    says: [
      { value: "192.0.2.15", type: "ipv4", threatType: "malicious-host", context: "country: DE" },
      {
        value: "198.51.100.15",
        type: "ipv4",
        threatType: "scanning-host-spamming",
        context: "country: ZZ; city: Sherman Oaks",
      },
    ],
  },
  {
    id: "dataplane",
    file: "dataplane.txt",
    layout: "DataPlane table",
    says: [
      {
        value: "192.0.2.34",
        type: "ipv4",
        lastSeen: "2026-03-20T03:44:30Z",
        threatType: "sipquery",
        context: "network: AS64496 EXAMPLE-AS",
      },
      { value: "198.51.100.34", type: "ipv4", lastSeen: "2026-03-18T11:31:35Z", threatType: "sipquery" },
    ],
  },
  {
    id: "digitalside",
    file: "digitalside.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.8", type: "ipv4", threatType: "malware" },
      { value: "198.51.100.8", type: "ipv4", threatType: "malware" },
    ],
  },
  {
    id: "c2-tracker",
    file: "c2-tracker.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.9", type: "ipv4", threatType: "c2" },
      { value: "2001:db8::9", type: "ipv6", threatType: "c2" },
    ],
  },
  {
    id: "talos-iocs",
    file: "talos-iocs-addresses.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.70", type: "ipv4", threatType: "malware" },
      { value: "198.51.100.70", type: "ipv4", threatType: "malware" },
    ],
  },
];
