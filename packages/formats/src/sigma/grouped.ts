import { type IocRecord, levelOf } from "@tocsin/core/iocs";
import { strictestTlp, type Tlp } from "@tocsin/core/values";
import type { About } from "../format";
import { nameUuid } from "../uuid";
import { ruleText } from "./rule";
import { type Sighted, type SourceName, sources } from "./source";

export type GroupLimits = {
  readonly valuesPerRule: number;
  /** Of one log source; null = as many as the values need. */
  readonly rulesPerSource: number | null;
};

/** What gathers for the next rule of a log source; never more than one rule's values. */
type Group = {
  readonly name: SourceName;
  number: number;
  values: number;
  leftOut: number;
  detection: Map<string, string[]>;
  techniques: Set<string>;
  tlp: Tlp;
  risk: number;
  first: Date;
  last: Date;
};

/** Gathers records into rules: `add` gives the rule that has become full, if one has; `finish` gives what is left. */
export function groupRules(about: About, limits: GroupLimits) {
  const groups = new Map<SourceName, Group>();
  return {
    add(ioc: IocRecord, sighted: Sighted): string {
      const group = groups.get(sighted.source) ?? emptyGroup(sighted.source, 1, ioc);
      groups.set(sighted.source, group);
      if (group.values < limits.valuesPerRule) {
        addTo(group, ioc, sighted.selections);
        return "";
      }
      // The last rule that is allowed waits for the end, when it can say how many it had to leave out.
      if (group.number === limits.rulesPerSource) {
        group.leftOut += 1;
        return "";
      }
      const next = emptyGroup(group.name, group.number + 1, ioc);
      addTo(next, ioc, sighted.selections);
      groups.set(group.name, next);
      return textOf(group, about);
    },
    finish(): string {
      return [...groups.values()].map((group) => textOf(group, about)).join("");
    },
  };
}

function emptyGroup(name: SourceName, number: number, { firstSeen, updatedAt }: IocRecord): Group {
  return {
    name,
    number,
    values: 0,
    leftOut: 0,
    detection: new Map(),
    techniques: new Set(),
    tlp: "clear",
    risk: 0,
    first: firstSeen,
    last: updatedAt,
  };
}

function addTo(group: Group, ioc: IocRecord, selections: ReadonlyArray<readonly [string, string]>): void {
  for (const [field, value] of selections) {
    const values = group.detection.get(field);
    if (values) values.push(value);
    else group.detection.set(field, [value]);
  }
  for (const technique of ioc.mitreTechniques) group.techniques.add(technique);
  group.values += 1;
  group.tlp = strictestTlp(group.tlp, ioc.tlp);
  group.risk += ioc.riskScore;
  if (ioc.firstSeen < group.first) group.first = ioc.firstSeen;
  if (ioc.updatedAt > group.last) group.last = ioc.updatedAt;
}

function textOf(group: Group, { instanceName, selection = "" }: About): string {
  const source = sources[group.name];
  const { values, leftOut } = group;
  return ruleText({
    title: `${source.groupTitle} ${group.number}`,
    id: nameUuid(`sigma:group:${instanceName}:${selection}:${group.name}:${group.number}`),
    description:
      `${source.groupDescription} Part ${group.number}, newest first: ${values} ${values === 1 ? "value" : "values"}.` +
      (leftOut === 0 ? "" : ` ${leftOut} older ${leftOut === 1 ? "value was" : "values were"} left out.`),
    references: [],
    author: instanceName,
    date: group.first,
    modified: group.last,
    techniques: [...group.techniques].sort(),
    tlp: group.tlp,
    source,
    detection: [...group.detection],
    // A rule for many values is as urgent as they are on average.
    level: levelOf(Math.round(group.risk / values)),
  });
}
