import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "maltrail.txt",
    layout: "Maltrail trails",
    says: [
      {
        value: "www.bad.example",
        type: "domain",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "mail.bad.example:8443",
        type: "domain",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "192.0.2.178:443",
        type: "ipv4",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "http://198.51.100.247",
        type: "url",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "board.bad.example/x/F.php",
        type: "url",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "203.0.113.12",
        type: "ipv4",
        confidence: "low",
        threatType: "scanner",
        referenceUrl: "https://other.example/",
        context: "aliases: Example, Sample; note: pinger1.scanner.example",
      },
      {
        value: "[2001:db8::7]:443",
        type: "ipv6",
        threatType: "malware",
        referenceUrl: "https://other.example/",
        context: "aliases: Example, Sample",
      },
    ],
  },
  { layout: "GitHub tree", body: '{"sha":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","url":"https://api.github.example/repos/stamparm/trails/git/trees/b","tree":[{"path":"static/malware/example.txt","type":"blob","sha":"cccccccccccccccccccccccccccccccccccccccc"}]}', says: [] },
];
