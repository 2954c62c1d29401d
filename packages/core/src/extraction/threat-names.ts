import { type CatalogEntry, type Catalogue, currentCatalogue } from "../attack";
import { atOnce } from "../lib";
import { eachWord } from "./word-finder";

export type NamedThreat = { readonly name: string; readonly attackId: string | null };
/** `subjects` are the names of those of both that the text is about, as `findNamesInSteps` tells. */
export type ThreatNames = { threatActors: NamedThreat[]; malwareFamilies: NamedThreat[]; subjects: string[] };

type Kind = "actor" | "malware";
type Known = { kind: Kind; entry: CatalogEntry; text: string; lower: string; common: boolean; exact: boolean };

const words = {
  actor:
    "(?:hacking |threat |ransomware |cyber-?crime |extortion |apt |espionage )?(?:groups?|gangs?|actors?|operators?|operation|affiliates?|hackers?|hacktivists?|apt|threat actors?|campaigns?|collective|crew|adversar(?:y|ies)|syndicate|members?|cluster)",
  malware:
    "(?:banking |remote access |information[- ]|info|android |linux |macos |windows |iot |mobile )?(?:ransomware|malware|backdoors?|trojans?|bankers?|rats?|(?:info)?stealers?|loaders?|botnets?|worms?|wipers?|implants?|payloads?|spyware|variants?|samples?|binar(?:y|ies)|encryptors?|keyloggers?|droppers?|downloaders?|beacons?|infections?|famil(?:y|ies)|rootkits?|web ?shells?|frameworks?|lockers?|toolkits?|exploit kits?|c2)",
} as const;
const follows = {
  actor: new RegExp(`^(?:['’]s)?[ -]{1,2}(?:[a-z-]{2,14} )?${words.actor}\\b`, "i"),
  malware: new RegExp(`^(?:['’]s)?[ -]{1,2}${words.malware}\\b`, "i"),
};
const precedes = {
  actor:
    /\b(?:groups?|gangs?|actors?|hackers?|operators?)(?: (?:called|named|dubbed|known as|tracked as|like|such as))?,? ["“'(]?$/i,
  malware:
    /\b(?:ransomware|malware|backdoors?|trojans?|stealers?|loaders?|botnets?|wipers?|spyware|payloads?|famil(?:y|ies))(?: (?:called|named|dubbed|known as|tracked as|like|such as))?,? ["“'(]?$/i,
};

/** What a catalogue is searched by. */
type Index = {
  of: Catalogue;
  byFirstWord: ReadonlyMap<string, readonly Known[]>;
  groupsByName: ReadonlyMap<string, CatalogEntry>;
};
let index = indexOf(currentCatalogue());

function currentIndex(): Index {
  const catalogue = currentCatalogue();
  if (index.of !== catalogue) index = indexOf(catalogue);
  return index;
}

function indexOf(of: Catalogue): Index {
  const byFirstWord = new Map<string, Known[]>();
  for (const [kind, entries] of [
    ["actor", of.groups],
    ["malware", of.malware],
  ] as const) {
    for (const entry of entries) {
      for (const { text, common, exact = false } of entry.names) {
        const first = /[a-z0-9]+/.exec(text.toLowerCase())?.[0] ?? "";
        const known = { kind, entry, text, lower: text.toLowerCase(), common, exact };
        byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), known]);
      }
    }
  }
  for (const all of byFirstWord.values()) all.sort((a, b) => b.lower.length - a.lower.length);
  const groups = of.groups.flatMap((entry) => entry.names.map(({ text }) => [compact(text), entry] as const));
  return { of, byFirstWord, groupsByName: new Map(groups) };
}

// Names that vendors give by number, met before any catalogue has them.
const numbered =
  /(?=[ACDFSTU])(?<![\p{L}\p{N}_./-])(?:UNC\d{3,5}|Storm-\d{4}|TA[1-9]\d{2,3}|UAC-\d{4}|APT[ -]?\d{1,3}|FIN ?\d{1,2}|DEV-\d{4}|TAG-\d{2,3}|CL-(?:STA|CRI|UNK)-\d{4}|APT-C-\d{2})(?![\p{L}\p{N}_]|-\d)/gu;

/** Threat groups and malware families that a text names, by any name that they are known by; the most named first. */
export function findThreatNames(text: string): ThreatNames {
  return atOnce(findNamesInSteps(text));
}

/**
 * The same with a pause at every stretch of a text, whose first `titleLength` characters are its title. A text is about
 * what its title names, what it names three times, or twice with once in its beginning; a short one about the only one
 * of a kind that it names. What is named in comparison or denial is not counted at all.
 */
