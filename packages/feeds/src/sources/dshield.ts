import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";
import { notes, said } from "../parse/said";

const form: ListForm = {
  comment: "#",
  line: /^(?<start>\d{1,3}(?:\.\d{1,3}){3})\t\d{1,3}(?:\.\d{1,3}){3}\t(?<bits>\d{1,2})\t(?<targets>\d+)(?:\t(?<name>[^\t]*))?(?:\t(?<country>[^\t]*))?(?:\t.*)?$/,
  problem: "not a network with its columns",
  begun: /^[\d.]+(?:\t[\d.]*)*$/,
  frame: /^Start\s+End\s/i,
};

function dshieldRecord(fields: Fields): readonly Observation[] {
  return [
    {
      value: `${withoutZeros(fields("start"))}/${fields("bits")}`,
      type: "ipv4",
      certainty: Math.round(40 + 20 * Math.log10(Math.max(1, Math.min(1_000, Number(fields("targets")))))),
      confidence: "medium",
      threatType: "scanner",
      context: notes({
        "targets reporting it": fields("targets"),
        network: said(fields("name")),
        country: said(fields("country")),
      }),
    },
  ];
}

/** Other lists of DShield pad octets to three digits, which reads as octal elsewhere. */
function withoutZeros(address: string): string {
  return address.replace(/\b0+(?=\d)/g, "");
}

const text: Layout = {
  name: "DShield block list",
  fits: (head) => fitsList(head, form, /dshield/i),
  read: (chunks, state) => readList(chunks, state, form, dshieldRecord),
};

export const dshield: IndicatorSource = {
  kind: "indicators",
  id: "dshield",
  name: "DShield block list",
  vendor: "SANS ISC",
  homepage: "https://isc.sans.edu/block.txt",
  category: "threat-feed",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 70,
  lifetimeDays: { ipv4: 14, ipv6: 14 },
  licence: {
    name: "CC BY-NC-SA 2.5",
    url: "https://creativecommons.org/licenses/by-nc-sa/2.5/",
    redistribution: "unclear",
  },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "network; number of targets, name and country in the context",
  files: [{ name: "block.txt", url: "https://feeds.dshield.org/block.txt" }],
  layouts: [text],
};
