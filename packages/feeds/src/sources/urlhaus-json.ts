import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsJson, readJson } from "../parse/json";
import { abuseCh } from "./abuse-ch";
import { urlhausRecord } from "./urlhaus-record";

const json: Layout = {
  name: "URLhaus JSON",
  fits: (head) => fitsJson(head, ["url_status", "urlhaus_link", "urlhaus_reference"]),
  read: (chunks, state) => readJson(chunks, state, { containers: ["urls", "data"], keyed: true }, urlhausRecord),
};

export const urlhausJson: IndicatorSource = {
  ...abuseCh,
  id: "urlhaus-json",
  name: "URLhaus (JSON)",
  nature: "log",
  homepage: "https://urlhaus.abuse.ch/",
  confidence: "high",
  needsKey: "TOCSIN_ABUSECH_KEY",
  alternativeOf: "urlhaus",
  maxBytes: 512 * megabyte,
  answered: "2026-08",
  takes: "as `urlhaus`",
  files: [{ name: "recent.json", url: "https://urlhaus-api.abuse.ch/v2/files/exports/{key}/recent.json" }],
  layouts: [json],
};
