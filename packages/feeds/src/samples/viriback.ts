import type { FeedSamples, Unseen } from "./sample";

export const unseen: Unseen = true;

export const samples: FeedSamples = [
  {
    file: "viriback.csv",
    layout: "ViriBack CSV",
    says: [
      ...panelOf("http://bad.example/panel/admin.php", "192.0.2.74", "Pony", "2026-06-01"),
      ...panelOf("http://192.0.2.75/qK3/Login.php", "192.0.2.75", "Amadey", "2026-07-09"),
      ...panelOf("http://other.bad.example/login", null, "Lumma", "2026-10-31"),
    ],
  },
];

function panelOf(url: string, address: string | null, malwareFamily: string, day: string) {
  const about = { firstSeen: `${day}T00:00:00Z`, threatType: "c2", malwareFamily };
  const panel = { ...about, value: url, type: "url" };
  return address === null ? [panel] : [panel, { ...about, value: address, type: "ipv4", context: `panel: ${url}` }];
}
