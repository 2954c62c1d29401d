import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import { fitsJson, readJson } from "../parse/json";
import type { Fields } from "../parse/parsed";
import { notes, seen, tagList } from "../parse/said";

function kevRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("cveID");
  if (value === "") return "no CVE id";
  const ransomware = fields("knownRansomwareCampaignUse");
  const used = /^known$/i.test(ransomware);
  return [
    {
      value,
      type: "cve",
      confidence: "high",
      ...(used && { certainty: 100 }),
      ...seen(fields("dateAdded"), ""),
      threatType: "exploited-vulnerability",
      tags: tagList(fields("cwes"), used ? ["kev", "ransomware"] : ["kev"]),
      referenceUrl: /https?:\/\/[^\s;,"<>]+/i.exec(fields("notes"))?.[0] ?? "",
      context: notes({
        vendor: fields("vendorProject"),
        product: fields("product"),
        vulnerability: fields("vulnerabilityName"),
        due: fields("dueDate"),
        "ransomware use": ransomware,
      }),
    },
  ];
}

const json: Layout = {
  name: "KEV JSON",
  fits: (head) => fitsJson(head, ["cveID"]),
  read: (chunks, state) => readJson(chunks, state, { containers: ["vulnerabilities"], keyed: false }, kevRecord),
};

const form: CsvForm = { header: ["cveID", "vendorProject"] };
const csv: Layout = {
  name: "KEV CSV",
  fits: (head) => fitsCsv(head, form),
  read: (chunks, state) => readCsv(chunks, state, form, kevRecord),
};

export const cisaKev: IndicatorSource = {
  kind: "indicators",
  id: "cisa-kev",
  name: "Known Exploited Vulnerabilities",
  vendor: "CISA",
  homepage: "https://www.cisa.gov/known-exploited-vulnerabilities-catalog",
  category: "government",
  nature: "list",
  takesBack: true,
  confidence: "high",
  tlp: "clear",
  reputation: 98,
  // What leaves the catalog is said no more: the list is whole, and read several times in that time.
  lifetimeDays: { cve: 2 },
  licence: {
    name: "CC0-1.0",
    url: "https://www.cisa.gov/sites/default/files/licenses/kev/license.txt",
    redistribution: "yes",
  },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "CVE; date added, CWEs; vendor, product, due date and use by ransomware in the context",
  files: [
    {
      name: "known_exploited_vulnerabilities.json",
      url: "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json",
    },
  ],
  layouts: [json, csv],
};
