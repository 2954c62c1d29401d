import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, columnMap, fitsCsv } from "../parse/csv-header";
import { abuseCh } from "./abuse-ch";
import { urlhausRecord } from "./urlhaus-record";

const nine = ["id", "dateadded", "url", "url_status", "last_online", "threat", "tags", "urlhaus_link", "reporter"];
const form: CsvForm = {
  header: ["dateadded", "url", "threat"],
  // `last_online` came in 2022.
  columns: [columnMap(nine), columnMap(nine.filter((name) => name !== "last_online"))],
};
const row = /^"?\d+"?\s*,\s*"?\d{4}-\d{2}-\d{2} [\d:]{8}"?\s*,\s*"?[a-z]+:\/\//i;

const csv: Layout = {
  name: "URLhaus CSV",
  fits: (head) => fitsCsv(head, form, row),
  read: (chunks, state) => readCsv(chunks, state, form, (fields) => urlhausRecord(fields)),
};

export const urlhaus: IndicatorSource = {
  ...abuseCh,
  id: "urlhaus",
  name: "URLhaus",
  nature: "log",
  homepage: "https://urlhaus.abuse.ch/",
  confidence: "high",
  needsKey: "TOCSIN_ABUSECH_KEY",
  maxBytes: 512 * megabyte,
  answered: "2026-08",
  takes: "URL; threat, tags, added, last online; page at URLhaus; status and reporter in the context",
  files: [{ name: "recent.csv", url: "https://urlhaus-api.abuse.ch/v2/files/exports/{key}/recent.csv" }],
  layouts: [csv],
};
