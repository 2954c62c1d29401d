import type { Outputs } from "../../lib/trpc";

export type Threat = Outputs["threats"]["show"]["data"];
export type ThreatKind = Threat["kind"];

export const kindLabels = {
  technique: "Technique",
  group: "Group",
  malware: "Malware",
  cve: "CVE",
} as const satisfies Record<ThreatKind, string>;
