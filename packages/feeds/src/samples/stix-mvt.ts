import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "stix-mvt.stix2",
    layout: "STIX 2",
    says: [
      {
        record: "indicator--00000000-0000-4000-8000-000000000003",
        value: "login.bad.example",
        type: "domain", certainty: 80,
        confidence: "high",
        firstSeen: "2026-08-22T02:53:35Z",
        tags: ["phishing"],
        threatType: "spyware",
        malwareFamily: "ExampleSpy",
        referenceUrl: "https://x.com/someone/status/1",
        context: "description: IOC reported by @someone",
      },
      {
        record: "indicator--00000000-0000-4000-8000-000000000004",
        value: "192.0.2.67",
        type: "ipv4",
        firstSeen: "2026-08-22T13:35:34Z",
        tags: ["C2"],
        threatType: "spyware",
      },
      {
        record: "indicator--00000000-0000-4000-8000-000000000004",
        value: "http://192.0.2.67/it's",
        type: "url",
        firstSeen: "2026-08-22T13:35:34Z",
        tags: ["C2"],
        threatType: "spyware",
      },
      {
        record: "indicator--00000000-0000-4000-8000-000000000004",
        value: "https://bad.example/",
        type: "url",
        firstSeen: "2026-08-22T13:35:34Z",
        tags: ["C2"],
        threatType: "spyware",
      },
    ],
  },
  {
    layout: "table, typed by its cells",
    body: `Kind;Indicator;Comment\nfile;report.docx;a name\nSHA-256;${"d".repeat(64)};loader\ndomain;c2.bad.example;a server\nip;192.0.2.86;\n`,
    says: [
      { value: "d".repeat(64), type: "sha256", threatType: "spyware" },
      { value: "c2.bad.example", type: "domain", threatType: "spyware" },
      { value: "192.0.2.86", type: "ipv4", threatType: "spyware" },
    ],
  },
  {
    layout: "GitHub tree of mvt-project/mvt-indicators",
    body: '{"sha":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","url":"https://api.github.example/repos/mvt-project/mvt-indicators/git/trees/b","tree":[{"path":"2026-01-02_example/example.stix2","type":"blob","sha":"cccccccccccccccccccccccccccccccccccccccc"},{"path":"README.md","type":"blob","sha":"cccccccccccccccccccccccccccccccccccccccc"}]}',
    says: [],
  },
  {
    layout: "GitHub tree of AmnestyTech/investigations",
    body: '{"sha":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","url":"https://api.github.example/repos/AmnestyTech/investigations/git/trees/b","tree":[{"path":"2026-01-02_example/domains.txt","type":"blob","sha":"cccccccccccccccccccccccccccccccccccccccc"}]}',
    says: [],
  },
  {
    layout: "hash list",
    body: `${"e".repeat(64)}\n`,
    says: [{ value: "e".repeat(64), type: "sha256", threatType: "spyware" }],
  },
  { layout: "address list", body: "192.0.2.87\n", says: [{ value: "192.0.2.87", type: "ipv4", threatType: "spyware" }] },
  {
    layout: "domain list",
    body: "news.bad.example\n",
    says: [{ value: "news.bad.example", type: "domain", threatType: "spyware" }],
  },
];
