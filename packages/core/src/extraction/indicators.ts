import { atOnce } from "../lib";
import { detect, type IocType, normalise } from "../values";
import { type Candidate, findCandidates } from "./candidates";
import { columnsOf, titlesOf } from "./columns";
import { contextOf } from "./context";
import { markDefanged } from "./defang";
import { isHostName, isPlainHostName } from "./host-name";
import { beginsWithLabel, isAddressTitle, isIndicatorTitle, isOtherTitle } from "./labels";
import type { Line } from "./line";
import { isCitedSite, isMeant, type Read, type Sighting } from "./meant";
import { type Place, placesOf } from "./sections";
import { idTitle, isIdentifier, isInPath, isVersion } from "./standing";

/** An indicator in its normalised form; `context` is the sentence or line around it, defanged, at most 300 characters. */
export type Indicator = { readonly type: IocType; readonly value: string; readonly context: string };

/** What a text says a value is: an indicator, a site that it cites, or neither. */
export const roles = ["indicator", "reference", "mention"] as const;
export type Role = (typeof roles)[number];

/** A value of a text with its role, and the line and section where it has that first. */
export type Finding = Indicator & {
  readonly role: Role;
  readonly line: number;
  readonly place: Place;
  /** Whether it is written defanged anywhere. */
  readonly defanged: boolean;
  /** How often the text has it. */
  readonly occurrences: number;
};

/** More than this many indicators of one article are not kept. */
export const maxIndicators = 10_000;

/**
 * The indicators of an article. What is written defanged is meant as one. What stands plainly is taken in a place that
 * lists indicators, alone on a line of a list, in code, when the same host is defanged elsewhere, or (addresses and
 * URLs) when the words around it accuse it; never when it is a site that articles cite, or the publisher's own.
 */
export function findIndicators(lines: readonly Line[], publisherHosts: readonly string[]): Indicator[] {
  return atOnce(findIndicatorsInSteps(lines, publisherHosts));
}

/** The same with a pause at every line and every indicator. */
export function* findIndicatorsInSteps(
  lines: readonly Line[],
  publisherHosts: readonly string[],
): Generator<void, Indicator[]> {
  const found = new Map<string, Indicator>();
  for (const [{ type, value, line, start, end }, meant] of judge(yield* sightingsIn(lines), publisherHosts)) {
    if (!meant) continue;
    yield;
    const key = `${type}:${value}`;
    if (found.has(key)) continue;
    if (found.size >= maxIndicators) break;
    found.set(key, { type, value, context: contextOf(line, start, end) });
  }
  return [...found.values()];
}

/** Every value of a text, meant as an indicator or not, in the order of the text; at most `maxIndicators`. */
export function* findValuesInSteps(lines: readonly Line[]): Generator<void, Finding[]> {
  const found = new Map<string, Finding>();
  for (const [seen, meant] of judge(yield* sightingsIn(lines), [])) {
    yield;
    const key = `${seen.type}:${seen.value}`;
    const before = found.get(key);
    if (before === undefined && found.size >= maxIndicators) continue;
    found.set(key, before ? again(before, seen, meant) : findingOf(seen, meant));
  }
  return [...found.values()];
}

function findingOf(seen: Sighting, meant: boolean): Finding {
  const { type, value, lineNumber: line, place, start, end } = seen;
  const role = meant ? "indicator" : isCitedSite(seen) ? "reference" : "mention";
  const context = contextOf(seen.line, start, end);
  return { type, value, role, line, place, defanged: seen.defanged === "yes", occurrences: 1, context };
}

/** One place that means a value as an indicator is enough. */
function again(before: Finding, seen: Sighting, meant: boolean): Finding {
  const told = meant && before.role !== "indicator" ? findingOf(seen, meant) : before;
  const defanged = before.defanged || seen.defanged === "yes";
  return { ...told, defanged, occurrences: before.occurrences + 1 };
}

function* sightingsIn(lines: readonly Line[]): Generator<void, Sighting[]> {
  const places = placesOf(lines);
  const columns = columnsOf(lines);
  const sightings: Sighting[] = [];
  for (const [index, line] of lines.entries()) {
    const at = { place: places[index] ?? "text", lineNumber: index + 1 };
    if (line.text.length >= shortest) readLine(line, at, columns[index] ?? [], sightings);
    yield;
  }
  return sightings;
}

/** Each sighting, and whether it is meant as an indicator. */
function* judge(
  sightings: readonly Sighting[],
  publisherHosts: readonly string[],
): Generator<readonly [Sighting, boolean]> {
  const confirmed = new Set<string>();
  for (const { defanged, host } of sightings) if (defanged === "yes" && host !== null) confirmed.add(host);
  let last: Sighting | null = null;
  for (const sighting of sightings) {
    const meant = isMeant(sighting, confirmed, publisherHosts, last !== null && continues(last, sighting));
    if (meant) last = sighting;
    yield [sighting, meant];
  }
}

