import { type FeedDefinition, megabyte } from "../feed";
import { addressLayout } from "../parse/plain-lists";

export const greensnow: FeedDefinition = {
  id: "greensnow",
  name: "GreenSnow",
  vendor: "GreenSnow",
  homepage: "https://greensnow.co/",
  category: "threat-feed",
  confidence: "medium",
  tlp: "clear",
  licence: { name: "free of charge; no licence text", url: "https://greensnow.co/", redistribution: "unclear" },
  intervalSeconds: 3600,
  minSeconds: 1800,
  maxBytes: 64 * megabyte,
  files: [{ name: "greensnow.txt", url: "https://blocklist.greensnow.co/greensnow.txt" }],
  layouts: [addressLayout({ threatType: "attacker" })],
};
