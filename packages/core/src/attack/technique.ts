import { enterpriseTechniques } from "./enterprise-techniques";
import { formerTechniques } from "./former-techniques";
import { icsTechniques } from "./ics-techniques";
import { type Matrix, type Tactic, tacticNamed, tacticOf, tacticOfCode } from "./tactics";

/** `tactics` are short names as in ATT&CK's STIX, such as `command-and-control`. */
export type Technique = {
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
};

/** ATT&CK's version that the shipped tables follow. */
export const attackVersion = "18";

const techniques = new Map<string, Technique>();
readTable(enterpriseTechniques);
readTable(icsTechniques);
const successors = new Map(
  formerTechniques
    .trim()
    .split(/[|\n]/)
    .map((pair) => pair.split(" ") as [string, string]),
);

/** The technique of an id in upper case; under a revoked id, what took its place. null for ids that the tables lack. */
export function techniqueOf(id: string): Technique | null {
  const found = techniques.get(id);
  if (found) return found;
  const successor = techniques.get(successors.get(id) ?? "");
  return successor ? { ...successor, id } : null;
}

/** Every technique and sub-technique of the shipped tables, by ascending id within its matrix. */
export function allTechniques(): readonly Technique[] {
  return [...techniques.values()];
}

/** `T1071.001` → `Application Layer Protocol: Web Protocols`, as ATT&CK's own pages print sub-techniques. */
export function fullNameOf(id: string): string | null {
  const technique = techniqueOf(id);
  if (!technique) return null;
  const [parent = "", sub] = (successors.get(id) ?? id).split(".");
  return sub === undefined ? technique.name : `${techniques.get(parent)?.name}: ${technique.name}`;
}

/** The matrix that an id belongs to: ICS has T0 and TA01 ids. */
export function matrixOf(id: string): Matrix {
  return id.startsWith("T0") || id.startsWith("TA01") ? "ics" : "enterprise";
}

/** The tactics of a technique with their ids and names; of a tactic, itself. */
export function tacticsOf(id: string): readonly Tactic[] {
  const own = tacticOf(id);
  if (own) return [{ id, name: own.name }];
  return (techniqueOf(id)?.tactics ?? []).flatMap((shortName) => tacticNamed(shortName, matrixOf(id)) ?? []);
}

function readTable(table: string): void {
  for (const line of table.trim().split("\n")) {
    const [, id = "", codes = "", text = ""] = /^(\S+) (\S+) (.+)$/.exec(line) ?? [];
    const tactics = codes.split(",").map(tacticOfCode);
    const [name = "", subs] = text.split(/: (.*)/);
    techniques.set(id, { id, name, tactics });
    for (const [index, sub] of (subs?.split("|") ?? []).entries()) {
      const subId = `${id}.${String(index + 1).padStart(3, "0")}`;
      if (sub !== "-") techniques.set(subId, { id: subId, name: sub, tactics });
    }
  }
}
