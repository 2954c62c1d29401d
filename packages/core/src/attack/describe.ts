import { tacticOf } from "./tactics";
import { fullNameOf, tacticsOf } from "./technique";
import { malware, threatGroups } from "./threat-catalog";

/** What an ATT&CK id stands for; the name is null for an id that the tables lack. */
export type AttackName = { id: string; name: string | null; tactics: string[] };

const catalog = new Map(
  [...threatGroups, ...malware].flatMap(({ attackId, name }) => (attackId === null ? [] : [[attackId, name] as const])),
);

/** Name and tactics of a technique, tactic, group or software id. */
export function describeAttack(id: string): AttackName {
  return {
    id,
    name: fullNameOf(id) ?? tacticOf(id)?.name ?? catalog.get(id) ?? null,
    tactics: tacticOf(id) ? [] : tacticsOf(id).map((tactic) => tactic.name),
  };
}
