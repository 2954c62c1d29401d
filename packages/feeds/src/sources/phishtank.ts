import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import { fitsJson, readJson } from "../parse/json";
import type { Fields } from "../parse/parsed";
import { activity, link, notes, seen } from "../parse/said";

const form: CsvForm = { header: ["phish_id", "url", "phish_detail_url"] };

function phishtankRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("url");
  if (value === "") return "no URL";
  const target = fields("target");
  return [
    {
      value,
      type: "url",
      ...(/^no$/i.test(fields("verified")) && { confidence: "low" as const }),
      ...activity(fields("online")),
      ...seen(fields("submission_time"), fields("verification_time")),
      threatType: "phishing",
      referenceUrl: link(fields("phish_detail_url")),
      context: notes({ target: /^other$/i.test(target) ? "" : target }),
    },
  ];
}

const csv: Layout = {
  name: "PhishTank CSV",
  fits: (head) => fitsCsv(head, form),
  read: (chunks, state) => readCsv(chunks, state, form, phishtankRecord),
};

const json: Layout = {
  name: "PhishTank JSON",
  fits: (head) => fitsJson(head, ["phish_detail_url"]),
  read: (chunks, state) => readJson(chunks, state, { containers: [], keyed: false }, phishtankRecord),
};

export const phishtank: IndicatorSource = {
  kind: "indicators",
  id: "phishtank",
  name: "PhishTank",
  vendor: "Cisco Talos",
  homepage: "https://phishtank.org/",
  category: "community",
  nature: "list",
  confidence: "high",
  tlp: "clear",
  reputation: 75,
  lifetimeDays: { url: 30 },
  licence: { name: "PhishTank terms of use", url: "https://phishtank.org/terms_of_use.php", redistribution: "unclear" },
  intervalSeconds: 12 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 256 * megabyte,
  answered: "2026-08",
  trouble: "wants an application key: without one most requests are refused",
  takes: "URL; submitted, verified; page at PhishTank; target in the context",
  files: [{ name: "online-valid.csv", url: "https://data.phishtank.com/data/online-valid.csv" }],
  layouts: [csv, json],
};
