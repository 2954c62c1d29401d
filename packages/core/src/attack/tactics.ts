import { matricesAt } from "./current";
import type { Tactic } from "./matrices";
import type { Matrix } from "./shipped-tactics";

/** The tactic of a TA id; null where there is none. */
export function tacticOf(id: string): { id: string; shortName: string; name: string; matrix: Matrix } | null {
  return matricesAt().tactics.get(id) ?? null;
}

/** The tactic that a short name (`command-and-control`) means in a matrix. */
export function tacticNamed(shortName: string, matrix: Matrix = "enterprise"): Tactic | null {
  return matricesAt().tacticsByName.get(`${matrix} ${shortName}`) ?? null;
}
