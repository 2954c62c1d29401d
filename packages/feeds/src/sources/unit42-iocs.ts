import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, columnMap, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { notes, seen } from "../parse/said";

const form: CsvForm = {
  header: ["url", "seen", "sample"],
  columns: [columnMap(["url", "seen", "sample"])],
};
const row = /^"?h(?:xx|tt)ps?:\/\/[^,]+,\s*\d{4}-\d{2}-\d{2} [\d:]{8}\s*,/i;

/** A panel, and the sample that led to it where there was one. */
function panelRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("url");
  if (value === "") return "no URL";
  const sample = fields("sample");
  const isHash = /^[\da-f]{64}$/i.test(sample);
  const about = { ...seen(fields("seen"), ""), threatType: "c2", malwareFamily: "DiamondFox" };
  const panel: Observation = { ...about, value, type: "url", context: notes({ sample: isHash ? sample : "" }) };
  if (!isHash) return [panel];
  return [panel, { ...about, value: sample, type: "sha256", threatType: "malware", context: `panel: ${value}` }];
}

const csv: Layout = {
  name: "Unit 42 panels",
  fits: (head) => fitsCsv(head, form, row),
  read: (chunks, state) => readCsv(chunks, state, form, panelRecord),
};

export const unit42Iocs: IndicatorSource = {
  kind: "indicators",
  id: "unit42-iocs",
  name: "Unit 42: DiamondFox panels",
  vendor: "Palo Alto Networks",
  homepage: "https://github.com/pan-unit42/iocs",
  category: "vendor",
  nature: "archive",
  undated: "2016-01-01",
  confidence: "medium",
  tlp: "clear",
  reputation: 80,
  licence: { name: "MIT", url: "https://github.com/pan-unit42/iocs/blob/master/LICENSE", redistribution: "yes" },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  ended: true,
  answered: "2026-08",
  takes: "URL of a panel, SHA-256 of the sample that led there; time",
  files: [
    {
      name: "diamondfox_panels.txt",
      url: "https://raw.githubusercontent.com/pan-unit42/iocs/master/diamondfox/diamondfox_panels.txt",
    },
  ],
  layouts: [csv],
};
