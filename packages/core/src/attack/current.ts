import { type Catalogue, catalogueOf } from "./catalogue";
import { type Matrices, matricesOf } from "./matrices";
import { shippedEditions } from "./shipped-tables";
import type { AttackEdition } from "./tables";

/**
 * What this process knows of ATT&CK: what is shipped, and over it what is stored. Kept here and not in a context, since
 * names are asked for where there is none: by the writers of documents.
 */
type Known = { readonly epochs: readonly Epoch[]; readonly latest: Matrices; readonly catalogue: Catalogue };
type Epoch = { readonly from: number; readonly matrices: Matrices };

let known = knownOf([]);
let stored: readonly AttackEdition[] = [];

/** Takes these editions for all that is stored; none goes back to what is shipped. */
export function useEditions(editions: readonly AttackEdition[]): void {
  known = knownOf(editions);
  stored = editions;
}

/** The stored editions that this process goes by, the same list until others are taken: for a thread of its own. */
export function currentEditions(): readonly AttackEdition[] {
  return stored;
}

/**
 * Techniques and tactics as they are now or, given when a record last changed, as that record prints them: a version of an
 * object keeps its bytes though ATT&CK gives a technique another name.
 */
export function matricesAt(changed?: Date): Matrices {
  const { epochs, latest } = known;
  if (changed === undefined || epochs.length === 1) return latest;
  const time = changed.getTime();
  for (let index = epochs.length - 1; index > 0; index -= 1) {
    const epoch = epochs[index];
    if (epoch && epoch.from <= time) return epoch.matrices;
  }
  return epochs[0]?.matrices ?? latest;
}

export function currentCatalogue(): Catalogue {
  return known.catalogue;
}

function knownOf(editions: readonly AttackEdition[]): Known {
  const sorted = editions.toSorted((a, b) => a.appliesFrom - b.appliesFrom);
  const epochs = [
    { from: Number.NEGATIVE_INFINITY, matrices: matricesOf(shippedEditions) },
    ...sorted.map(({ appliesFrom }, index) => ({
      from: appliesFrom,
      matrices: matricesOf([...shippedEditions, ...newestOf(sorted.slice(0, index + 1))]),
    })),
  ];
  return {
    epochs,
    latest: epochs.at(-1)?.matrices ?? matricesOf(shippedEditions),
    catalogue: catalogueOf(newestOf(sorted)),
  };
}

/** The last of each matrix. */
function newestOf(editions: readonly AttackEdition[]): AttackEdition[] {
  return [...new Map(editions.map((edition) => [edition.matrix, edition])).values()];
}
