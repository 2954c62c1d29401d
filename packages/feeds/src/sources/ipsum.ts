import { confidenceOf, type Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";
import { addressType } from "../parse/said";

const form: ListForm = {
  comment: "#",
  line: /^(?<ip>(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f.:]{1,42})(?:\/\d{1,3})?)[\s,;]+(?<lists>\d{1,4})$/i,
  begun: /^[\d.]+\s*$/,
  problem: "not an address and a number of lists",
};

function ipsumRecord(fields: Fields): readonly Observation[] {
  const value = fields("ip");
  const lists = Number(fields("lists"));
  return [
    {
      value,
      type: addressType(value),
      ...surenessOf(lists),
      threatType: "blocklisted",
      context: `on ${lists} ${lists === 1 ? "list" : "lists"}`,
    },
  ];
}

/** The vendor's advice is to block from three lists on. */
function surenessOf(lists: number): Pick<Observation, "certainty" | "confidence"> {
  const certainty = [0, 10, 20, 45, 55, 70, 80, 88][lists] ?? 95;
  return { certainty, confidence: confidenceOf(certainty) };
}

const text: Layout = {
  name: "IPsum text",
  fits: (head) => fitsList(head, form, /ipsum/i),
  read: (chunks, state) => readList(chunks, state, form, ipsumRecord),
};

export const ipsum: IndicatorSource = {
  kind: "indicators",
  id: "ipsum",
  name: "IPsum",
  vendor: "stamparm",
  homepage: "https://github.com/stamparm/ipsum",
  category: "community",
  nature: "list",
  confidence: "low",
  tlp: "clear",
  reputation: 40,
  licence: { name: "Unlicense", url: "https://github.com/stamparm/ipsum/blob/master/LICENSE", redistribution: "yes" },
  intervalSeconds: 12 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address; confidence from the number of lists",
  files: [{ name: "ipsum.txt", url: "https://raw.githubusercontent.com/stamparm/ipsum/master/ipsum.txt" }],
  layouts: [text],
};
