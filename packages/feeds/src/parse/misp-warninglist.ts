// Lists of https://github.com/MISP/misp-warninglists (schema.json)
import { type IocType, iocTypes, normalise, normaliseDomain, type Warninglist } from "@tocsin/core/values";
import { isNetwork } from "@tocsin/core/warninglists";
import type { ListTerms } from "../definition/feed";
import { parse } from "./json";
import { typesByWord } from "./type-words";

export type ReadWarninglist =
  | { ok: true; list: Warninglist; bad: { line: number; problem: string; text: string }[] }
  | { ok: false; problem: string };

export const fitsWarninglist = (head: string) =>
  /^[\s\ufeff]*\{/.test(head) && /"(?:list|matching_attributes)"\s*:\s*\[/.test(head);

const kinds: readonly string[] = ["cidr", "hostname", "string", "substring"];
const attributeTypes = typesByWord("warninglist");
/** Parts that are shorter are in everything. */
const leastPart = 4;

/** One list from its JSON, its entries normalised; those of types that are not stored here are named. */
export function readWarninglist(text: string, id: string, terms: ListTerms): ReadWarninglist {
  const body = parse(text.replace(/^\ufeff/, ""));
  if (body === undefined) return { ok: false, problem: "the body is no JSON document, or is cut" };
  if (typeof body !== "object" || body === null) return { ok: false, problem: "the body is no warninglist" };
  return readList(body as Readonly<Record<string, unknown>>, id, terms);
}

function readList(body: Readonly<Record<string, unknown>>, id: string, terms: ListTerms): ReadWarninglist {
  const { name, description, version, type, list, matching_attributes: matching } = body;
  if (typeof name !== "string" || name.trim() === "") return { ok: false, problem: "the list has no name" };
  if (type === "regex") {
    return { ok: false, problem: "a list of regular expressions, which are not run on what comes in" };
  }
  const kind = kinds.find((one) => one === type) as Warninglist["kind"] | undefined;
  if (!kind) return { ok: false, problem: `the list's type is not one of ${kinds.join(", ")}` };
  if (!Array.isArray(list)) return { ok: false, problem: "the list has no entries" };
  const types = typesOf(kind, matching);
  if (types.length === 0) return { ok: false, problem: "the list names no type of value that is stored here" };
  const { entries, bad } = readEntries(list, kind, types);
  // A popular name as a whole is harmless; what anybody may have registered or put below it is not.
  const compared = kind === "hostname" && terms.effect === "hide" ? "string" : kind;
  if (entries.length === 0 && list.length > 0) return { ok: false, problem: "none of the list's entries can be read" };
  return {
    ok: true,
    bad,
    list: {
      ...terms,
      ...{ id, kind: compared, types, entries },
      name: shortName(name),
      version: String(version ?? ""),
      means: `on a list of MISP's: ${line(aboutOf(description) ?? name, 300)}`,
    },
  };
}

function aboutOf(description: unknown): string | null {
  return typeof description === "string" && description.trim() !== "" ? description : null;
}

function typesOf(kind: Warninglist["kind"], matching: unknown): IocType[] {
  const words = Array.isArray(matching) ? matching.map(String) : [];
  const found = new Set(words.flatMap((word) => word.split("|").flatMap((part) => attributeTypes.get(part) ?? [])));
  // Without a word of its own a list speaks of whatever its entries are.
  const all = words.length === 0 ? iocTypes : iocTypes.filter((type) => found.has(type));
  if (kind === "cidr") return all.filter((type) => type === "ipv4" || type === "ipv6");
  if (kind === "hostname") return all.some((type) => type === "domain" || type === "url") ? ["domain"] : [];
  return [...all];
}

function readEntries(list: readonly unknown[], kind: Warninglist["kind"], types: readonly IocType[]) {
  const entries = new Set<string>();
  const bad: { line: number; problem: string; text: string }[] = [];
  for (const [index, raw] of list.entries()) {
    const entry = typeof raw === "string" ? readEntry(raw.trim(), kind, types) : null;
    if (entry !== null) entries.add(entry);
    else bad.push({ line: index + 1, problem: `no value of ${types.join(", ")}`, text: line(String(raw), 200) });
  }
  return { entries: [...entries], bad };
}

function readEntry(raw: string, kind: Warninglist["kind"], types: readonly IocType[]): string | null {
  if (kind === "cidr") return isNetwork(raw) ? raw : null;
  if (kind === "substring") return raw.length >= leastPart ? raw.toLowerCase() : null;
  for (const type of kind === "hostname" ? (["domain"] as const) : types) {
    const value = entryOf(type, raw);
    if (value !== null) return value;
  }
  return null;
}

/** What is harmless may have a name that no IOC has, such as one for use inside a network. */
function entryOf(type: IocType, raw: string): string | null {
  const found = type === "domain" ? normaliseDomain(raw) : normalise(type, raw);
  return found.ok ? found.value : null;
}

/** `List of known Cloudflare IP ranges` → `Cloudflare IP ranges`. */
function shortName(name: string): string {
  const short = line(name, 80).replace(/^list of (?:all )?(?:the )?(?:known )?/i, "");
  return short.charAt(0).toUpperCase() + short.slice(1);
}

function line(text: string, max: number): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, max)
    .replace(/\p{Surrogate}/gu, "");
}
