import type { LookupData } from "@tocsin/core/lookup";
import { riskLevels } from "../../components/charts/risk-level";
import { plural } from "../../lib/numbers";

/** What an answer comes to, the worst first. */
export const verdicts = {
  malicious: { label: "Malicious", color: "red" },
  suspicious: { label: "Suspicious", color: "orange" },
  noted: { label: "Noted", color: "yellow" },
  unknown: { label: "Unknown", color: "gray" },
} as const;
export type Verdict = keyof typeof verdicts;

type Facts = Pick<
  LookupData,
  | "found"
  | "ioc_type"
  | "risk"
  | "warnings"
  | "reporting_sources"
  | "confidence"
  | "malware_family"
  | "threat_type"
  | "sources"
  | "ioc_value"
  | "own_reports"
>;

/**
 * The verdict and its one reason. A CVE or a technique is nothing that attacks: it is noted however high its score is. What
 * is probably harmless, stale or withdrawn is noted too, with that for a reason.
 */
export function verdictOf(data: Facts): { verdict: Verdict; reason: string } {
  const [warning] = data.warnings;
  const own = data.own_reports;
  if (own?.verdict === "malicious") return { verdict: "malicious", reason: `Your workspace says so: ${own.reason}` };
  if (!data.found) {
    return { verdict: "unknown", reason: warning ?? "No source of this instance has reported it. It may be new." };
  }
  const score = data.risk?.score ?? 0;
  if (warning !== undefined && score < riskLevels.high.from) return { verdict: "noted", reason: warning };
  const reason = reasonOf(data);
  if (data.ioc_type === "cve" || data.ioc_type === "mitre_attack") return { verdict: "noted", reason };
  if (score >= riskLevels.high.from) return { verdict: "malicious", reason };
  return { verdict: score >= riskLevels.medium.from ? "suspicious" : "noted", reason };
}

function reasonOf(data: Facts): string {
  const [first] = data.sources;
  const by = data.reporting_sources === 1 && first ? first.source_feed : plural(data.reporting_sources, "source");
  const what = [data.malware_family, data.threat_type?.replaceAll("_", " ")].filter(Boolean).join(", ");
  const as = what === "" ? "" : ` as ${what}`;
  const sure = data.confidence === null ? "" : `, with ${data.confidence} confidence`;
  return `Reported by ${by}${as}${sure}.`;
}
