import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { addressType, seen, tagList } from "../parse/said";

const form: CsvForm = { header: ["Firstseen", "ipv4:port", "threat"] };

function malsiloRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("ipv4:port");
  if (value === "") return "no address";
  return [
    {
      value,
      type: addressType(value),
      ...seen(fields("Firstseen"), fields("Lastseen")),
      threatType: "malware",
      malwareFamily: fields("threat"),
      tags: tagList(fields("tags")),
    },
  ];
}

const csv: Layout = {
  name: "MalSilo CSV",
  fits: (head) => fitsCsv(head, form),
  read: (chunks, state) => readCsv(chunks, state, form, malsiloRecord),
};

export const malsilo: IndicatorSource = {
  kind: "indicators",
  id: "malsilo",
  name: "MalSilo addresses",
  vendor: "MalSilo",
  homepage: "https://malsilo.gitlab.io/",
  category: "community",
  nature: "archive",
  undated: "2021-03-20",
  confidence: "medium",
  tlp: "clear",
  reputation: 45,
  licence: {
    name: "MalSilo terms: at one's own risk; to be asked before passing on",
    url: "https://malsilo.gitlab.io/",
    redistribution: "no",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  ended: true,
  answered: "2026-08",
  takes: "address with port; family, tags, times",
  files: [{ name: "ip_list.txt", url: "https://malsilo.gitlab.io/feeds/dumps/ip_list.txt" }],
  layouts: [csv],
};
