import type { FeedSamples, Unseen } from "./sample";

export const unseen: Unseen = true;

export const samples: FeedSamples = [
  {
    file: "benkow-panels.csv",
    layout: "Benkow CSV",
    says: [
      ...panelOf("http://www.bad.example/panel/admin.php", "192.0.2.76", "pony", "2026-08-26"),
      ...panelOf("http://bad.example/x;y/fre.php", null, "Lokibot", "2026-08-27"),
    ],
  },
];

function panelOf(url: string, address: string | null, malwareFamily: string, day: string) {
  const about = { firstSeen: `${day}T00:00:00Z`, threatType: "c2", malwareFamily };
  const panel = { ...about, value: url, type: "url" };
  return address === null ? [panel] : [panel, { ...about, value: address, type: "ipv4", context: `panel: ${url}` }];
}
