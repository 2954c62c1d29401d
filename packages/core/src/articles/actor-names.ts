import { type CatalogEntry, type Catalogue, currentCatalogue, threatGroups } from "../attack";

let goingBy = { of: currentCatalogue(), names: namesOf(currentCatalogue()) };

/** The names that groups go by, in lower case, by every name and id of theirs. */
function namesOf({ groups }: Catalogue): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const learn = (known: string, entry: CatalogEntry) => {
    const lower = known.toLowerCase();
    names.set(lower, [...(names.get(lower) ?? []), entry.name.toLowerCase()]);
  };
  // Articles that came before a group was renamed hold it by the name that it went by then.
  for (const entry of groups === threatGroups ? groups : [...groups, ...threatGroups]) {
    for (const { text } of entry.names) learn(text, entry);
    if (entry.attackId !== null) learn(entry.attackId, entry);
  }
  return names;
}

/** The names, in lower case, under which articles may hold a group: as it was asked for, and as it goes by here. */
export function actorNames(asked: string): string[] {
  const of = currentCatalogue();
  if (goingBy.of !== of) goingBy = { of, names: namesOf(of) };
  const lower = asked.toLowerCase();
  return [...new Set([lower, ...(goingBy.names.get(lower) ?? [])])];
}
