// ATT&CK's STIX 2.0 and 2.1 bundles: https://github.com/mitre-attack/attack-stix-data/blob/master/USAGE.md
import { type AttackTables, type Matrix, matrices, type ReadAttack } from "@tocsin/core/attack";
import type { BadRecord } from "../definition/layout";
import { decodeText } from "./decode";
import { isObject, parse } from "./json";
import { type JsonObject, objectsOf, textOf, textsOf } from "./json-joined";
import { endScan, type JsonItem, scanText, startScan } from "./json-scan";
import { badRow } from "./parsed";

export type ReadBundle =
  | { ok: true; read: ReadAttack; lines: number; records: number; bad: BadRecord[] }
  | { ok: false; problem: string };

/** The head of a bundle; whose it is shows in all of its objects. */
export const fitsAttack = (head: string) =>
  /^[\s\ufeff]*\{/.test(head) && /"objects"\s*:\s*\[/.test(head) && /"(?:x[-_]mitre[-_]|mitre-)|mitre\.org/.test(head);

/** Characters of one object: the collection lists every object of its bundle. */
const maxObject = 16 * 1024 * 1024;
const mostBad = 50;

/** MITRE's objects by their STIX ids, of which nothing is kept but what the tables have. */
type Gathered = {
  patterns: Map<string, Pattern>;
  tactics: Map<string, AttackTables["tactics"][number]>;
  groups: Map<string, Threat>;
  software: Map<string, Threat & { tool: boolean }>;
  /** Of software, the techniques that it uses. */
  uses: [software: string, pattern: string][];
  revokedBy: Map<string, string>;
  /** Of everything that has one. */
  ids: Map<string, string>;
  version: string;
  modified: number;
  records: number;
  bad: BadRecord[];
};
type Standing = { id: string; name: string; isRevoked: boolean; isWithdrawn: boolean };
type Threat = Standing & { aliases: string[] };
type Pattern = Standing & { tactics: ReadonlyMap<Matrix, readonly string[]> };

const chains: Readonly<Record<string, Matrix>> = {
  "mitre-attack": "enterprise",
  "mitre-mobile-attack": "mobile",
  "mitre-ics-attack": "ics",
};
const idShapes = {
  "attack-pattern": /^T\d{4}(?:\.\d{3})?$/,
  "x-mitre-tactic": /^TA\d{4}$/,
  "intrusion-set": /^G\d{4}$/,
  malware: /^S\d{4}$/,
  tool: /^S\d{4}$/,
} as const;

/** Of a tactic: it stands bare in kill chains and tags. */
const shortNameShape = /^[a-z][a-z0-9-]{0,59}$/;

/** Reads a bundle object by object, so that its 50 MB are never in memory at once. */
export async function readAttack(chunks: AsyncIterable<Uint8Array>): Promise<ReadBundle> {
  const scan = startScan({ containers: ["objects"], keyed: false, maxRecord: maxObject });
  const all: Gathered = {
    ...{ patterns: new Map(), tactics: new Map(), groups: new Map(), software: new Map(), revokedBy: new Map() },
    ...{ ids: new Map(), uses: [], version: "", modified: 0, records: 0, bad: [] },
  };
  for await (const text of decodeText(chunks)) for (const item of scanText(scan, text)) gather(all, item);
  const cut = endScan(scan);
  if (cut !== null) return { ok: false, problem: `the body seems to be cut: ${cut}` };
  const matrix = matrixOf(all.patterns);
  if (matrix === null)
    return { ok: false, problem: "the body is no bundle of ATT&CK: it holds no technique of a matrix" };
  const { version, modified, records, bad } = all;
  const read = { matrix, version, modified: new Date(modified), tables: tablesOf(all, matrix) };
  return { ok: true, read, lines: scan.line, records, bad };
}

function gather(all: Gathered, item: JsonItem): void {
  const object = item.problem === undefined ? parse(item.text) : undefined;
  const problem = isObject(object) ? take(all, object) : (item.problem ?? "not a JSON object");
  if (problem !== null && all.bad.length < mostBad) all.bad.push(badRow(item.line, item.text, problem));
}

/** Why an object that should be taken cannot be; null for all others. */
function take(all: Gathered, object: JsonObject): string | null {
  const type = textOf(object, "type");
  all.modified = Math.max(all.modified, timeOf(object));
  if (type === "x-mitre-collection") all.version ||= line(textOf(object, "x_mitre_version"), 20);
  if (type === "relationship") takeRelation(all, object);
  const shape = Object.hasOwn(idShapes, type) ? idShapes[type as keyof typeof idShapes] : null;
  if (shape === null) return null;
  const id = attackIdOf(object);
  const name = line(textOf(object, "name"), 200);
  const ref = textOf(object, "id");
  const standing = {
    ...{ id, name, isRevoked: object.revoked === true, isWithdrawn: object.x_mitre_deprecated === true },
  };
  // What was withdrawn long ago has ids of other kinds.
  if (!shape.test(id)) return standing.isRevoked || standing.isWithdrawn ? null : `${type} without an id of ATT&CK's`;
  if (name === "" || ref === "") return `${type} without a name`;
  all.records += 1;
  all.ids.set(ref, id);
  file(all, object, type, ref, standing);
  return null;
}

/** Puts an object beside those of its type. */
function file(all: Gathered, object: JsonObject, type: string, ref: string, standing: Standing): void {
  const aliases = (key: string) => textsOf(object, key).map((alias) => line(alias, 200));
  if (type === "attack-pattern") all.patterns.set(ref, { ...standing, tactics: phasesOf(object) });
  else if (type === "intrusion-set") all.groups.set(ref, { ...standing, aliases: aliases("aliases") });
  else if (type !== "x-mitre-tactic")
    all.software.set(ref, { ...standing, aliases: aliases("x_mitre_aliases"), tool: type === "tool" });
  else if (isStanding(standing) && shortNameShape.test(textOf(object, "x_mitre_shortname"))) {
    const { id, name } = standing;
    all.tactics.set(id, { id, name, shortName: textOf(object, "x_mitre_shortname") });
  }
}

function takeRelation(all: Gathered, object: JsonObject): void {
  const [source, target] = [textOf(object, "source_ref"), textOf(object, "target_ref")];
  const kind = textOf(object, "relationship_type");
  if (object.revoked === true || object.x_mitre_deprecated === true) return;
  if (kind === "revoked-by") all.revokedBy.set(source, target);
  if (kind === "uses" && /^(?:malware|tool)--/.test(source) && target.startsWith("attack-pattern--"))
    all.uses.push([source, target]);
}

function attackIdOf(object: JsonObject): string {
  const own = objectsOf(object, "external_references").find((reference) =>
    Object.hasOwn(chains, textOf(reference, "source_name")),
  );
  return own ? textOf(own, "external_id") : "";
}

function phasesOf(object: JsonObject): ReadonlyMap<Matrix, readonly string[]> {
  const tactics = new Map<Matrix, Set<string>>();
  for (const phase of objectsOf(object, "kill_chain_phases")) {
    const chain = textOf(phase, "kill_chain_name");
    const matrix = Object.hasOwn(chains, chain) ? chains[chain] : undefined;
    const tactic = textOf(phase, "phase_name");
    if (matrix === undefined || !shortNameShape.test(tactic)) continue;
    const named = tactics.get(matrix);
    if (named) named.add(tactic);
    else tactics.set(matrix, new Set([tactic]));
  }
  return new Map([...tactics].map(([matrix, named]) => [matrix, [...named]]));
}

/** The matrix that most of a bundle's techniques belong to. */
function matrixOf(patterns: Gathered["patterns"]): Matrix | null {
  const all = [...patterns.values()];
  const counts = matrices.map((matrix) => ({ matrix, count: all.filter(({ tactics }) => tactics.has(matrix)).length }));
  const [most] = counts.sort((a, b) => b.count - a.count);
  return most && most.count > 0 ? most.matrix : null;
}

function tablesOf(all: Gathered, matrix: Matrix): AttackTables {
  const techniques = techniquesOf(all, matrix);
  const groups = [...all.groups.values()].filter(isStanding);
  const software = softwareOf(all, techniques);
  const live = new Set([...techniques.keys(), ...groups.map(({ id }) => id), ...software.keys()]);
  return {
    tactics: byId(all.tactics),
    techniques: byId(techniques),
    groups: byId(new Map(groups.map((group) => [group.id, namedOf(group)]))),
    software: byId(software),
    former: formerOf(all, live),
  };
}

type Techniques = ReadonlyMap<string, AttackTables["techniques"][number]>;

function techniquesOf(all: Gathered, matrix: Matrix): Techniques {
  const standing = new Set([...all.patterns.values()].flatMap((one) => (isStanding(one) ? one.id : [])));
  const techniques = new Map<string, AttackTables["techniques"][number]>();
  for (const pattern of all.patterns.values()) {
    const { id, name, isRevoked } = pattern;
    const tactics = pattern.tactics.get(matrix);
    if (isRevoked || !tactics) continue;
    if (isStanding(pattern)) techniques.set(id, { id, name, tactics });
    else if (!standing.has(id)) techniques.set(id, { id, name, tactics, withdrawn: true });
  }
  return techniques;
}

function softwareOf(all: Gathered, techniques: Techniques): Map<string, AttackTables["software"][number]> {
  const used = usedBy(all);
  const software = new Map<string, AttackTables["software"][number]>();
  for (const [ref, one] of all.software) {
    if (!isStanding(one)) continue;
    const uses = [...new Set(used.get(ref) ?? [])].filter((id) => techniques.has(id)).sort();
    software.set(one.id, { ...namedOf(one), ...(one.tool ? { tool: true } : {}), techniques: uses });
  }
  return software;
}

function isStanding({ isRevoked, isWithdrawn }: Standing): boolean {
  return !isRevoked && !isWithdrawn;
}

function namedOf({ id, name, aliases }: Threat): AttackTables["groups"][number] {
  return { id, name, aliases: [...new Set(aliases)].filter((alias) => alias !== "" && alias !== name).slice(0, 100) };
}

function usedBy({ uses, ids }: Gathered): ReadonlyMap<string, string[]> {
  const used = new Map<string, string[]>();
  for (const [software, pattern] of uses) {
    const id = ids.get(pattern);
    if (id === undefined) continue;
    const known = used.get(software);
    if (known) known.push(id);
    else used.set(software, [id]);
  }
  return used;
}

/** An id that stands is no former one, whatever an object says that bore it before. */
function formerOf({ revokedBy, ids }: Gathered, live: ReadonlySet<string>): AttackTables["former"] {
  const former = new Map<string, string>();
  for (const [source, target] of revokedBy) {
    const [id, successor] = [ids.get(source), ids.get(target)];
    if (id !== undefined && successor !== undefined && id !== successor && !live.has(id)) former.set(id, successor);
  }
  return [...former].sort(([a], [b]) => (a < b ? -1 : 1));
}

function byId<One extends { readonly id: string }>(all: ReadonlyMap<string, One>): One[] {
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function timeOf(object: JsonObject): number {
  const time = Date.parse(textOf(object, "modified"));
  return Number.isNaN(time) ? 0 : time;
}

/** Fit for every database. */
function line(text: string, max: number): string {
  const plain = text
    .slice(0, max)
    .replace(/\p{Surrogate}/gu, "")
    .replace(/[\p{Cc}\s]+/gu, " ");
  return plain.trim();
}
