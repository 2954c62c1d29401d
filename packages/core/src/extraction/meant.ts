import type { IocType } from "../values";
import type { Candidate } from "./candidates";
import { isLabelled } from "./labels";
import type { Line } from "./line";
import { isPublisher, isReferenceSite, isWholeService } from "./references";
import { isSomebodyElses } from "./roles";
import type { Place } from "./sections";
import { isAccused, isContact, isPaired } from "./standing";

/** What a candidate is, in its normalised form; `host` is that of a URL, mailbox or name. */
export type Read = { readonly type: IocType; readonly value: string; readonly host: string | null };
/** A value of a text where it stands. */
export type Sighting = Candidate &
  Read & {
    readonly line: string;
    /** Its number, from 1. */
    readonly lineNumber: number;
    readonly kindOfLine: Line["kind"];
    readonly place: Place;
    readonly listed: boolean;
  };

/** Whether what stands there is meant as an indicator. `goesOn` tells that it goes on with an enumeration of such. */
export function isMeant(
  seen: Sighting,
  confirmed: ReadonlySet<string>,
  publisherHosts: readonly string[],
  goesOn: boolean,
): boolean {
  const { kind, host } = seen;
  if (isOfOthers(seen, publisherHosts)) return false;
  if (kind === "hash") return true;
  if (seen.defanged === "yes") return true;
  if (isLinkToSite(seen)) return false;
  if (host !== null && confirmed.has(host)) return true;
  if (host !== null && isReferenceSite(host, seen.value, publisherHosts)) return false;
  if (seen.defanged === "weak") return host === null || !stopWords.test(host);
  return isMeantPlainly(seen, goesOn);
}

/** Whether a value, however it is written, is the publisher's, a victim's, or a service that everybody uses. */
function isOfOthers(seen: Sighting, publisherHosts: readonly string[]): boolean {
  if (seen.place === "harmless" || (!namesWork(seen) && isSomebodyElses(seen))) return true;
  if (seen.host === null) return false;
  return isPublisher(seen.host, publisherHosts) || (isTold(seen) && isWholeService(seen.host, seen.value));
}

/** In running text, not as an entry of a list. */
function isTold({ listed, place, kindOfLine }: Sighting): boolean {
  return !listed && place !== "indicators" && kindOfLine === "text";
}

/** A path tells what somebody put on a service that is good as such. */
function namesWork({ kind, value }: Sighting): boolean {
  return kind === "url" && /^[a-z+]+:\/\/[^/]+\/[^?#]/i.test(value);
}

/** Sites make links of hosts by themselves. */
function isLinkToSite({ kind, before, text }: Sighting): boolean {
  return kind === "url" && before.endsWith("](") && /^[a-z]+:\/\/[^/?#]*\/?$/i.test(text);
}

/** Whether what stands plainly is meant, by where it stands and what is said beside it. */
function isMeantPlainly(seen: Sighting, goesOn: boolean): boolean {
  if (seen.place === "references" || isPlaceholder(seen) || isReferenceField(seen)) return false;
  if (seen.kind === "email" && isContact(seen)) return false;
  if (seen.place === "indicators" || goesOn || isLabelled(seen.before)) return true;
  return isHidden(seen) || seen.listed || isToldByKind(seen);
}

function isToldByKind(seen: Sighting): boolean {
  switch (seen.kind) {
    case "host":
      return seen.kindOfLine === "code" && isQuoted(seen);
    case "email":
      return isAccused(seen);
    case "address":
      return isPaired(seen) || seen.kindOfLine === "code" || isAccused(seen);
    default:
      return seen.kindOfLine === "code" || isAccused(seen) || isAtAddress(seen);
  }
}

/** Nobody cites a page by the address of its server. */
function isAtAddress({ host }: Sighting): boolean {
  return host !== null && /^[0-9.]+$|^\[/.test(host);
}

/** A service of Tor's, which nobody cites; as a bare host only in its full length. */
function isHidden({ kind, host }: Sighting): boolean {
  if (host === null || !host.endsWith(".onion")) return false;
  return kind === "url" || /(?:^|\.)(?:[a-z2-7]{16}|[a-z2-7]{56})\.onion$/.test(host);
}

/** A link of Markdown or AsciiDoc is a citation, and brackets in a path stand for what differs. */
function isPlaceholder(seen: Sighting): boolean {
  return (
    seen.before.endsWith("](") ||
    (seen.kind === "url" && seen.after.startsWith("[")) ||
    /[[{][a-z][\w -]*[\]}]/i.test(seen.text)
  );
}

// "The dot com bubble" names no host.
const stopWords =
  /^(?:the|a|an|of|each|every|this|that|and|or|to|in|on|is|with|no|polka|first|last|red|green|blue|one)\./;

/** The report that a rule or a record names. */
function isReferenceField({ before }: Sighting): boolean {
  return /\b(?:references?|ref|report|author|source|blog|description)(?:_?(?:url|link)s?)?["']?\s{0,3}[=:]\s{0,3}\[?["'`]?$/i.test(
    before,
  );
}

/** Code is full of names with dots; a host in it stands in quotes. */
function isQuoted(seen: Sighting): boolean {
  return /["'`]$/.test(seen.before) && /^["'`]/.test(seen.after);
}

/** Whether it is a site or page that the text cites. */
export function isCitedSite(seen: Sighting): boolean {
  const { host, value, place } = seen;
  if (place === "references" || isLinkToSite(seen) || isPlaceholder(seen)) return true;
  return host !== null && isReferenceSite(host, value, []);
}
