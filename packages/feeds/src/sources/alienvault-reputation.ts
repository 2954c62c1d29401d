import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";
import { addressType, notes } from "../parse/said";

// What stands behind the `#` of a row is its data: what it does, country, city, latitude, longitude.
const form: ListForm = {
  comment: "#",
  line: /^(?<ip>\d{1,3}(?:\.\d{1,3}){3})\s{1,8}#\s{0,8}(?<does>[^,#]{1,100}?)(?: (?<country>[A-Z]{2}))?,(?<city>[^,]{0,100}),[^,]{0,40},[^,]{0,40}$/,
  problem: "not an address with its columns",
};

function reputationRecord(fields: Fields): readonly Observation[] {
  const value = fields("ip");
  return [
    {
      value,
      type: addressType(value),
      threatType: fields("does")
        .trim()
        .toLowerCase()
        .replace(/[\s;]+/g, "-"),
      context: notes({ country: fields("country"), city: fields("city") }),
    },
  ];
}

const text: Layout = {
  name: "AlienVault generic list",
  fits: (head) => fitsList(head, form, /alienvault/i),
  read: (chunks, state) => readList(chunks, state, form, reputationRecord),
};

export const alienvaultReputation: IndicatorSource = {
  kind: "indicators",
  id: "alienvault-reputation",
  name: "AlienVault IP reputation",
  vendor: "LevelBlue",
  homepage: "https://reputation.alienvault.com/",
  category: "threat-feed",
  nature: "archive",
  undated: "2022-01-01",
  confidence: "low",
  tlp: "clear",
  reputation: 35,
  lifetimeDays: { ipv4: 14, ipv6: 14 },
  licence: {
    name: "free of charge; no licence text",
    url: "https://reputation.alienvault.com/",
    redistribution: "unclear",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  ended: true,
  answered: "2026-08",
  trouble: "frozen for years",
  takes: "address; what it does; country and city in the context",
  files: [{ name: "reputation.generic", url: "https://reputation.alienvault.com/reputation.generic" }],
  layouts: [text],
};
