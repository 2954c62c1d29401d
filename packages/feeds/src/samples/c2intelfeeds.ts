import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "c2intelfeeds-ip.csv",
    layout: "C2IntelFeeds CSV",
    says: [c2Of("192.0.2.9", "ipv4", "Possible Cobaltstrike C2 IP")],
  },
  {
    file: "c2intelfeeds-ipport.csv",
    layout: "C2IntelFeeds CSV",
    says: [{ ...c2Of("192.0.2.9:12306", "ipv4", "Possible Cobaltstrike C2 IP"), certainty: 60 }],
  },
  {
    file: "c2intelfeeds-domain.csv",
    layout: "C2IntelFeeds CSV",
    says: [
      {
        ...c2Of("front.bad.example", "domain", "Possible Cobalt Strike C2 Fronted Domain; path: /api/x"),
        confidence: "low",
        certainty: 20,
      },
      {
        ...c2Of(
          "192.0.2.170",
          "ipv4",
          "Possible Cobalt Strike C2 Fronted Domain; domain: front.bad.example; path: /api/x",
        ),
        confidence: "low",
        certainty: 20,
      },
    ],
  },
  {
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

function c2Of(value: string, type: string, listing: string) {
  const certainty = listing.includes("DNS") ? 60 : 50;
  const about = { confidence: "medium", certainty, threatType: "c2", malwareFamily: "Cobalt Strike" };
  return { value, type, ...about, context: `listing: ${listing}` };
}