/** Characters of the shortest indicator, such as `t.co` or `a::1`. */
const shortest = 4;

// What a page may load, and where it reports to.
const policyHeader =
  /^\s*["']?(?:content-security-policy|access-control-allow-|report-to|nel|expect-ct|permissions-policy|set-cookie)[\w-]*["']?\s*:/i;

function readLine(
  line: Line,
  { place, lineNumber }: Pick<Sighting, "place" | "lineNumber">,
  titles: readonly string[],
  sightings: Sighting[],
): void {
  if (policyHeader.test(line.text)) return;
  const marked = markDefanged(line.text);
  const candidates = findCandidates(marked);
  if (candidates.length === 0) return;
  const titleAt = titlesOf(titles, marked);
  const read = candidates.map((candidate) => {
    const title = titleAt(candidate.start);
    return { candidate, title, is: isTitledOtherwise(candidate, title) ? null : readCandidate(candidate, place) };
  });
  const bare = isBare(marked, candidates);
  const sure = read.filter(({ candidate, is }) => is && isSure(candidate, line.kind)).slice(0, mostSure);
  const placed = placeWithin(marked, line.kind, place, candidates);
  const about = { line: marked, lineNumber, kindOfLine: line.kind, place: placed };
  for (const { candidate, is, title } of read) {
    const listed =
      (bare && !isProduct(candidate)) ||
      isIndicatorTitle(title) ||
      (candidate.kind === "address" && isAddressTitle(title)) ||
      sure.some((other) => corroborates(other.candidate, candidate, marked));
    if (is) sightings.push(Object.assign({}, candidate, is, about, { listed }));
    for (const hash of namedByHash(candidate)) {
      sightings.push(Object.assign({}, candidate, hash, about, { listed, kind: "hash" as const }));
    }
  }
}

/** The place of a line, unless the line itself tells another. */
function placeWithin(marked: string, kind: Line["kind"], place: Place, candidates: readonly Candidate[]): Place {
  // Prose stands in lists of indicators too, and in it two sentences may be glued into a host.
  const prose = kind === "text" && (marked.match(/\s\S/g)?.length ?? 0) > longestEntry;
  if (prose) return place === "indicators" ? "text" : place;
  return place === "text" && beginsWithLabel(marked, firstOf(candidates)) ? "indicators" : place;
}

const capital = /^\p{Lu}/u;

/** More than these of a line are not asked for the others. */
const mostSure = 50;

function firstOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
}

/** "Socket.io" alone on a line is as likely a product as a host. */
function isProduct({ kind, defanged, text }: Candidate): boolean {
  return kind === "host" && defanged === "no" && capital.test(text);
}

/** Whether the title of a column says that what has the shape of an indicator is something else. */
function isTitledOtherwise({ kind, defanged }: Candidate, title: string): boolean {
  if (kind === "hash") return idTitle.test(title);
  return kind === "host" && defanged !== "yes" && isOtherTitle(title);
}