export function* findNamesInSteps(text: string, titleLength = 0): Generator<void, ThreatNames> {
  const { byFirstWord, groupsByName } = currentIndex();
  const flat = text.replace(/[^\S ]/g, " ");
  const counts = new Map<CatalogEntry, Mentions>();
  const count = (kind: Kind, entry: CatalogEntry, at: number) => {
    if (isOnlyCompared(flat, at)) return;
    const seen = counts.get(entry);
    if (seen) seen.count += 1;
    else counts.set(entry, { kind, count: 1, first: at });
  };
  const lower = flat.toLowerCase();
  // Some letters change their length with their case; then positions would not agree.
  const words = lower.length === flat.length ? lower : flat;
  for (const stretch of stretchesOf(words)) {
    eachWord(stretch.text, (from, to) => {
      const known = byFirstWord.get(stretch.text.slice(from, to));
      if (!known) return;
      for (const one of known)
        if (isNamed(one, flat, stretch.start + from)) count(one.kind, one.entry, stretch.start + from);
    });
    yield;
  }
  for (const { entry, at } of numberedActors(flat, groupsByName)) count("actor", entry, at);
  const mentioned = (kind: Kind) =>
    [...counts].filter(([, seen]) => seen.kind === kind).sort(([, a], [, b]) => b.count - a.count);
  const named = (kind: Kind) => mentioned(kind).map(([{ name, attackId }]) => ({ name, attackId }));
  const subjects = (["actor", "malware"] as const).flatMap((kind) => {
    const all = mentioned(kind);
    const isOnly = all.length === 1 && text.length - titleLength <= beginningLength;
    return all.filter(([, seen]) => isOnly || isSubject(seen, titleLength)).map(([{ name }]) => name);
  });
  return { threatActors: named("actor"), malwareFamilies: named("malware"), subjects };
}

type Mentions = { readonly kind: Kind; count: number; readonly first: number };

/** Characters after the title in which a text says what it is about. */
const beginningLength = 1_500;

function isSubject({ count, first }: Mentions, titleLength: number): boolean {
  if (first < titleLength || count >= 3) return true;
  return count === 2 && first - titleLength < beginningLength;
}

const compared =
  /\b(?:unrelated to|not (?:been )?(?:related|linked|connected|attributed|tied) to|no (?:\w+ )?(?:links?|relation|connections?|ties|evidence \w+ links?) (?:to|with|between \w+ and)|unlike|different from|distinct from|not to be confused with|similar(?:ities)? (?:to|with)|reminiscent of|compar(?:ed|able|ison) (?:to|with)|as opposed to|rather than|in contrast to|akin to|rivals?(?: of)?|predecessors?(?: of)?|successors? (?:to|of)|(?<!\b(?:looks?|acts?|much) )like)\s(?:the (?:[\w-]+ ){0,2}?|that of |those of )?["“'(]?$/i;

/** Whether a name stands only beside what the text is about. */
function isOnlyCompared(text: string, at: number): boolean {
  return compared.test(text.slice(Math.max(0, at - 80), at));
}

/** Characters that are looked through without a pause. */
const stretchLength = 32_768;

/** A text in stretches that end between words. */
function* stretchesOf(text: string): Generator<{ start: number; text: string }> {
  for (let start = 0; start < text.length; ) {
    const gap = text.indexOf(" ", start + stretchLength);
    const end = gap < 0 ? text.length : gap;
    yield { start, text: text.slice(start, end) };
    start = end;
  }
}

const ofWord = /[\p{L}\p{N}_]/u;
const beforeName = /[\p{L}\p{N}_@\\/]/u;
const afterName = /^[./\\@_-][\p{L}\p{N}]/u;
const endOfLabel = /[\p{L}\p{N}][.]$/u;
const beginning = /^[\p{Lu}\p{N}]/u;

function isNamed(known: Known, text: string, at: number): boolean {
  const end = at + known.text.length;
  const written = text.slice(at, end);
  if (written !== known.text && written.toLowerCase() !== known.lower) return false;
  if (ofWord.test(text.charAt(end)) || beforeName.test(text.charAt(at - 1))) return false;
  // Part of a file name, a host or a path.
  if (afterName.test(text.slice(end, end + 2)) && !known.common && text.charAt(end) !== "-") return false;
  if (endOfLabel.test(text.slice(Math.max(0, at - 2), at))) return false;
  if (!isCased(known, written)) return false;
  if (!known.common) return true;
  const before = text.slice(Math.max(0, at - 40), at);
  return follows[known.kind].test(text.slice(end, end + 60)) || precedes[known.kind].test(before);
}

/** Short names are written just so; longer ones in any case that begins as a name does. */
function isCased(known: Known, written: string): boolean {
  if (written === known.text) return true;
  if (known.exact || known.text.length <= 4) return false;
  return beginning.test(written);
}

const unlisted = new Map<string, CatalogEntry>();
const mostUnlisted = 10_000;

function* numberedActors(
  text: string,
  groupsByName: Index["groupsByName"],
): Generator<{ entry: CatalogEntry; at: number }> {
  for (const { 0: written, index: at } of text.matchAll(numbered)) {
    const key = compact(written);
    const known = groupsByName.get(key);
    // What stands exactly as the catalogue has it is counted with the other names.
    if (known?.names.some((name) => name.text === written)) continue;
    const entry = known ?? unlisted.get(key) ?? { attackId: null, name: written, names: [] };
    if (!known && unlisted.size < mostUnlisted) unlisted.set(key, entry);
    yield { entry, at };
  }
}

function compact(name: string): string {
  return name.replace(/[ -]/g, "").toUpperCase();
}
