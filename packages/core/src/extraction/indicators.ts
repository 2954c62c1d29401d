import { detect } from "../iocs/detect";
import { normalise } from "../iocs/normalise";
import type { IocType } from "../iocs/observation";
import { type Candidate, findCandidates } from "./candidates";
import { columnsOf, titleAt } from "./columns";
import { contextOf } from "./context";
import { markDefanged } from "./defang";
import { isHostName, isPlainHostName } from "./host-name";
import type { Line } from "./line";
import { isPublisher, isReferenceSite } from "./references";
import { type Place, placesOf } from "./sections";
import { idTitle, isAccused, isIdentifier, isVersion } from "./standing";

/** An indicator in its normalised form; `context` is the sentence or line around it, defanged, at most 300 characters. */
export type Indicator = { readonly type: IocType; readonly value: string; readonly context: string };

type Read = { readonly type: IocType; readonly value: string; readonly host: string | null };
type Sighting = Candidate &
  Read & { readonly line: string; readonly kindOfLine: Line["kind"]; readonly place: Place; readonly listed: boolean };

/** More than this many indicators of one article are not kept. */
export const maxIndicators = 10_000;

/**
 * The indicators of an article. What is written defanged is meant as one. What stands plainly is taken in a place that
 * lists indicators, alone on a line of a list, in code, when the same host is defanged elsewhere, or (addresses and
 * URLs) when the words around it accuse it; never when it is a site that articles cite, or the publisher's own.
 */
export function findIndicators(lines: readonly Line[], publisherHosts: readonly string[]): Indicator[] {
  const places = placesOf(lines);
  const columns = columnsOf(lines);
  const sightings = lines.flatMap((line, index) => readLine(line, places[index] ?? "text", columns[index] ?? []));
  const confirmed = new Set(
    sightings.flatMap(({ defanged, host }) => (defanged === "yes" && host !== null ? [host] : [])),
  );
  const found = new Map<string, Indicator>();
  for (const sighting of sightings) {
    const key = `${sighting.type}:${sighting.value}`;
    if (found.has(key) || !isMeant(sighting, confirmed, publisherHosts)) continue;
    if (found.size >= maxIndicators) break;
    found.set(key, {
      type: sighting.type,
      value: sighting.value,
      context: contextOf(sighting.line, sighting.start, sighting.end),
    });
  }
  return [...found.values()];
}

function readLine(line: Line, place: Place, titles: readonly string[]): Sighting[] {
  const marked = markDefanged(line.text);
  const candidates = findCandidates(marked);
  if (candidates.length === 0) return [];
  const titled = (candidate: Candidate) =>
    candidate.kind === "hash" && idTitle.test(titleAt(titles, marked, candidate.start));
  const read = candidates.map((candidate) => ({
    candidate,
    is: titled(candidate) ? null : readCandidate(candidate, place),
  }));
  // A line of a list or table is about indicators when another value on it surely is one.
  const listed =
    isBare(marked, candidates) ||
    (line.kind === "row" &&
      read.some(({ candidate, is }) => is && (candidate.kind === "hash" || candidate.defanged === "yes")));
  // Prose stands in lists of indicators too, and in it two sentences may be glued into a host.
  const prose = line.kind === "text" && place === "indicators" && (marked.match(/\s\S/g)?.length ?? 0) > longestEntry;
  const about = { line: marked, kindOfLine: line.kind, place: prose ? ("text" as const) : place, listed };
  return read.flatMap(({ candidate, is }) => [
    ...(is ? [{ ...candidate, ...is, ...about }] : []),
    ...namedByHash(candidate).map((hash) => ({ ...candidate, ...hash, kind: "hash" as const, ...about })),
  ]);
}

/** Words in a line that is still an entry of a list. */
const longestEntry = 14;

const fileHash = /\/(?:file|samples?)\/([0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-f])/i;

/** Services that analyse files have a page for each under its hash. */
function namedByHash(candidate: Candidate): Read[] {
  if (candidate.kind !== "url" && candidate.kind !== "host") return [];
  const hash = /virustotal|hybrid-analysis|bazaar\.abuse|malshare|joesandbox|tria\.ge/i.test(candidate.text)
    ? hostless(detect(fileHash.exec(candidate.text)?.[1] ?? ""))
    : null;
  return hash ? [hash] : [];
}

/** Whether a line holds hardly more than one value: an entry of a list. */
function isBare(marked: string, candidates: readonly Candidate[]): boolean {
  const [only] = candidates;
  if (candidates.length !== 1 || only === undefined) return false;
  const others = marked.slice(0, only.start) + marked.slice(only.end);
  return !/[\p{L}\p{N}]/u.test(others);
}

function readCandidate(candidate: Candidate, place: Place): Read | null {
  switch (candidate.kind) {
    case "hash":
      return place === "certificates" || isIdentifier(candidate) ? null : hostless(detect(candidate.text));
    case "url":
      return readUrl(candidate);
    case "email": {
      // Stars hide a part of it.
      if (/[\p{L}\p{N}]\*+$/u.test(candidate.before)) return null;
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
  const host = /^[a-z]+:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(text)?.[1] ?? "";
  if (!host.startsWith("[") && !/^[0-9.]+$/.test(host) && !isHostName(host)) return null;
  return withHost(normalise("url", text), host);
}

function readHost(candidate: Candidate): Read | null {
  // In an encoded URL what stands before the host ends in `%2F`.
  const encoded = candidate.before.endsWith("%") && /^(?:2f|3a|3d|22|20)/i.test(candidate.text);
  if (encoded && candidate.defanged !== "yes") return null;
  const text = encoded ? candidate.text.slice(2) : candidate.text;
  const host = /^[^/?#:]+/.exec(text)?.[0] ?? "";
  if (candidate.defanged === "weak" && /\.[^.]{5,}$/.test(host)) return null;
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

function isMeant(seen: Sighting, confirmed: ReadonlySet<string>, publisherHosts: readonly string[]): boolean {
  const { kind, host, place } = seen;
  if (kind === "hash") return true;
  if (host !== null && isPublisher(host, publisherHosts)) return false;
  if (seen.defanged === "yes") return true;
  if (host !== null && confirmed.has(host)) return true;
  if (host !== null && isReferenceSite(host, seen.value, publisherHosts)) return false;
  if (seen.defanged === "weak") return host === null || !stopWords.test(host);
  if (place === "references" || isPlaceholder(seen)) return false;
  if (place === "indicators") return true;
  if (kind === "host") return seen.listed || (seen.kindOfLine === "code" && isQuoted(seen));
  if (kind === "email") return seen.listed || isAccused(seen);
  return seen.listed || seen.kindOfLine === "code" || isAccused(seen) || (host !== null && /^[0-9.]+$|^\[/.test(host));
}

/** A link of Markdown is a citation, and brackets in a path stand for what differs. */
function isPlaceholder(seen: Sighting): boolean {
  return seen.before.endsWith("](") || /[[{][a-z][\w -]*[\]}]/i.test(seen.text);
}

// "The dot com bubble" names no host.
const stopWords =
  /^(?:the|a|an|of|each|every|this|that|and|or|to|in|on|is|with|no|polka|first|last|red|green|blue|one)\./;

/** Code is full of names with dots; a host in it stands in quotes. */
function isQuoted(seen: Sighting): boolean {
  return /["'`]$/.test(seen.before) && /^["'`]/.test(seen.after);
}
