import type { Confidence, IocType, Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout, ReadState } from "../definition/layout";
import { isObject } from "../parse/json";
import { type JoinedForm, type JsonObject, readJoined, type Said, textOf } from "../parse/json-joined";
import { mispHashes, mispLayout, mispManifest } from "../parse/misp";
import { addressType, notes } from "../parse/said";
import { anyTime } from "../parse/times";

const base = "https://raw.githubusercontent.com/PixelatedContinuum/Threat-Intel-Reports/main/feeds/misp/";

type Report = { name: string; family: string };

/** Names of members and of types, without case, number and what is not a letter or a digit. */
const types: Readonly<Record<string, IocType | "ip">> = {
  md5: "md5",
  sha1: "sha1",
  sha256: "sha256",
  sha512: "sha512",
  ip: "ip",
  ipv4: "ip",
  ipv6: "ip",
  ipaddress: "ip",
  domain: "domain",
  hostname: "domain",
  url: "url",
  email: "email",
};
// What a report says is to be watched for, not to be blocked.
const apart = /never_?block|hunt_?only|legitimate|benign|false_?positive|allow_?list|white_?list/i;
const mostDepth = 8;

/** Reports are written by hand, no two alike: an indicator is a value whose own type or whose member's name says so. */
function readMember(object: JsonObject, report: Report, key: string): Said {
  const found: Observation[][] = [];
  walk(object.items ?? object, key, report, found, 0);
  return found;
}

function walk(value: unknown, key: string, report: Report, found: Observation[][], depth: number): void {
  if (apart.test(key) || depth > mostDepth) return;
  const visit = (inner: unknown, name: string, about: JsonObject) => {
    if (typeof inner === "string") take(inner, typeOf(name), about, report, found);
    else walk(inner, name, report, found, depth + 1);
  };
  if (Array.isArray(value)) for (const each of value) visit(each, key, {});
  else if (isObject(value)) {
    const stated = textOf(value, "type");
    take(textOf(value, "value") || textOf(value, "indicator"), typeOf(stated) ?? typeOf(key), value, report, found);
    for (const [name, inner] of Object.entries(value)) visit(inner, name, value);
  }
}

function typeOf(name: string): IocType | "ip" | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return types[plain] ?? types[plain.replace(/(?:e?s|hash|hashes)$/, "")];
}

function take(
  value: string,
  type: IocType | "ip" | undefined,
  about: JsonObject,
  report: Report,
  found: Observation[][],
): void {
  if (value === "" || type === undefined || /\s/.test(value)) return;
  const confidence = confidenceOf(textOf(about, "confidence"));
  found.push([
    {
      value,
      type: type === "ip" ? addressType(value) : type,
      ...(confidence && { confidence }),
      threatType: "malware",
      malwareFamily: textOf(about, "family") || report.family,
      context: notes({ report: report.name, note: textOf(about, "purpose") || textOf(about, "description") }),
    },
  ]);
}

function confidenceOf(word: string): Confidence | undefined {
  if (/^(?:definite|confirmed|high)/i.test(word)) return "high";
  if (/^(?:moderate|medium|likely|probable)/i.test(word)) return "medium";
  return /^(?:low|possible)/i.test(word) ? "low" : undefined;
}

const formOf = (state: ReadState): JoinedForm<Report> => ({
  json: { containers: [], keyed: true },
  start: () => ({ name: "", family: "" }),
  learn: (report, object) => {
    const published = textOf(object, "report_date") || textOf(object, "date") || textOf(object, "discovery_date");
    if (published !== "") state.dated ??= anyTime(published) ?? undefined;
    report.name ||= textOf(object, "campaign") || textOf(object, "name");
    report.family ||= textOf(object, "malware_family");
  },
  read: readMember,
});

const report: Layout = {
  name: "Hunter's Ledger report",
  fits: (head) => /^[\s\ufeff]*\{/.test(head) && /"(?:file_hashes|network_indicators)"\s*:/.test(head),
  read: (chunks, state) => readJoined(chunks, state, formOf(state)),
};

export const huntersLedger: IndicatorSource = {
  kind: "indicators",
  id: "hunters-ledger",
  name: "The Hunter's Ledger",
  vendor: "The Hunter's Ledger",
  homepage: "https://the-hunters-ledger.com/ioc-feeds/",
  category: "research",
  nature: "archive",
  undated: "2025-01-01",
  confidence: "medium",
  tlp: "clear",
  reputation: 55,
  licence: { name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/", redistribution: "yes" },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "hashes, addresses, domains and URLs wherever they stand; report, confidence, purpose",
  files: [{ name: "manifest.json", url: `${base}manifest.json` }],
  layouts: [mispLayout(), mispManifest(base), mispHashes, report],
};
