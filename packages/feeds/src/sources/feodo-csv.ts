import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { addressList } from "../parse/address-list";
import { readCsv } from "../parse/csv";
import { type CsvForm, columnMap, fitsCsv } from "../parse/csv-header";
import { fitsList, readList } from "../parse/line-list";
import { abuseCh } from "./abuse-ch";
import { feodoRecord } from "./feodo-record";

const six = ["first_seen_utc", "dst_ip", "dst_port", "c2_status", "last_online", "malware"];
const form: CsvForm = {
  header: ["dst_ip", "malware"],
  columns: [columnMap(six), columnMap(six.filter((name) => name !== "c2_status"))],
  endMark: /^#\s*END\b|number of entries/i,
};
const row = /^"?\d{4}-\d{2}-\d{2} [\d:]{8}"?\s*,\s*"?[\da-f.:]+"?\s*,\s*"?\d+"?\s*,/i;

const csv: Layout = {
  name: "Feodo Tracker CSV",
  fits: (head) => fitsCsv(head, form, row),
  read: (chunks, state) => readCsv(chunks, state, form, feodoRecord),
};

const listForm = { ...addressList, endMark: /^#\s*END\b/i };
const list: Layout = {
  name: "Feodo Tracker list",
  fits: (head) => fitsList(head, listForm, /feodo/i),
  read: (chunks, state) => readList(chunks, state, listForm, feodoRecord),
};

export const feodoCsv: IndicatorSource = {
  ...abuseCh,
  id: "feodo-csv",
  name: "Feodo Tracker (CSV)",
  nature: "log",
  homepage: "https://feodotracker.abuse.ch/",
  confidence: "high",
  lifetimeDays: { ipv4: 60 },
  alternativeOf: "feodo-json",
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "as `feodo-json`; host name, network and country only there",
  files: [{ name: "ipblocklist.csv", url: "https://feodotracker.abuse.ch/downloads/ipblocklist.csv" }],
  layouts: [csv, list],
};
