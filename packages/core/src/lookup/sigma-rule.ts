// Sigma specification 2.1: rules.
import { phasesOf } from "../attack";
import { type IocType, iocId, type Tlp } from "../values";
import { yamlString } from "./literals";

/** What a rule says beside its detection. */
export type RuleFacts = {
  author: string;
  /** Whether a source reported the value; one may also hunt for what none has. */
  known: boolean;
  date: Date;
  level: "low" | "medium" | "high" | "critical";
  /** ATT&CK ids of the record. */
  techniques: readonly string[];
  tlp: Tlp | null;
};

export type RuleBody = {
  title: string;
  description: string;
  logsource: { category: string; product?: string };
  /** Field with its modifiers → values as Sigma reads them; any field may match. */
  selections: ReadonlyArray<readonly [field: string, value: string]>;
  falsePositives: string;
  tactic: string;
};

const reported = "Threat intelligence names it as malicious.";
const unreported = "It is under investigation; no source names it as malicious.";

/** Characters. */
const longestTitle = 256;

/** One Sigma rule as YAML; its id is the same for a type and value for ever. */
export function sigmaRule(type: IocType, value: string, body: RuleBody, facts: RuleFacts): string {
  const one = body.selections.length === 1;
  return [
    `title: ${yamlString(body.title.slice(0, longestTitle))}`,
    // No normalised value begins like this, so that the id of the rule is never the id of an IOC.
    `id: ${iocId(type, `sigma:${value}`)}`,
    "status: experimental",
    `description: ${yamlString(`${body.description} ${facts.known ? reported : unreported}`)}`,
    `author: ${yamlString(facts.author)}`,
    `date: ${facts.date.toISOString().slice(0, 10)}`,
    "tags:",
    ...tagsOf(body, facts).map((tag) => `    - ${tag}`),
    "logsource:",
    `    category: ${body.logsource.category}`,
    ...(body.logsource.product === undefined ? [] : [`    product: ${body.logsource.product}`]),
    "detection:",
    ...body.selections.flatMap(([field, text], index) => [
      `    selection${one ? "" : `_${index + 1}`}:`,
      `        ${field}: ${yamlString(text)}`,
    ]),
    `    condition: ${one ? "selection" : "1 of selection_*"}`,
    "falsepositives:",
    `    - ${yamlString(body.falsePositives)}`,
    `level: ${facts.level}`,
    "",
  ].join("\n");
}

function tagsOf({ tactic }: RuleBody, { techniques, tlp }: RuleFacts): string[] {
  const known = techniques.filter((id) => /^T[0-9]{4}(?:\.[0-9]{3})?$/.test(id)).map((id) => id.toLowerCase());
  const served = phasesOf(techniques).map((phase) => phase.tactic);
  return [
    ...new Set([tactic, ...served, ...known].map((word) => `attack.${word}`)),
    ...(tlp === null ? [] : [`tlp.${tlp.replace("+", "-")}`]),
  ];
}
