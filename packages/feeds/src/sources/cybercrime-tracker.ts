import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";

// Panels of botnets, as host and path without a scheme.
const form: ListForm = {
  comment: "#",
  line: /^(?<place>(?![\d.]{7,15}\/\d{1,2}$)(?:https?:\/\/)?(?=[^\s/]{0,253}[.:])[^\s/<>"]{1,255}(?:\/.*)?)$/i,
  problem: "not a host with a path",
};

const text: Layout = {
  name: "CyberCrime Tracker list",
  // The vendor writes no comments.
  fits: (head) =>
    fitsList(head, form) && !/^\s*#/m.test(head) && /^[^\s/]+\.[^\s/]+\/\S*\s*$/m.test(head.slice(0, 2000)),
  read: (chunks, state) => readList(chunks, state, form, (fields) => [{ value: fields("place"), threatType: "c2" }]),
};

export const cybercrimeTracker: IndicatorSource = {
  kind: "indicators",
  id: "cybercrime-tracker",
  name: "CyberCrime Tracker",
  vendor: "CyberCrime Tracker",
  homepage: "https://cybercrime-tracker.net/",
  category: "community",
  nature: "archive",
  undated: "2021-01-01",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  licence: {
    name: "free of charge; no licence text",
    url: "https://cybercrime-tracker.net/",
    redistribution: "unclear",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "URL, with or without a scheme",
  files: [{ name: "all.txt", url: "https://cybercrime-tracker.net/all.php" }],
  layouts: [text],
};
