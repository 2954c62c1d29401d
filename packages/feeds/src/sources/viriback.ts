import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { addressType, notes, seen } from "../parse/said";

const form: CsvForm = { header: ["Family", "URL", "IP", "FirstSeen"] };

/** The panel of a server, and its address. */
function viribackRecord(fields: Fields): readonly Observation[] | string {
  const url = fields("URL");
  const address = fields("IP");
  if (url === "" && address === "") return "neither URL nor address";
  const about = {
    // The day comes first.
    ...seen(fields("FirstSeen").replace(/^(\d{2})-(\d{2})-(\d{4})$/, "$3-$2-$1"), ""),
    threatType: "c2",
    malwareFamily: fields("Family"),
  };
  const panel = notes({ panel: url });
  return [
    ...(url === "" ? [] : [{ ...about, value: url, type: "url" as const }]),
    ...(address === "" ? [] : [{ ...about, value: address, type: addressType(address), context: panel }]),
  ];
}

const csv: Layout = {
  name: "ViriBack CSV",
  fits: (head) => fitsCsv(head, form),
  read: (chunks, state) => readCsv(chunks, state, form, viribackRecord),
};

export const viriback: IndicatorSource = {
  kind: "indicators",
  id: "viriback",
  name: "ViriBack C2 tracker",
  vendor: "ViriBack",
  homepage: "https://tracker.viriback.com/",
  category: "community",
  nature: "log",
  confidence: "medium",
  tlp: "clear",
  reputation: 65,
  licence: { name: "free of charge; no licence text", url: "https://tracker.viriback.com/", redistribution: "unclear" },
  intervalSeconds: 12 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "URL and address of a panel; family, day",
  files: [{ name: "dump.csv", url: "https://tracker.viriback.com/dump.php" }],
  layouts: [csv],
};
