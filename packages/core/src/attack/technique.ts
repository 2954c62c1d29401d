import { matricesAt } from "./current";
import type { Tactic, Technique } from "./matrices";
import { type Matrix, matrices } from "./shipped-tactics";
import { tacticNamed, tacticOf } from "./tactics";

/**
 * The technique of an id in upper case; under a revoked id, what took its place. null for ids that the tables lack.
 * `changed` asks for what a record prints that last changed then.
 */
export function techniqueOf(id: string, changed?: Date): Technique | null {
  return matricesAt(changed).techniques.get(id)?.technique ?? null;
}

/** Every technique and sub-technique that stands, of one matrix or of all, by ascending id within its matrix. */
export function allTechniques(only?: Matrix): readonly Technique[] {
  const { standing } = matricesAt();
  return (only === undefined ? matrices : [only]).flatMap((matrix) => standing.get(matrix) ?? []);
}

/** `T1071.001` → `Application Layer Protocol: Web Protocols`, as ATT&CK's own pages print sub-techniques. */
export function fullNameOf(id: string, changed?: Date): string | null {
  return matricesAt(changed).techniques.get(id)?.fullName ?? null;
}

/** The tactics of a technique with their ids and names; of a tactic, itself. */
export function tacticsOf(id: string): readonly Tactic[] {
  const own = tacticOf(id);
  if (own) return [{ id, name: own.name }];
  const known = matricesAt().techniques.get(id);
  return (known?.technique.tactics ?? []).flatMap((shortName) => tacticNamed(shortName, known?.matrix) ?? []);
}
