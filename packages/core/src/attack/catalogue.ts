import type { AttackEdition, AttackTables, StoredThreat } from "./tables";
import { type CatalogEntry, type CatalogName, malware, threatGroups } from "./threat-catalog";

/** Groups and software: those that texts are searched for, and what every id and family stands for. */
export type Catalogue = {
  readonly groups: readonly CatalogEntry[];
  readonly malware: readonly CatalogEntry[];
  readonly names: ReadonlyMap<string, string>;
  /** By a name's letters and digits alone. */
  readonly familyTechniques: ReadonlyMap<string, readonly string[]>;
};

/** The shipped catalogue with what the newest editions say in place of it. */
export function catalogueOf(newest: readonly Pick<AttackEdition, "tables">[]): Catalogue {
  const groups = distinct(newest.flatMap(({ tables }) => tables.groups ?? []));
  const software = distinct(newest.flatMap(({ tables }) => tables.software ?? []));
  const shippedIds = new Set(malware.map(({ attackId }) => attackId));
  // What administrators use, too, is looked for in texts only where it was chosen by hand.
  const searched = software.filter(({ id, tool }) => !tool || shippedIds.has(id));
  return {
    groups: merge(threatGroups, groups, lowerNames(malware, software)),
    malware: merge(malware, searched, lowerNames(threatGroups, groups)),
    names: new Map([
      ...[...threatGroups, ...malware].flatMap(({ attackId, name }) => (attackId ? [[attackId, name] as const] : [])),
      ...[...groups, ...software].map(({ id, name }) => [id, name] as const),
    ]),
    familyTechniques: techniquesByName(software, tacticsOfTechniques(newest)),
  };
}

