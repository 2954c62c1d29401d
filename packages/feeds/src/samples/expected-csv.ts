import type { Sample } from "./sample";

/** What the samples of CSV say. */
export const csvSamples: readonly Sample[] = [
  {
    id: "malwarebazaar-csv",
    file: "malwarebazaar-csv.csv",
    layout: "MalwareBazaar CSV",
    says: [
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        firstSeen: "2024-05-07T13:30:18Z",
        threatType: "malware",
        malwareFamily: "AgentTesla",
        referenceUrl:
          "https://bazaar.abuse.ch/sample/cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc/",
        context: "file: Purchase Order, final.exe; kind: exe; detected by: 47.95 %; reporter: someone",
      },
      {
        value: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        type: "sha1",
        firstSeen: "2024-05-07T13:30:18Z",
        threatType: "malware",
        malwareFamily: "AgentTesla",
        referenceUrl:
          "https://bazaar.abuse.ch/sample/cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc/",
        context: "file: Purchase Order, final.exe; kind: exe; detected by: 47.95 %; reporter: someone",
      },
      {
        value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        type: "md5",
        firstSeen: "2024-05-07T13:30:18Z",
        threatType: "malware",
        malwareFamily: "AgentTesla",
        referenceUrl:
          "https://bazaar.abuse.ch/sample/cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc/",
        context: "file: Purchase Order, final.exe; kind: exe; detected by: 47.95 %; reporter: someone",
      },
      {
        value: "3333333333333333333333333333333333333333333333333333333333333333",
        type: "sha256",
        firstSeen: "2024-05-07T13:25:44Z",
        threatType: "malware",
        referenceUrl:
          "https://bazaar.abuse.ch/sample/3333333333333333333333333333333333333333333333333333333333333333/",
        context: "file: bill.wim; kind: unknown; reporter: someone",
      },
      {
        value: "dddddddddddddddddddddddddddddddd",
        type: "md5",
        firstSeen: "2024-05-07T13:25:44Z",
        threatType: "malware",
        referenceUrl:
          "https://bazaar.abuse.ch/sample/3333333333333333333333333333333333333333333333333333333333333333/",
        context: "file: bill.wim; kind: unknown; reporter: someone",
      },
    ],
  },
  {
    id: "sslbl-ip",
    file: "sslbl-ip.csv",
    layout: "SSLBL addresses",
    says: [
      { value: "192.0.2.148:8808", type: "ipv4", firstSeen: "2021-03-20T01:56:52Z", threatType: "botnet_cc" },
      { value: "198.51.100.82:443", type: "ipv4", firstSeen: "2021-03-19T14:38:40Z", threatType: "botnet_cc" },
    ],
  },
  {
    id: "phishtank",
    file: "phishtank.csv",
    layout: "PhishTank CSV",
    says: [
      {
        value: "https://login.bad.example/Rakuten/",
        type: "url",
        firstSeen: "2021-03-21T04:17:11Z",
        lastSeen: "2021-03-21T04:21:13Z",
        threatType: "phishing",
        referenceUrl: "http://www.phishtank.com/phish_detail.php?phish_id=7000001",
        context: "target: Rakuten",
      },
      {
        value: "https://bad.example/a,b",
        type: "url",
        confidence: "low",
        firstSeen: "2021-03-21T04:04:44Z",
        threatType: "phishing",
        referenceUrl: "http://www.phishtank.com/phish_detail.php?phish_id=7000002",
      },
    ],
  },
  {
    id: "jpcert-phishurl",
    file: "jpcert-phishurl.csv",
    layout: "JPCERT/CC CSV",
    says: [
      {
        value: "https://bank.bad.example/index.php#/login",
        type: "url",
        firstSeen: "2025-10-01T01:25:00Z",
        threatType: "phishing",
        context: "target: 三井住友信託銀行",
      },
      {
        value: "https://card.bad.example/jk",
        type: "url",
        firstSeen: "2025-09-30T17:02:00Z",
        threatType: "phishing",
        context: "target: JCB",
      },
    ],
  },
  {
    id: "malsilo",
    file: "malsilo.csv",
    layout: "MalSilo CSV",
    says: [
      {
        value: "192.0.2.76:80",
        type: "ipv4",
        firstSeen: "2021-02-28T00:00:00Z",
        lastSeen: "2021-03-01T00:00:00Z",
        threatType: "malware",
        malwareFamily: "delf",
      },
      {
        value: "198.51.100.63:1500",
        type: "ipv4",
        firstSeen: "2021-03-01T00:00:00Z",
        lastSeen: "2021-03-01T00:00:00Z",
        tags: ["peexe32", "pegui"],
        threatType: "malware",
        malwareFamily: "bsymem",
      },
    ],
  },
  {
    id: "blackbook",
    file: "blackbook.csv",
    layout: "Blackbook CSV",
    says: [
      {
        value: "panel.bad.example",
        type: "domain",
        firstSeen: "2024-09-01T00:00:00Z",
        threatType: "malware",
        malwareFamily: "lokibot",
        context: "source: ViriBack",
      },
      { value: "old.bad.example", type: "domain", firstSeen: "2024-08-31T00:00:00Z", threatType: "malware" },
    ],
  },
  {
    id: "stalkerware",
    file: "stalkerware.csv",
    layout: "Stalkerware CSV",
    says: [
      { value: "spy.bad.example", type: "domain", threatType: "stalkerware", malwareFamily: "ExampleSpy" },
      { value: "192.0.2.61", type: "ipv4", threatType: "stalkerware", malwareFamily: "ExampleSpy" },
    ],
  },
  {
    id: "tweetfeed",
    file: "tweetfeed.csv",
    layout: "TweetFeed CSV",
    says: [
      {
        value: "login.bad.example",
        type: "domain",
        firstSeen: "2026-08-16T01:04:58Z",
        tags: ["phishing"],
        threatType: "phishing",
        referenceUrl: "https://x.com/someone/status/1",
        context: "reporter: someone",
      },
      {
        value: "https://login.bad.example/a,b",
        type: "url",
        firstSeen: "2026-08-16T01:04:58Z",
        tags: ["phishing", "Brand"],
        threatType: "phishing",
        referenceUrl: "https://x.com/someone/status/1",
        context: "reporter: someone",
      },
      {
        value: "192.0.2.193",
        type: "ipv4",
        firstSeen: "2026-08-16T10:56:56Z",
        tags: ["C2", "CobaltStrike"],
        threatType: "c2",
        referenceUrl: "https://x.com/other/status/2",
        context: "reporter: other",
      },
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        firstSeen: "2026-08-16T13:18:32Z",
        referenceUrl: "https://x.com/other/status/3",
        context: "reporter: other",
      },
    ],
  },
  {
    id: "infoblox-csv",
    file: "infoblox-csv.csv",
    layout: "Infoblox CSV",
    says: [
      { value: "192[.]0[.]2[.]29", type: "ipv4", firstSeen: "2026-03-18T00:00:00Z", threatType: "malicious" },
      {
        value: "hXXps[:]//mail[.]bad[.]example/webmail[.]php?email={x}",
        type: "url",
        firstSeen: "2025-10-29T00:00:00Z",
        threatType: "malicious",
      },
      {
        value: "shop[.]bad[.]example",
        type: "domain",
        confidence: "medium",
        firstSeen: "2026-03-06T00:00:00Z",
        threatType: "suspicious",
      },
    ],
  },
  {
    id: "unit42-iocs",
    file: "unit42-iocs.csv",
    layout: "Unit 42 panels",
    says: [
      {
        value: "hxxp://panel.bad.example/fox/",
        type: "url",
        firstSeen: "2018-07-02T16:31:02Z",
        threatType: "c2",
        malwareFamily: "DiamondFox",
        context: "sample: 3333333333333333333333333333333333333333333333333333333333333333",
      },
      {
        value: "3333333333333333333333333333333333333333333333333333333333333333",
        type: "sha256",
        firstSeen: "2018-07-02T16:31:02Z",
        threatType: "malware",
        malwareFamily: "DiamondFox",
        context: "panel: hxxp://panel.bad.example/fox/",
      },
      {
        value: "hxxp://192.0.2.50/mond/Panel/",
        type: "url",
        firstSeen: "2016-06-18T11:07:56Z",
        threatType: "c2",
        malwareFamily: "DiamondFox",
      },
    ],
  },
];
