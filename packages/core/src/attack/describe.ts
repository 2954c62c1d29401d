import { currentCatalogue, matricesAt } from "./current";
import { successorOf } from "./matrices";
import { tacticOf } from "./tactics";
import { fullNameOf, tacticsOf } from "./technique";

/** What an ATT&CK id stands for; the name is null for an id that the tables lack. */
export type AttackName = { id: string; name: string | null; tactics: string[] };

/** Name and tactics of a technique, tactic, group or software id. */
export function describeAttack(id: string): AttackName {
  return {
    id,
    name: fullNameOf(id) ?? tacticOf(id)?.name ?? threatNameOf(id),
    tactics: tacticOf(id) ? [] : tacticsOf(id).map((tactic) => tactic.name),
  };
}

function threatNameOf(id: string): string | null {
  const { names } = currentCatalogue();
  return names.get(successorOf(id, matricesAt().successors)) ?? names.get(id) ?? null;
}
