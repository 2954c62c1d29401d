import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsJson } from "../parse/json";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import { readNdjson } from "../parse/ndjson";
import type { Fields } from "../parse/parsed";
import { addressType, notes } from "../parse/said";

function dropRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("cidr");
  if (value === "") return "no network";
  const listing = fields("sblid");
  return [
    {
      value,
      type: addressType(value),
      threatType: "cybercrime-network",
      referenceUrl: /^SBL\d+$/.test(listing) ? `https://check.spamhaus.org/sbl/query/${listing}` : "",
      context: notes({ listing, registry: fields("rir") }),
    },
  ];
}

const ndjson: Layout = {
  name: "DROP NDJSON",
  fits: (head) => fitsJson(head, ["cidr"]) && !head.trimStart().startsWith("["),
  read: (chunks, state) => readNdjson(chunks, state, { isEnd: (fields) => fields("type") === "metadata" }, dropRecord),
};

const form: ListForm = {
  comment: ";",
  line: /^(?<cidr>(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f.:]{1,42})\/\d{1,3})(?:\s*;\s*(?<sblid>SBL\d+)?.*)?$/i,
  problem: "not a network",
  endMark: /^;\s*EOF\b/i,
};
const text: Layout = {
  name: "DROP text",
  fits: (head) => fitsList(head, form, /spamhaus/i),
  read: (chunks, state) => readList(chunks, state, form, dropRecord),
};

export const spamhausDrop: IndicatorSource = {
  kind: "indicators",
  id: "spamhaus-drop",
  name: "Spamhaus DROP",
  vendor: "Spamhaus",
  homepage: "https://www.spamhaus.org/blocklists/do-not-route-or-peer/",
  category: "threat-feed",
  nature: "list",
  confidence: "high",
  tlp: "clear",
  reputation: 90,
  lifetimeDays: { ipv4: 90, ipv6: 90 },
  licence: {
    name: "Spamhaus DROP terms: free, with credit, date and copyright kept",
    url: "https://www.spamhaus.org/drop/terms/",
    redistribution: "yes",
  },
  intervalSeconds: 12 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "network; listing; registry in the context",
  files: [
    { name: "drop_v4.json", url: "https://www.spamhaus.org/drop/drop_v4.json" },
    { name: "drop_v6.json", url: "https://www.spamhaus.org/drop/drop_v6.json" },
  ],
  layouts: [ndjson, text],
};
