import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, columnMap, fitsCsv } from "../parse/csv-header";
import { abuseCh } from "./abuse-ch";
import { threatfoxRecord } from "./threatfox-record";

const fourteen = [
  ...["first_seen_utc", "ioc_id", "ioc_value", "ioc_type", "threat_type", "fk_malware", "malware_alias"],
  ...["malware_printable", "last_seen_utc", "confidence_level", "reference", "tags", "anonymous", "reporter"],
];
const form: CsvForm = {
  header: ["ioc_value", "ioc_type"],
  // `is_compromised` came in 2025.
  columns: [columnMap(fourteen), columnMap(fourteen.toSpliced(10, 0, "is_compromised"))],
  endMark: /number of entries/i,
};
const row = /^"?\d{4}-\d{2}-\d{2} [\d:]{8}"?\s*,\s*"?\d+"?\s*,.*"(?:ip:port|domain|url|[a-z0-9]+_hash)"/i;

const csv: Layout = {
  name: "ThreatFox CSV",
  fits: (head) => fitsCsv(head, form, row),
  read: (chunks, state) => readCsv(chunks, state, form, (fields) => threatfoxRecord(fields)),
};

export const threatfoxCsv: IndicatorSource = {
  ...abuseCh,
  id: "threatfox-csv",
  name: "ThreatFox (CSV)",
  nature: "log",
  homepage: "https://threatfox.abuse.ch/",
  confidence: "medium",
  needsKey: "TOCSIN_ABUSECH_KEY",
  alternativeOf: "threatfox-json",
  maxBytes: 512 * megabyte,
  answered: "2026-08",
  takes: "as `threatfox-json`",
  files: [{ name: "recent.csv", url: "https://threatfox-api.abuse.ch/v2/files/exports/{key}/recent.csv" }],
  layouts: [csv],
};
