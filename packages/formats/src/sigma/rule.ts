// Sigma specification 2.1: rules.
import { phasesOf } from "@tocsin/core/attack";
import type { RiskLevel } from "@tocsin/core/iocs";
import type { Tlp } from "@tocsin/core/values";
import { cut, oneLine } from "../summary";
import { yamlQuoted } from "./quote";
import type { LogSource } from "./source";

export type Rule = {
  readonly title: string;
  readonly id: string;
  readonly description: string;
  readonly references: readonly string[];
  readonly author: string;
  readonly date: Date;
  readonly modified: Date;
  readonly techniques: readonly string[];
  readonly tlp: Tlp;
  readonly source: LogSource;
  /** Fields with their modifiers and all values of each; any may match. */
  readonly detection: ReadonlyArray<readonly [field: string, values: readonly string[]]>;
  readonly level: RiskLevel;
};

/** Characters. */
const longestTitle = 256;

/** A rule as one YAML document. */
export function ruleText(rule: Rule): string {
  const { source, detection } = rule;
  const one = detection.length === 1;
  const [date, modified] = [dayOf(rule.date), dayOf(rule.modified)];
  const references = rule.references.filter((reference) => /^https?:\/\/\S+$/.test(reference));
  return [
    "---",
    `title: ${yamlQuoted(titleOf(rule))}`,
    `id: ${rule.id}`,
    "status: experimental",
    `description: ${yamlQuoted(rule.description)}`,
    ...(references.length === 0 ? [] : ["references:", ...references.map((text) => `    - ${yamlQuoted(text)}`)]),
    `author: ${yamlQuoted(oneLine(rule.author))}`,
    `date: ${date}`,
    ...(modified > date ? [`modified: ${modified}`] : []),
    "tags:",
    ...tagsOf(rule).map((tag) => `    - ${tag}`),
    "logsource:",
    `    category: ${source.logsource.category}`,
    ...(source.logsource.product === undefined ? [] : [`    product: ${source.logsource.product}`]),
    "detection:",
    ...detection.flatMap(([field, values], index) => [
      `    selection${one ? "" : `_${index + 1}`}:`,
      ...(values.length === 1
        ? [`        ${field}: ${yamlQuoted(values[0] ?? "")}`]
        : [`        ${field}:`, ...values.map((value) => `            - ${yamlQuoted(value)}`)]),
    ]),
    `    condition: ${one ? "selection" : "1 of selection_*"}`,
    "falsepositives:",
    `    - ${yamlQuoted(source.falsePositives)}`,
    `level: ${rule.level}`,
    "",
  ].join("\n");
}

/** Titles must differ, so one that is cut ends with the id. */
function titleOf({ title, id }: Rule): string {
  if (title.length <= longestTitle) return title;
  return `${cut(title, longestTitle - id.length - 1)} ${id}`;
}

function tagsOf({ source, techniques, tlp, modified }: Rule): string[] {
  const known = techniques.filter((id) => /^T[0-9]{4}(?:\.[0-9]{3})?$/.test(id)).map((id) => id.toLowerCase());
  const tactics = phasesOf(techniques, modified).map(({ tactic }) => tactic);
  const attack = [source.tactic, ...tactics, ...known].map((word) => `attack.${word}`);
  return [...new Set(attack), `tlp.${tlp.replace("+", "-")}`];
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
