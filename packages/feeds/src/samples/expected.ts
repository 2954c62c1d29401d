import { addressSamples } from "./expected-addresses";
import { csvSamples } from "./expected-csv";
import { documentSamples } from "./expected-documents";
import { listSamples } from "./expected-lists";
import { trackerSamples } from "./expected-trackers";
import type { Sample } from "./sample";

const firstSamples: readonly Sample[] = [
  {
    id: "urlhaus",
    file: "urlhaus.csv",
    layout: "URLhaus CSV",
    says: [
      {
        value: "http://192.0.2.10/bins/arm7",
        type: "url",
        firstSeen: "2026-02-07T04:31:13Z",
        lastSeen: "2026-02-07T05:00:00Z",
        tags: ["elf", "ua-wget"],
        threatType: "malware_download",
        referenceUrl: "https://urlhaus.abuse.ch/url/9000003/",
        context: "status: online; reporter: someone",
      },
      {
        value: 'http://files.bad.example/a,b.exe?x="1"',
        type: "url",
        firstSeen: "2026-02-06T10:00:00Z",
        threatType: "malware_download",
        referenceUrl: "https://urlhaus.abuse.ch/url/9000002/",
        context: "status: offline; reporter: someone",
      },
    ],
  },
  {
    id: "urlhaus",
    file: "urlhaus-old.csv",
    layout: "URLhaus CSV",
    says: [
      {
        value: "http://198.51.100.7:8080/i",
        type: "url",
        firstSeen: "2020-05-01T12:00:00Z",
        tags: ["Mozi"],
        threatType: "malware_download",
        referenceUrl: "https://urlhaus.abuse.ch/url/300/",
        context: "status: offline; reporter: someone",
      },
    ],
  },
  {
    id: "urlhaus-json",
    file: "urlhaus.json",
    layout: "URLhaus JSON",
    says: [
      {
        value: "http://192.0.2.10/bins/arm7",
        type: "url",
        firstSeen: "2026-02-07T04:31:13Z",
        lastSeen: "2026-02-07T05:00:00Z",
        tags: ["elf", "ua-wget"],
        threatType: "malware_download",
        referenceUrl: "https://urlhaus.abuse.ch/url/9000003/",
        context: "status: online; reporter: someone",
      },
      {
        value: "http://files.bad.example/%7Bx%7D?a=é",
        type: "url",
        firstSeen: "2026-02-06T10:00:00Z",
        threatType: "malware_download",
        referenceUrl: "https://urlhaus.abuse.ch/url/9000002/",
        context: "status: offline; reporter: someone",
      },
    ],
  },
  {
    id: "urlhaus-text",
    file: "urlhaus.txt",
    layout: "URLhaus text",
    says: [
      { value: "http://192.0.2.10/bins/arm7", type: "url", threatType: "malware_download" },
      { value: "http://files.bad.example/a b.exe", type: "url", threatType: "malware_download" },
    ],
  },
  {
    id: "threatfox-csv",
    file: "threatfox.csv",
    layout: "ThreatFox CSV",
    says: [
      {
        value: "192.0.2.44:8443",
        type: "ipv4",
        confidence: "high",
        firstSeen: "2025-12-07T13:05:49Z",
        lastSeen: "2025-12-08T01:00:00Z",
        tags: ["c2", "cobalt"],
        threatType: "botnet_cc",
        malwareFamily: "Cobalt Strike",
        referenceUrl: "https://blog.example/report",
        context: "malpedia: win.cobalt_strike; aliases: Agentemis, BEACON; reporter: someone",
      },
      {
        value: "gate.bad.example",
        type: "domain",
        confidence: "medium",
        firstSeen: "2025-12-07T12:00:00Z",
        threatType: "payload_delivery",
        referenceUrl: "https://threatfox.abuse.ch/ioc/700002/",
        context: "reporter: someone",
      },
    ],
  },
  {
    id: "threatfox-json",
    file: "threatfox.json",
    layout: "ThreatFox JSON",
    says: [
      {
        value: "[2001:db8::44]:8443",
        type: "ipv6",
        confidence: "high",
        firstSeen: "2026-07-24T13:50:06Z",
        tags: ["c2", "compromised"],
        threatType: "botnet_cc",
        malwareFamily: "Cobalt Strike",
        referenceUrl: "https://threatfox.abuse.ch/ioc/700003/",
        context: "malpedia: win.cobalt_strike; aliases: Agentemis, BEACON; reporter: someone",
      },
      {
        value: "d41d8cd98f00b204e9800998ecf8427e",
        type: "md5",
        confidence: "low",
        firstSeen: "2026-07-24T13:00:00Z",
        tags: ["loader", "exe"],
        threatType: "payload",
        referenceUrl: "https://blog.example/report",
        context: "reporter: someone",
      },
    ],
  },
  {
    id: "feodo-csv",
    file: "feodo.csv",
    layout: "Feodo Tracker CSV",
    says: [
      {
        value: "192.0.2.32:4643",
        type: "ipv4",
        firstSeen: "2021-12-20T07:44:46Z",
        // A date alone is midnight, which lies before the first time.
        lastSeen: "2021-12-20T07:44:46Z",
        threatType: "botnet_cc",
        malwareFamily: "Dridex",
        context: "status: online",
      },
      {
        value: "198.51.100.243",
        type: "ipv4",
        firstSeen: "2021-01-17T07:45:58Z",
        threatType: "botnet_cc",
        malwareFamily: "QakBot",
        context: "status: offline",
      },
    ],
  },
  {
    id: "feodo-csv",
    file: "feodo.txt",
    layout: "Feodo Tracker list",
    says: [{ value: "192.0.2.32", type: "ipv4", threatType: "botnet_cc" }],
  },
  {
    id: "feodo-json",
    file: "feodo.json",
    layout: "Feodo Tracker JSON",
    says: [
      {
        value: "192.0.2.32:8080",
        type: "ipv4",
        firstSeen: "2022-06-04T21:24:53Z",
        lastSeen: "2026-03-07T00:00:00Z",
        threatType: "botnet_cc",
        malwareFamily: "Emotet",
        context: "status: offline; network: AS64496 EXAMPLE-AS; country: ZZ",
      },
    ],
  },
  {
    id: "cisa-kev",
    file: "cisa-kev.json",
    layout: "KEV JSON",
    says: [
      {
        value: "CVE-2099-0001",
        type: "cve",
        confidence: "high",
        firstSeen: "2026-01-01T00:00:00Z",
        tags: ["CWE-59", "CWE-436", "kev", "ransomware"],
        threatType: "exploited-vulnerability",
        referenceUrl: "https://acme.example/advisory",
        context:
          'vendor: Acme; product: Gate; vulnerability: Acme Gate "Door" Vulnerability {x}; due: 2026-01-22; ' +
          "ransomware use: Known",
      },
    ],
  },
  {
    id: "cisa-kev",
    file: "cisa-kev.csv",
    layout: "KEV CSV",
    says: [
      {
        value: "CVE-2099-0001",
        type: "cve",
        confidence: "high",
        firstSeen: "2026-01-01T00:00:00Z",
        tags: ["CWE-59", "CWE-436", "kev"],
        threatType: "exploited-vulnerability",
        referenceUrl: "https://acme.example/advisory",
        context:
          "vendor: Acme; product: Gate, Door; vulnerability: Acme Gate Vulnerability; due: 2026-01-22; " +
          "ransomware use: Unknown",
      },
      {
        value: "CVE-2099-0002",
        type: "cve",
        confidence: "high",
        firstSeen: "2026-01-02T00:00:00Z",
        tags: ["kev"],
        threatType: "exploited-vulnerability",
        context:
          "vendor: Acme; product: Wall; vulnerability: Acme Wall Vulnerability; due: 2026-01-23; ransomware use: Unknown",
      },
    ],
  },
  {
    id: "openphish",
    file: "openphish.txt",
    layout: "OpenPhish text",
    says: [
      { value: "https://login.bad.example/", type: "url", threatType: "phishing" },
      { value: "http://203.0.113.9/?next=%2Fa&q=ü", type: "url", threatType: "phishing" },
      { value: "bad.example/wp-content/login", type: "url", threatType: "phishing" },
    ],
  },
  {
    id: "ipsum",
    file: "ipsum.txt",
    layout: "IPsum text",
    says: [
      { value: "192.0.2.1", type: "ipv4", confidence: "high", threatType: "blocklisted", context: "on 10 lists" },
      { value: "198.51.100.2", type: "ipv4", confidence: "medium", threatType: "blocklisted", context: "on 4 lists" },
      { value: "203.0.113.3", type: "ipv4", confidence: "low", threatType: "blocklisted", context: "on 1 list" },
    ],
  },
  {
    id: "spamhaus-drop",
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
    id: "spamhaus-drop",
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
  {
    id: "tor-exit",
    file: "tor-exit.txt",
    layout: "TorDNSEL exit list",
    says: [
      exitOf("192.0.2.232", "ipv4", 1, "2026-03-12T08:10:51Z"),
      exitOf("2001:db8::232", "ipv6", 1, "2026-03-12T08:11:51Z"),
      exitOf("198.51.100.64", "ipv4", 2, "2026-03-12T13:03:14Z"),
    ],
  },
  {
    id: "tor-bulk",
    file: "tor-bulk.txt",
    layout: "Tor bulk exit list",
    says: ["192.0.2.232", "198.51.100.64"].map((value) => ({
      value,
      type: "ipv4",
      confidence: "low",
      tags: ["tor"],
      threatType: "tor-exit-node",
    })),
  },
  {
    id: "c2intelfeeds",
    file: "c2intelfeeds-ip.csv",
    layout: "C2IntelFeeds CSV",
    says: [c2Of("192.0.2.9", "ipv4", "Possible Cobaltstrike C2 IP")],
  },
  {
    id: "c2intelfeeds",
    file: "c2intelfeeds-ipport.csv",
    layout: "C2IntelFeeds CSV",
    says: [c2Of("192.0.2.9:12306", "ipv4", "Possible Cobaltstrike C2 IP")],
  },
  {
    id: "c2intelfeeds",
    file: "c2intelfeeds-domain.csv",
    layout: "C2IntelFeeds CSV",
    says: [
      {
        ...c2Of("front.bad.example", "domain", "Possible Cobalt Strike C2 Fronted Domain; path: /api/x"),
        confidence: "low",
      },
      {
        ...c2Of(
          "192.0.2.170",
          "ipv4",
          "Possible Cobalt Strike C2 Fronted Domain; domain: front.bad.example; path: /api/x",
        ),
        confidence: "low",
      },
    ],
  },
  {
    id: "c2intelfeeds",
    file: "c2intelfeeds-dns.csv",
    layout: "C2IntelFeeds CSV",
    says: [
      c2Of("bad.example", "domain", "Possible Cobaltstrike DNS C2 Domain"),
      ...["ns1.bad.example", "ns2.bad.example"].map((name) =>
        c2Of(name, "domain", "Possible Cobaltstrike DNS C2 Domain; domain: bad.example"),
      ),
      ...["192.0.2.26", "192.0.2.27"].map((address) =>
        c2Of(address, "ipv4", "Possible Cobaltstrike DNS C2 Domain; domain: bad.example"),
      ),
    ],
  },
];

function exitOf(value: string, type: string, node: number, lastSeen: string) {
  const context = `exit node: ${String(node).padStart(40, "0")}`;
  return { value, type, confidence: "low", lastSeen, tags: ["tor"], threatType: "tor-exit-node", context };
}

function c2Of(value: string, type: string, listing: string) {
  const about = { confidence: "medium", threatType: "c2", malwareFamily: "Cobalt Strike" };
  return { value, type, ...about, context: `listing: ${listing}` };
}

/** Every sample. */
export const samples: readonly Sample[] = [
  ...firstSamples,
  ...addressSamples,
  ...listSamples,
  ...csvSamples,
  ...documentSamples,
  ...trackerSamples,
];
