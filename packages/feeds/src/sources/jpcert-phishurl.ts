import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import { githubTree } from "../parse/github-tree";
import type { Fields } from "../parse/parsed";
import { notes, timeSaid } from "../parse/said";

const form: CsvForm = { header: ["date", "URL", "description"] };
const japan = 9 * 3_600_000;

/** Times are Japan's; the description is the brand that is imitated. */
function jpcertRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("URL");
  if (value === "") return "no URL";
  const there = timeSaid(fields("date"));
  return [
    {
      value,
      type: "url",
      ...(there && { firstSeen: new Date(there.getTime() - japan) }),
      threatType: "phishing",
      context: notes({ target: fields("description") }),
    },
  ];
}

const csv: Layout = {
  name: "JPCERT/CC CSV",
  fits: (head) => fitsCsv(head, form),
  read: (chunks, state) => readCsv(chunks, state, form, jpcertRecord),
};

// A file a month; what is older than three is no longer news.
const tree = githubTree("https://raw.githubusercontent.com/JPCERTCC/phishurl-list/main/", /^20\d{2}\/20\d{4}\.csv$/, {
  most: 3,
});

export const jpcertPhishurl: IndicatorSource = {
  kind: "indicators",
  id: "jpcert-phishurl",
  name: "JPCERT/CC phishing URLs",
  vendor: "JPCERT/CC",
  homepage: "https://github.com/JPCERTCC/phishurl-list",
  category: "government",
  nature: "log",
  confidence: "high",
  tlp: "clear",
  reputation: 85,
  lifetimeDays: { url: 30 },
  licence: {
    name: "free of charge with attribution; no licence text",
    url: "https://github.com/JPCERTCC/phishurl-list",
    redistribution: "unclear",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "URL; time (Japan's, turned into UTC); brand that is imitated in the context",
  files: [{ name: "tree.json", url: "https://api.github.com/repos/JPCERTCC/phishurl-list/git/trees/main?recursive=1" }],
  layouts: [csv, tree],
};
