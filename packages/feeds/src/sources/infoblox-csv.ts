import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { notes, seen } from "../parse/said";
import { statedType } from "../parse/stated-type";

const form: CsvForm = { header: ["type", "indicator", "classification"] };
function infobloxRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("indicator");
  if (value === "") return "no indicator";
  const verdict = fields("classification").toLowerCase();
  // The repository also lists what is good to know as such.
  if (/^(?:legitimate|benign|clean)/.test(verdict)) return [];
  const stated = fields("type").toLowerCase();
  const type = statedType(stated, value);
  if (type === undefined) return `no indicator of a known type: ${stated.slice(0, 40)}`;
  return [
    {
      value,
      type,
      ...(verdict === "suspicious" && { confidence: "medium" as const }),
      ...seen(fields("detected_date"), ""),
      threatType: verdict,
      context: notes({ report: fields("source", "report", "filename") }),
    },
  ];
}

const csv: Layout = {
  name: "Infoblox CSV",
  fits: (head) => fitsCsv(head, form),
  read: (chunks, state) => readCsv(chunks, state, form, infobloxRecord),
};

export const infobloxCsv: IndicatorSource = {
  kind: "indicators",
  id: "infoblox-csv",
  name: "Infoblox threat research",
  vendor: "Infoblox",
  homepage: "https://github.com/infobloxopen/threat-intelligence",
  category: "vendor",
  nature: "log",
  confidence: "high",
  tlp: "clear",
  reputation: 75,
  licence: {
    name: "CC BY 4.0",
    url: "https://github.com/infobloxopen/threat-intelligence/blob/main/LICENSE",
    redistribution: "yes",
  },
  intervalSeconds: 12 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "domain, URL, address as the vendor classifies them; date; what it calls legitimate is refused",
  files: [
    {
      name: "combined.csv",
      url: "https://raw.githubusercontent.com/infobloxopen/threat-intelligence/main/indicators/combined.csv",
    },
  ],
  layouts: [csv],
};
