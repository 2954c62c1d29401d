import { matricesAt } from "./current";
import type { Tactic } from "./matrices";
import { type Matrix, tacticOrder } from "./shipped-tactics";

/** The tactic of a TA id; null where there is none. */
export function tacticOf(id: string): { id: string; shortName: string; name: string; matrix: Matrix } | null {
  return matricesAt().tactics.get(id) ?? null;
}

/** The tactic that a short name (`command-and-control`) means in a matrix. */
export function tacticNamed(shortName: string, matrix: Matrix = "enterprise"): Tactic | null {
  return matricesAt().tacticsByName.get(`${matrix} ${shortName}`) ?? null;
}

/** The tactics of a matrix, in the order in which an attack goes. */
export function tacticsOfMatrix(matrix: Matrix): (Tactic & { shortName: string })[] {
  const all = [...matricesAt().tactics.values()].filter((tactic) => tactic.matrix === matrix);
  const place = ({ shortName }: { shortName: string }) => tacticOrder.indexOf(shortName) + 1 || tacticOrder.length + 1;
  return all.sort((a, b) => place(a) - place(b)).map(({ id, name, shortName }) => ({ id, name, shortName }));
}
