import { allTechniques, type CatalogEntry, currentCatalogue, describeAttack, fullNameOf, tacticsOf } from "../attack";
import { AppError } from "../errors";
import { detect } from "../values";
import type { ThreatInput, ThreatKind } from "./shape";

type Named = { id: string; name: string };

/** What is asked for, with all that it is written as. */
export type ThreatSubject = Named & {
  kind: ThreatKind;
  known: boolean;
  aliases: string[];
  tactics: Named[];
  parent: Named | null;
  children: Named[];
  /** As articles hold it: ids of a technique and those below it, names of a group or of malware, a CVE. */
  words: string[];
};

const nothing = { aliases: [], tactics: [], parent: null, children: [] };

/** Throws `not_found` for what cannot be a technique, a group or a CVE; malware may have any name. */
export function threatOf({ kind, id }: ThreatInput): ThreatSubject {
  const found = { technique, group, malware: malwareOf, cve }[kind](id);
  if (!found) throw new AppError("not_found", { message: `There is no such ${wordFor[kind]}.` });
  return found;
}

const wordFor = { technique: "technique", group: "group", malware: "malware", cve: "CVE" } as const;

function technique(given: string): ThreatSubject | null {
  const id = given.toUpperCase();
  const { name } = describeAttack(id);
  if (name === null || !/^T\d{4}(?:\.\d{3})?$/.test(id)) return null;
  const [above = "", sub] = id.split(".");
  const children = allTechniques().filter((one) => one.id.startsWith(`${id}.`));
  return {
    ...{ kind: "technique", id, name, known: true, aliases: [] },
    tactics: tacticsOf(id).map((tactic) => ({ id: tactic.id, name: tactic.name })),
    parent: sub === undefined ? null : { id: above, name: fullNameOf(above) ?? above },
    children: children.map((one) => ({ id: one.id, name: one.name })),
    words: [id, ...children.map((one) => one.id)],
  };
}

function group(given: string): ThreatSubject | null {
  const entry = entryOf(currentCatalogue().groups, given);
  return entry ? { kind: "group", ...ofEntry(entry) } : null;
}

/** Families that ATT&CK does not list are named by feeds alone. */
function malwareOf(given: string): ThreatSubject {
  const entry = entryOf(currentCatalogue().malware, given);
  if (entry) return { kind: "malware", ...ofEntry(entry) };
  return { kind: "malware", id: given, name: given, known: false, words: [given], ...nothing };
}

function cve(given: string): ThreatSubject | null {
  const found = detect(given);
  if (!found.ok || found.type !== "cve") return null;
  return { kind: "cve", id: found.value, name: found.value, known: true, words: [found.value], ...nothing };
}

function entryOf(entries: readonly CatalogEntry[], given: string): CatalogEntry | undefined {
  const lower = given.toLowerCase();
  return (
    entries.find(({ attackId, name }) => attackId?.toLowerCase() === lower || name.toLowerCase() === lower) ??
    entries.find(({ names }) => names.some(({ text }) => text.toLowerCase() === lower))
  );
}

function ofEntry({ attackId, name, names }: CatalogEntry) {
  const words = [...new Set([name, ...names.map(({ text }) => text)])];
  return {
    ...nothing,
    ...{ id: attackId ?? name, name, known: true, words },
    aliases: words.filter((word) => word !== name),
  };
}