/** Whether a value tells that its line of a table or list is about indicators. */
function isSure({ kind, defanged, before }: Candidate, line: Line["kind"]): boolean {
  if (line === "row") return kind === "hash" || kind === "address" || defanged === "yes";
  return kind === "address" && defanged === "no" && /^\s*[-*+•]\s+[`*]{0,3}$/.test(before);
}

const dashed =
  /^["'`)*\s]{0,4}(?:(?:tcp |udp )?port [0-9]{1,5}\s?|:[0-9]{1,5}\s?)?(?:[-–—=:(→>]|->){1,2}["'`(*\s]{0,4}$/i;

function fillsCell({ before, after }: Candidate): boolean {
  return /[|\t][\s"'`*]{0,4}$/.test(before) && /^[\s"'`*]{0,4}(?:[|\t]|$)/.test(after);
}

/** Who defangs one host of a line and not the other means to. */
function corroborates(sure: Candidate, other: Candidate, line: string): boolean {
  const isNamed = (kind: Candidate["kind"]) => kind === "host" || kind === "url" || kind === "email";
  if (sure === other) return false;
  // Beside an address its provider's host stands too: only what fills a cell or follows a dash is meant.
  if (sure.kind === "address" && sure.defanged !== "yes") {
    const between = sure.end <= other.start ? line.slice(sure.end, other.start) : "";
    return isNamed(other.kind) && (fillsCell(other) || dashed.test(between));
  }
  return sure.defanged !== "yes" || isNamed(sure.kind) !== isNamed(other.kind);
}

/** Words in a line that is still an entry of a list. */
const longestEntry = 14;

const fileHash = /\/(?:file|samples?)\/([0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-f])/i;

// Samples are shared under their hashes.
const sampleName =
  /^([0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\.(?:exe|dll|sys|scr|msi|bin|elf|apk|jar|dex|zip|rar|7z|docx?|docm|xlsx?|xlsm|pptx?|rtf|pdf|lnk|hta|vbs|js|ps1|bat|iso|img|sample|malw?|vir)$/i;

/** Services that analyse files have a page for each under its hash. */
function namedByHash(candidate: Candidate): Read[] {
  if (candidate.kind !== "url" && candidate.kind !== "host") return [];
  const stem = candidate.kind === "host" ? sampleName.exec(candidate.text)?.[1] : undefined;
  if (stem !== undefined) {
    return isIdentifier({ ...candidate, text: stem, after: "" })
      ? []
      : [hostless(detect(stem))].filter((is) => is !== null);
  }
  const hash = /virustotal|hybrid-analysis|bazaar\.abuse|malshare|joesandbox|tria\.ge/i.test(candidate.text)
    ? hostless(detect(fileHash.exec(candidate.text)?.[1] ?? ""))
    : null;
  return hash ? [hash] : [];
}

const said = /[\p{L}\p{N}]/u;
const hidden = /[\p{L}\p{N}]\*+$/u;

/** Whether a line holds hardly more than one value: an entry of a list. */
function isBare(marked: string, candidates: readonly Candidate[]): boolean {
  const [only] = candidates;
  if (candidates.length !== 1 || only === undefined) return false;
  return !said.test(marked.slice(0, only.start)) && !said.test(marked.slice(only.end));
}

function readCandidate(candidate: Candidate, place: Place): Read | null {
  switch (candidate.kind) {
    case "hash":
      return place === "certificates" || isIdentifier(candidate) ? null : hostless(detect(candidate.text));
    case "url":
      return readUrl(candidate);
    case "email": {
      // Stars hide a part of it.
      if (hidden.test(candidate.before)) return null;
      const host = candidate.text.slice(candidate.text.lastIndexOf("@") + 1);
      return isHostName(host) ? withHost(normalise("email", candidate.text), host) : null;
    }
    case "address":
      return isVersion(candidate, place === "indicators") ? null : hostless(detect(candidate.text));
    case "address6":
      return hostless(detect(candidate.text));
    case "host":
      return readHost(candidate);
  }
}

function readUrl(candidate: Candidate): Read | null {
  if (/^\s?(?:…|\.\.\.|\[\.\.\.|\[…|\[snip|<snip)/i.test(candidate.after) || /(?:…|\.\.)$/.test(candidate.text))
    return null;
  const text = candidate.text
    .replace(/^(?:h[^:]{2,4}p|meow)(s?):\/{1,3}/i, "http$1://")
    .replace(/^f.p(s?):\/{1,3}/i, "ftp$1://")
    .replace(/hxxp(s?):\/\//gi, "http$1://");
  const host = /^[a-z+]+:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(text)?.[1] ?? "";
  if (!host.startsWith("[") && !/^[0-9.]+$/.test(host) && !isHostName(host)) return null;
  // Of other protocols the server is what others know.
  if (!/^(?:https?|s?ftps?|wss?|tcp|udp):/i.test(text)) return withHost(detect(host), host);
  return withHost(normalise("url", text), host);
}

function readHost(candidate: Candidate): Read | null {
  // In an encoded URL what stands before the host ends in `%2F`.
  const encoded = candidate.before.endsWith("%") && /^(?:2f|3a|3d|22|20)/i.test(candidate.text);
  if (encoded && candidate.defanged !== "yes") return null;
  const text = encoded ? candidate.text.slice(2) : candidate.text;
  const host = /^[^/?#:]+/.exec(text)?.[0] ?? "";
  if (candidate.defanged === "weak" && /\.[^.]{5,}$/.test(host)) return null;
  if (isInPath(candidate)) return null;
  const valid = candidate.defanged === "yes" ? isHostName(host) : isPlainHostName(host);
  return valid ? withHost(detect(text), host) : null;
}

type Result = { ok: true; type: IocType; value: string } | { ok: false };

function withHost(result: Result, host: string): Read | null {
  return result.ok ? { type: result.type, value: result.value, host: host.toLowerCase() } : null;
}

function hostless(result: Result): Read | null {
  return result.ok ? { type: result.type, value: result.value, host: null } : null;
}

/** Whether a plain value goes on with the enumeration that the last one, as plain, stands in. */
function continues(last: Sighting, next: Sighting): boolean {
  if (last.line !== next.line || last.kind !== next.kind || last.defanged === "yes") return false;
  return next.start - last.end < 16 && joint.test(next.line.slice(last.end, next.start));
}

const joint = /^["'`)*\s]{0,4}(?:,|;|\/|\||&|and|or|, (?:and|or))["'`(*\s]{0,4}$/;
