import { type Matrix, tacticOf } from "./tactics";
import { matrixOf, techniqueOf } from "./technique";

/** A tactic by its short name (`command-and-control`), as a phase of its matrix. */
export type Phase = { readonly matrix: Matrix; readonly tactic: string };

/** The tactics that techniques serve, and those named by a TA id, in the order of the ids, each once a matrix. */
export function phasesOf(ids: readonly string[]): Phase[] {
  const phases = new Map<string, Phase>();
  for (const id of ids) {
    const named = tacticOf(id);
    const matrix = named?.matrix ?? matrixOf(id);
    const tactics = named ? [named.shortName] : (techniqueOf(id)?.tactics ?? []);
    for (const tactic of tactics) phases.set(`${matrix} ${tactic}`, { matrix, tactic });
  }
  return [...phases.values()];
}