function lowerNames(shipped: readonly CatalogEntry[], stored: readonly StoredThreat[]): ReadonlySet<string> {
  const names = [...shipped.flatMap((entry) => entry.names.map(({ text }) => text)), ...stored.flatMap(namesOf)];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** A name is that of the software that goes by it, else of the first that has it besides. */
function techniquesByName(software: AttackTables["software"], served: ReadonlyMap<string, readonly string[]>) {
  const byName = new Map<string, readonly string[]>();
  const all = software.map((one) => ({ ...one, techniques: distinctive(one.techniques, served) }));
  for (const names of [({ name }: StoredThreat) => [name], ({ aliases }: StoredThreat) => aliases]) {
    for (const one of all) {
      for (const name of names(one).map(compactName))
        if (one.techniques.length > 0 && name.length >= 3 && !byName.has(name)) byName.set(name, one.techniques);
    }
  }
  return byName;
}

export function compactName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Domains share groups and software: the same id's names and techniques are put together. */
function distinct<Threat extends StoredThreat & { techniques?: readonly string[] }>(all: readonly Threat[]): Threat[] {
  const byId = new Map<string, Threat>();
  for (const one of all) {
    const known = byId.get(one.id);
    const union = (a: readonly string[] = [], b: readonly string[] = []) => [...new Set([...a, ...b])];
    const joined = known && {
      ...known,
      aliases: union(known.aliases, namesOf(one)).filter((name) => name !== known.name),
      ...(known.techniques ? { techniques: union(known.techniques, one.techniques) } : {}),
    };
    byId.set(one.id, joined ?? one);
  }
  return [...byId.values()];
}

function namesOf({ name, aliases }: StoredThreat): string[] {
  return [name, ...aliases];
}

/**
 * Each name means one entry of the catalogue. First come the names that stored ones go by, then the shipped ones of ATT&CK's
 * entries, then the other names of stored ones. A shipped entry without an id becomes part of the one that has its name now.
 * Which names are common words the shipped catalogue knows best.
 */
function merge(
  shipped: readonly CatalogEntry[],
  stored: readonly StoredThreat[],
  elsewhere: ReadonlySet<string>,
): readonly CatalogEntry[] {
  if (stored.length === 0) return shipped;
  const judged = new Map(shipped.flatMap(({ names }) => names.map((name) => [name.text.toLowerCase(), name] as const)));
  const byId = new Map(shipped.flatMap((entry) => (entry.attackId ? [[entry.attackId, entry] as const] : [])));
  const unlisted = new Map(shipped.flatMap((entry) => (entry.attackId ? [] : [[entry.name.toLowerCase(), entry]])));
  const storedIds = new Set(stored.map(({ id }) => id));
  const taken = new Set<string>();
  const take = (names: readonly CatalogName[]) =>
    names.filter(({ text }) => {
      const lower = text.toLowerCase();
      if (taken.has(lower)) return false;
      taken.add(lower);
      return true;
    });
  const judge = (text: string): CatalogName[] => {
    const judgement = judged.get(text.toLowerCase());
    if (judgement) return [{ text, common: judgement.common }];
    // What both a group and its malware are called tells neither by itself.
    const common = mayBeWord(text) || elsewhere.has(text.toLowerCase());
    return isName(text) ? [common ? { text, common } : { text, common, exact: true }] : [];
  };
  const drafts = stored.map((threat) => ({ threat, names: take(judge(threat.name)) }));
  const named = drafts.map(({ threat, names }) => ({
    threat,
    names: [...names, ...take(byId.get(threat.id)?.names ?? [])],
  }));
  const others = shipped.filter(({ attackId }) => attackId !== null && !storedIds.has(attackId));
  const kept = others.map((entry) => ({ ...entry, names: take(entry.names) }));
  const merged = named.map(({ threat, names }): CatalogEntry => {
    const more = namesOf(threat).flatMap((text) => {
      const entry = unlisted.get(text.toLowerCase());
      unlisted.delete(text.toLowerCase());
      return [...judge(text), ...(entry?.names ?? [])];
    });
    return { attackId: threat.id, name: threat.name, names: [...names, ...take(more)] };
  });
  const rest = [...unlisted.values()].map((entry) => ({ ...entry, names: take(entry.names) }));
  return [...merged, ...kept, ...rest].filter(({ names }) => names.length > 0);
}

const longestName = 60;

/** Something that can be told from the words around it at all. */
function isName(text: string): boolean {
  return text.length >= 3 && text.length <= longestName && /^[A-Za-z0-9#$@][\w .+/#$@&'-]*[\w)$]$/.test(text);
}

/**
 * Nobody here has looked at a new name yet: one word is taken for a common one unless it holds a digit, a sign or a capital
 * within, as words do not. Then more than the word itself has to speak for it.
 */
function mayBeWord(text: string): boolean {
  if (/^[^A-Z0-9]+$/.test(text)) return true;
  if (/\w\w .*\w\w/.test(text)) return false;
  const isMixed = /[a-z]/.test(text) && /[A-Z]/.test(text.slice(1));
  return text.length < 5 || !(isMixed || /[0-9.+/#$@&'-]/.test(text));
}

/** Tactics whose techniques an indicator of a family stands for, those that tell most first. */
const tellingTactics = ["impact", "credential-access", "command-and-control", "exfiltration", "collection"];
const mostTelling = 10;

/** ATT&CK lists whatever a family was ever seen to do; of that, what marks it. */
function distinctive(techniques: readonly string[], served: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const known = techniques.filter((id) => !techniques.some((sub) => sub.startsWith(`${id}.`)));
  const chosen = tellingTactics.flatMap((tactic) => known.filter((id) => served.get(id)?.includes(tactic)));
  return [...new Set(chosen)].slice(0, mostTelling);
}

function tacticsOfTechniques(newest: readonly { tables: Pick<AttackTables, "techniques"> }[]) {
  const all = newest.flatMap(({ tables }) => tables.techniques);
  return new Map(all.flatMap(({ id, tactics, withdrawn }) => (withdrawn ? [] : [[id, tactics] as const])));
}
