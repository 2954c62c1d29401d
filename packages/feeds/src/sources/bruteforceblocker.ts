import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";
import { addressType, notes, timeSaid } from "../parse/said";

// The time stands behind a comment sign, then the number of reports and the row's own number.
const form: ListForm = {
  comment: "#",
  line: /^(?<ip>\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f.:]{1,42})\s+#\s*(?<at>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})\s+(?<reports>\d{1,9})(?:\s+\d{1,12})?$/i,
  problem: "not an address with its last report",
  begun: /^[\da-f.:]+(?:\s+#.*)?$/i,
};

function bruteForceRecord(fields: Fields): readonly Observation[] {
  const value = fields("ip");
  const lastSeen = timeSaid(fields("at"));
  return [
    {
      value,
      type: addressType(value),
      ...(lastSeen && { lastSeen }),
      threatType: "brute-force",
      tags: ["ssh"],
      context: notes({ reports: fields("reports") }),
    },
  ];
}

const text: Layout = {
  name: "BruteForceBlocker list",
  fits: (head) => fitsList(head, form, /last reported/i),
  read: (chunks, state) => readList(chunks, state, form, bruteForceRecord),
};

export const bruteforceblocker: IndicatorSource = {
  kind: "indicators",
  id: "bruteforceblocker",
  name: "BruteForceBlocker",
  vendor: "danger.rulez.sk",
  homepage: "https://danger.rulez.sk/index.php/bruteforceblocker/",
  category: "threat-feed",
  nature: "log",
  confidence: "medium",
  tlp: "clear",
  reputation: 55,
  lifetimeDays: { ipv4: 14, ipv6: 14 },
  licence: {
    name: "free of charge; no licence text",
    url: "https://danger.rulez.sk/index.php/bruteforceblocker/",
    redistribution: "unclear",
  },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address, last seen; number of reports in the context",
  files: [{ name: "blist.txt", url: "https://danger.rulez.sk/projects/bruteforceblocker/blist.php" }],
  layouts: [text],
};
