import { techniqueOf } from "../attack";
import { atOnce } from "../lib";
import { findAttackIds, findCves } from "./ids";
import { type Finding, findValuesInSteps, maxIndicators } from "./indicators";
import { type Line, readLines } from "./line";
import { findNamesInSteps, type NamedThreat } from "./threat-names";
import { joinWrapped } from "./wrapped";

/** What a text names; `complete` is false where it names more values than are kept. */
export type TextFindings = {
  readonly values: readonly Finding[];
  readonly techniques: readonly string[];
  readonly tactics: readonly string[];
  readonly threatActors: readonly NamedThreat[];
  readonly malwareFamilies: readonly NamedThreat[];
  readonly complete: boolean;
};

/** Reads a text that somebody pasted: every value with its place and role. Pure, and bounded in time by its length. */
export function readText(text: string): TextFindings {
  return atOnce(readInSteps(text));
}

function* readInSteps(text: string): Generator<void, TextFindings> {
  const lines = joinWrapped(readLines(text));
  const found = yield* findValuesInSteps(lines);
  const values = [...found, ...cvesOf(lines)];
  return {
    values: values.slice(0, maxIndicators).sort((a, b) => a.line - b.line),
    ...findAttackIds(lines, (id) => techniqueOf(id) !== null),
    ...(yield* findNamesInSteps(lines.map((line) => line.text).join("\n"))),
    complete: found.length < maxIndicators && values.length <= maxIndicators,
  };
}

/** A CVE is named on purpose wherever it stands. */
function cvesOf(lines: readonly Line[]): Finding[] {
  const found = new Map<string, Finding>();
  for (const [index, line] of lines.entries()) {
    for (const cve of findCves([line])) {
      const before = found.get(cve.value);
      const first = { ...cve, role: "indicator", line: index + 1, place: "text", defanged: false } as const;
      found.set(cve.value, { ...(before ?? first), occurrences: (before?.occurrences ?? 0) + 1 });
    }
  }
  return [...found.values()];
}
