import { type Matrix, matrices as matrixNames } from "./shipped-tactics";
import type { AttackEdition } from "./tables";

/** `tactics` are short names as in ATT&CK's STIX, such as `command-and-control`. */
export type Technique = {
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
};
export type Tactic = { readonly id: string; readonly name: string };

/** A technique as it is printed: one that was revoked has its old id and the rest of what took its place. */
type KnownTechnique = { readonly technique: Technique; readonly fullName: string; readonly matrix: Matrix };

/** Everything that is known of techniques and tactics, ready to be looked up. */
export type Matrices = {
  /** Those that stand, by ascending id within their matrix. */
  readonly standing: ReadonlyMap<Matrix, readonly Technique[]>;
  readonly techniques: ReadonlyMap<string, KnownTechnique>;
  readonly tactics: ReadonlyMap<string, Tactic & { readonly shortName: string; readonly matrix: Matrix }>;
  /** By matrix and short name, with a space between. */
  readonly tacticsByName: ReadonlyMap<string, Tactic>;
  readonly successors: ReadonlyMap<string, string>;
};

type Draft = { technique: Technique; matrix: Matrix; withdrawn: boolean };

/** What editions say together: of two that speak of the same id the later one counts. */
export function matricesOf(editions: readonly AttackEdition[]): Matrices {
  const drafts = new Map<string, Draft>();
  const successors = new Map<string, string>();
  const tactics: Map<string, Tactic & { shortName: string; matrix: Matrix }> = new Map();
  for (const { matrix, tables } of editions) {
    for (const { id, name, tactics: own, withdrawn = false } of tables.techniques) {
      drafts.set(id, { technique: { id, name, tactics: own }, matrix, withdrawn });
      successors.delete(id);
    }
    for (const [former, successor] of tables.former) {
      drafts.delete(former);
      successors.set(former, successor);
    }
    for (const tactic of tables.tactics) tactics.set(tactic.id, { ...tactic, matrix });
  }
  const techniques = new Map<string, KnownTechnique>();
  for (const [id, draft] of drafts) techniques.set(id, knownOf(draft, drafts));
  for (const former of successors.keys()) {
    const found = techniques.get(successorOf(former, successors));
    if (found) techniques.set(former, { ...found, technique: { ...found.technique, id: former } });
  }
  const standing = [...drafts.values()].filter(({ withdrawn }) => !withdrawn);
  const of = (matrix: Matrix) => standing.filter((draft) => draft.matrix === matrix).map(({ technique }) => technique);
  const byName = [...tactics.values()].map(
    ({ id, name, shortName, matrix }) => [`${matrix} ${shortName}`, { id, name }] as const,
  );
  return {
    standing: new Map(matrixNames.map((matrix) => [matrix, of(matrix).sort(byId)])),
    ...{ techniques, tactics, successors },
    tacticsByName: new Map(byName),
  };
}

/** The id that a revoked one leads to in the end. */
export function successorOf(id: string, successors: ReadonlyMap<string, string>): string {
  let last = id;
  // A ring would else have no end.
  for (let steps = 0; steps < 10; steps += 1) {
    const next = successors.get(last);
    if (next === undefined) break;
    last = next;
  }
  return last;
}

/** The ids of which two states print different names or tactics. */
export function differencesOf(before: Matrices, after: Matrices): string[] {
  const ids = new Set([before, after].flatMap((one) => [...one.techniques.keys(), ...one.tactics.keys()]));
  return [...ids].filter((id) => printOf(before, id) !== printOf(after, id)).sort();
}

function printOf({ techniques, tactics }: Matrices, id: string): string {
  const { technique, fullName, matrix } = techniques.get(id) ?? {};
  const tactic = tactics.get(id);
  return JSON.stringify([technique?.name, technique?.tactics, fullName, matrix, tactic?.shortName, tactic?.matrix]);
}

function knownOf({ technique, matrix }: Draft, drafts: ReadonlyMap<string, Draft>): KnownTechnique {
  const [parent = "", sub] = technique.id.split(".");
  const above = sub === undefined ? undefined : drafts.get(parent)?.technique.name;
  return { technique, matrix, fullName: above === undefined ? technique.name : `${above}: ${technique.name}` };
}

function byId(a: Technique, b: Technique): number {
  return a.id < b.id ? -1 : 1;
}
