import { type RiskLevel, riskWords } from "../charts/risk-level";

/** How severe an article is: the words of a risk level. */
export type Severity = RiskLevel;

/** The severities, the worst first. */
export const severities = ["critical", "high", "medium", "low"] as const satisfies readonly Severity[];

export const severityOptions = severities.map((value) => ({ value, label: riskWords[value] }));
