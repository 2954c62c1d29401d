import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { notes, seen } from "../parse/said";

const form: CsvForm = { header: ["Domain", "Malware", "Date added"] };

function blackbookRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("Domain");
  if (value === "") return "no domain";
  return [
    {
      value,
      type: "domain",
      ...seen(fields("Date added"), ""),
      threatType: "malware",
      malwareFamily: fields("Malware"),
      context: notes({ source: fields("Source") }),
    },
  ];
}

const csv: Layout = {
  name: "Blackbook CSV",
  fits: (head) => fitsCsv(head, form),
  read: (chunks, state) => readCsv(chunks, state, form, blackbookRecord),
};

export const blackbook: IndicatorSource = {
  kind: "indicators",
  id: "blackbook",
  name: "Blackbook",
  vendor: "stamparm",
  homepage: "https://github.com/stamparm/blackbook",
  category: "community",
  nature: "archive",
  undated: "2022-01-01",
  confidence: "medium",
  tlp: "clear",
  reputation: 40,
  licence: { name: "public domain", url: "https://github.com/stamparm/blackbook", redistribution: "yes" },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  ended: true,
  answered: "2026-08",
  takes: "domain; family, date; source in the context",
  files: [{ name: "blackbook.csv", url: "https://raw.githubusercontent.com/stamparm/blackbook/master/blackbook.csv" }],
  layouts: [csv],
};
