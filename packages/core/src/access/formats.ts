import type { Scope } from "./scopes";
import { type TierName, tierNames } from "./tier-names";

/**
 * The forms that IOCs are taken away in: the least tier that has each, and the scope that a key needs for it. What a
 * format is, is said where it is written (packages/formats) and where it is served (apps/api/src/exports/catalog.ts).
 */
export const formatRules = {
  json: { tier: "free", scope: "read:iocs" },
  csv: { tier: "free", scope: "read:iocs" },
  txt: { tier: "free", scope: "read:iocs" },
  ndjson: { tier: "pro", scope: "read:iocs" },
  stix: { tier: "pro", scope: "read:stix" },
  taxii: { tier: "pro", scope: "read:stix" },
  misp: { tier: "pro", scope: "read:misp" },
  cef: { tier: "pro", scope: "read:cef" },
  openioc: { tier: "pro", scope: "read:openioc" },
  sigma: { tier: "pro", scope: "read:iocs" },
  hosts: { tier: "free", scope: "read:iocs" },
  edl: { tier: "free", scope: "read:iocs" },
  rpz: { tier: "pro", scope: "read:iocs" },
  suricata: { tier: "pro", scope: "read:iocs" },
  zeek: { tier: "pro", scope: "read:iocs" },
} as const satisfies Record<string, { tier: TierName; scope: Scope }>;

export type Format = keyof typeof formatRules;
export const formats = Object.keys(formatRules) as [Format, ...Format[]];

/** The formats of a tier, those of the tiers below it included. */
export function formatsOf(tier: TierName): readonly Format[] {
  return formats.filter((format) => tierNames.indexOf(formatRules[format].tier) <= tierNames.indexOf(tier));
}
