import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, columnMap, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { addressType, notes, seen } from "../parse/said";

const five = ["id", "type", "url", "ip", "date"];
const form: CsvForm = {
  header: ["type", "url", "ip", "date"],
  columns: [columnMap(five), columnMap([...five, "more"])],
  separator: ";",
  freeHeader: true,
};
const row = /^"?\d{1,9}"?;"?[^;"]{1,60}"?;"?https?:\/\//i;

/** A panel, and the place that it is on, which is an address or a name. */
function panelRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("url");
  if (value === "") return "no URL";
  const about = { ...seen(fields("date"), ""), threatType: "c2", malwareFamily: fields("type") };
  const place = fields("ip");
  const isAddress = /^[\d.]+$|:/.test(place);
  return [
    { ...about, value, type: "url" },
    ...(isAddress ? [{ ...about, value: place, type: addressType(place), context: notes({ panel: value }) }] : []),
  ];
}

const csv: Layout = {
  name: "Benkow CSV",
  fits: (head) => fitsCsv(head, form, row),
  read: (chunks, state) => readCsv(chunks, state, form, panelRecord),
};

export const benkowPanels: IndicatorSource = {
  kind: "indicators",
  id: "benkow-panels",
  name: "Benkow panel tracker",
  vendor: "Benkow",
  homepage: "https://benkow.cc/passwords.php",
  category: "community",
  nature: "log",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  licence: { name: "free of charge; no licence text", url: "https://benkow.cc/", redistribution: "unclear" },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "URL and address of a panel; family, day",
  files: [{ name: "export.csv", url: "https://benkow.cc/export.php" }],
  layouts: [csv],
};
