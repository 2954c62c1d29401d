import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsJson, readJson } from "../parse/json";
import { abuseCh } from "./abuse-ch";
import { threatfoxRecord } from "./threatfox-record";

const json: Layout = {
  name: "ThreatFox JSON",
  fits: (head) => fitsJson(head, ["ioc_value", "ioc_type"]),
  read: (chunks, state) => readJson(chunks, state, { containers: ["data"], keyed: true }, threatfoxRecord),
};

export const threatfoxJson: IndicatorSource = {
  ...abuseCh,
  id: "threatfox-json",
  name: "ThreatFox",
  nature: "log",
  homepage: "https://threatfox.abuse.ch/",
  confidence: "medium",
  needsKey: "TOCSIN_ABUSECH_KEY",
  maxBytes: 512 * megabyte,
  answered: "2026-08",
  takes:
    "address with port, domain, URL, MD5, SHA-1, SHA-256, e-mail; confidence, threat, family, tags, times, reference; Malpedia id, aliases and reporter in the context",
  files: [{ name: "recent.json", url: "https://threatfox-api.abuse.ch/v2/files/exports/{key}/recent.json" }],
  layouts: [json],
};
