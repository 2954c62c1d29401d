import { kindsOf, offeredOf } from "../../lib/tables";
import { type RiskLevel, riskLevels } from "../charts/risk-level";

/** How severe an article is: the words of a risk level. */
export type Severity = RiskLevel;

export const severities: readonly Severity[] = kindsOf(riskLevels);
export const severityOptions = offeredOf(riskLevels);
