import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { addressType, seen, withPort } from "../parse/said";
import { abuseCh } from "./abuse-ch";

const form: CsvForm = { header: ["Firstseen", "DstIP", "DstPort"] };

function sslblRecord(fields: Fields): readonly Observation[] | string {
  const address = fields("DstIP");
  if (address === "") return "no address";
  return [
    {
      value: withPort(address, fields("DstPort")),
      type: addressType(address),
      ...seen(fields("Firstseen"), ""),
      threatType: "botnet_cc",
    },
  ];
}

const csv: Layout = {
  name: "SSLBL addresses",
  fits: (head) => fitsCsv(head, form),
  read: (chunks, state) => readCsv(chunks, state, form, sslblRecord),
};

export const sslblIp: IndicatorSource = {
  ...abuseCh,
  id: "sslbl-ip",
  name: "SSL Blacklist addresses",
  nature: "log",
  homepage: "https://sslbl.abuse.ch/",
  confidence: "medium",
  // The vendor stopped adding to it on 2025-01-03.
  intervalSeconds: 24 * 3600,
  maxBytes: 64 * megabyte,
  ended: true,
  answered: "2026-08",
  takes: "address with port; first seen. The vendor stopped adding to it on 2025-01-03",
  files: [{ name: "sslipblacklist.csv", url: "https://sslbl.abuse.ch/blacklist/sslipblacklist.csv" }],
  layouts: [csv],
};
