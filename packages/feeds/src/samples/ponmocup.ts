import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "ponmocup.txt",
    layout: "Ponmocup list",
    says: [
      {
        value: "go.bad.example",
        type: "domain",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: www.victim.example",
      },
      {
        value: "http://go.bad.example/url",
        type: "url",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: www.victim.example",
      },
      {
        value: "to.bad.example",
        type: "domain",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: site.victim.example",
      },
      {
        value: "http://to.bad.example/cgi-bin/r.cgi",
        type: "url",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: site.victim.example",
      },
      {
        value: "192.0.2.20",
        type: "ipv4",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: site.victim.example",
      },
    ],
  },
];
