import { matricesAt } from "./current";
import type { Matrix } from "./shipped-tactics";

/** A tactic by its short name (`command-and-control`), as a phase of its matrix. */
export type Phase = { readonly matrix: Matrix; readonly tactic: string };

/**
 * The tactics that techniques serve, and those named by a TA id, in the order of the ids, each once a matrix. `changed`
 * asks for what a record prints that last changed then.
 */
export function phasesOf(ids: readonly string[], changed?: Date): Phase[] {
  const { tactics, techniques } = matricesAt(changed);
  const phases = new Map<string, Phase>();
  for (const id of ids) {
    const named = tactics.get(id);
    const known = named ? undefined : techniques.get(id);
    const matrix = named?.matrix ?? known?.matrix;
    if (matrix === undefined) continue;
    for (const tactic of named ? [named.shortName] : (known?.technique.tactics ?? []))
      phases.set(`${matrix} ${tactic}`, { matrix, tactic });
  }
  return [...phases.values()];
}
