import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { addressType } from "../parse/said";
import { fitsStalkerwareYaml, readStalkerwareYaml } from "../parse/stalkerware-yaml";

const form: CsvForm = { header: ["type", "indicator", "app"] };

/** A place of one app that spies on people who are close to whoever installs it. */
function stalkerwareOf(value: string, app: string): Observation {
  const isAddress = /^[\d.]+$|:/.test(value);
  const type = value.includes("://") ? "url" : isAddress ? addressType(value) : "domain";
  return { value, type, threatType: "stalkerware", malwareFamily: app };
}

function networkRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("indicator");
  const stated = fields("type").toLowerCase();
  if (value === "") return "no indicator";
  if (!/^(?:domain|ip|ipv4|ipv6)$/.test(stated)) return `no indicator of a known type: ${stated.slice(0, 40)}`;
  return [stalkerwareOf(value, fields("app"))];
}

const csv: Layout = {
  name: "Stalkerware CSV",
  fits: (head) => fitsCsv(head, form),
  read: (chunks, state) => readCsv(chunks, state, form, networkRecord),
};

const yaml: Layout = {
  name: "Stalkerware YAML",
  fits: fitsStalkerwareYaml,
  read: (chunks, state) => readStalkerwareYaml(chunks, state, stalkerwareOf),
};

export const stalkerware: IndicatorSource = {
  kind: "indicators",
  id: "stalkerware",
  name: "Stalkerware indicators",
  vendor: "Echap",
  homepage: "https://github.com/AssoEchap/stalkerware-indicators",
  category: "community",
  nature: "list",
  confidence: "high",
  tlp: "clear",
  reputation: 80,
  licence: {
    name: "CC BY 4.0",
    url: "https://github.com/AssoEchap/stalkerware-indicators/blob/master/LICENSE",
    redistribution: "yes",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "domain, address; app as the family; names of packages and hashes of certificates are not taken",
  files: [
    {
      name: "network.csv",
      url: "https://raw.githubusercontent.com/AssoEchap/stalkerware-indicators/master/generated/network.csv",
    },
  ],
  layouts: [csv, yaml],
};
