import { type IndicatorSource, megabyte } from "../definition/feed";
import { mispHashes, mispLayout, mispManifest } from "../parse/misp";
import { infobloxCsv } from "./infoblox-csv";

const base = "https://raw.githubusercontent.com/infobloxopen/threat-intelligence/main/indicators/misp/";

export const mispInfoblox: IndicatorSource = {
  ...infobloxCsv,
  id: "misp-infoblox",
  name: "Infoblox threat research (MISP)",
  nature: "archive",
  undated: "2023-01-01",
  alternativeOf: "infoblox-csv",
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "as `misp-circl`",
  files: [{ name: "manifest.json", url: `${base}manifest.json` }],
  layouts: [mispLayout(), mispManifest(base), mispHashes],
};
