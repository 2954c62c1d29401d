import type { IocType, Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, columnMap, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { addressType, link, notes, seen } from "../parse/said";

const six = ["date", "user", "type", "value", "tags", "tweet"];
const form: CsvForm = { header: six, columns: [columnMap(six)] };
const row = /^"?\d{4}-\d{2}-\d{2} [\d:]{8}"?,[^,]{0,60},"?(?:url|domain|ip|md5|sha1|sha256)"?,/i;
const types: Readonly<Record<string, IocType>> = {
  url: "url",
  domain: "domain",
  md5: "md5",
  sha1: "sha1",
  sha256: "sha256",
};

function tweetfeedRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("value");
  if (value === "") return "no value";
  const stated = fields("type").toLowerCase();
  const type = stated === "ip" ? addressType(value) : types[stated];
  if (type === undefined) return `no indicator of a known type: ${stated.slice(0, 40)}`;
  const tags = fields("tags")
    .split(/[\s,]+/)
    .map((tag) => tag.replace(/^#/, ""))
    .filter((tag) => tag !== "");
  return [
    {
      value,
      type,
      // Who says what it is knows more of it.
      certainty: tags.length === 0 ? 40 : 55,
      ...seen(fields("date"), ""),
      tags: [...new Set(tags)],
      threatType: threatOf(tags),
      referenceUrl: link(fields("tweet")),
      context: notes({ reporter: fields("user") }),
    },
  ];
}

function threatOf(tags: readonly string[]): string {
  const known = ["phishing", "ransomware", "scam", "c2", "malware"];
  const said = new Set(tags.map((tag) => tag.toLowerCase()));
  return known.find((word) => said.has(word)) ?? "";
}

const csv: Layout = {
  name: "TweetFeed CSV",
  fits: (head) => fitsCsv(head, form, row),
  read: (chunks, state) => readCsv(chunks, state, form, tweetfeedRecord),
};

export const tweetfeed: IndicatorSource = {
  kind: "indicators",
  id: "tweetfeed",
  name: "TweetFeed",
  vendor: "TweetFeed",
  homepage: "https://tweetfeed.live/",
  category: "community",
  nature: "log",
  confidence: "medium",
  tlp: "clear",
  reputation: 45,
  licence: {
    name: "CC0-1.0",
    url: "https://github.com/0xDanielLopez/TweetFeed/blob/master/LICENSE",
    redistribution: "yes",
  },
  intervalSeconds: 3600,
  minSeconds: 900,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "URL, domain, address, hash; time, tags, post; reporter in the context",
  files: [{ name: "today.csv", url: "https://raw.githubusercontent.com/0xDanielLopez/TweetFeed/master/today.csv" }],
  layouts: [csv],
};
