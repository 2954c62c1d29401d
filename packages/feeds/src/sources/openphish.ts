import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";

// Hosts with a path but without a scheme do occur; a network is none.
const form: ListForm = {
  comment: "#",
  line: /^(?<url>[a-z][a-z0-9+.-]*:\/\/\S.*|(?![\d.]{7,15}\/\d{1,2}$)(?=[^\s/:]{0,253}\.)[^\s/:]{1,255}(?::\d{1,5})?\/.*)$/i,
  problem: "not a URL",
};

const text: Layout = {
  name: "OpenPhish text",
  fits: (head) => fitsList(head, form),
  read: (chunks, state) =>
    readList(chunks, state, form, (fields) => [{ value: fields("url"), type: "url", threatType: "phishing" }]),
};

export const openphish: IndicatorSource = {
  kind: "indicators",
  id: "openphish",
  name: "OpenPhish community feed",
  vendor: "OpenPhish",
  homepage: "https://openphish.com/phishing_feeds.html",
  category: "threat-feed",
  nature: "list",
  confidence: "high",
  tlp: "clear",
  reputation: 80,
  lifetimeDays: { url: 30 },
  licence: {
    name: "OpenPhish terms: personal and internal use, not commercial",
    url: "https://openphish.com/terms.html",
    redistribution: "no",
  },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "URL",
  files: [
    { name: "feed.txt", url: "https://raw.githubusercontent.com/openphish/public_feed/refs/heads/main/feed.txt" },
  ],
  layouts: [text],
};
