import type { Kind } from "./candidates";
import type { Line } from "./line";

/** A value in its line, which has defanged characters marked. */
type Spoken = {
  readonly kind: Kind;
  readonly kindOfLine: Line["kind"];
  readonly line: string;
  readonly start: number;
  readonly end: number;
};

/** Characters around a value that may say whose it is. */
const reach = 180;

// What is named after these is the attacker's, whatever is said of it earlier in the sentence.
const hostile =
  /\b(?:malicious\w*|attackers?\W?s?|threat actors?|c2|c&c|command[- ]and[- ]control|phishing|payloads?|fake|rogue|look-?alikes?|typo-?squat\w*|malware|droppers?|loaders?|backdoors?|trojan\w*|ransom\w*|stealers?|exfiltrat\w*|compromised|hacked|infected|injected|vulnerable|hijacked|beacons?|controllers?|serv(?:es|ed|ing)|deliver\w*|download\w*|redirect\w*|landing|lur(?:es?|ing)|spoofed|impersonating domains?)\b/gi;

const service =
  "(?:web|cloud|hosting|file|ip|dns|search|mail|news|bank(?:ing)?|government|update|look-?up|geolocation|sharing|messaging|content|delivery|code|paste|storage|internet|online|public|login|sign-?in|company|brand|vendor|payment|remote|management|monitoring|access|software|and|or)";
const thing =
  "(?:services?|sites?|websites?|domains?|domain names?|portals?|apis?|platforms?|resolvers?|urls?|pages?|hosts?|providers?|mirrors?|repositor(?:y|ies)|servers?|tools?|apps?|applications?|vendors?|addresses|address|networks?|webmail|subdomains?|infrastructure)";
const benign =
  "(?:legitimate|genuine|benign|harmless|innocent|trusted|reputable|well[- ]known|popular|official|real|original|l[eé]g[ií]tim[eo]s?|offici?el(?:le)?s?|oficial(?:es)?|ufficial[ei]|offizielle[nrs]?|legitime[nrs]?|echte[nrs]?)";
const harmlessBefore = new RegExp(`\\b${benign},? (?:${service}[- ]){0,3}${thing}\\b`, "gi");
// "Le site officiel est …"
const harmlessAfterNoun =
  /\b(?:site|sitio|sito|web|portail|portal|dominio|domaine) (?:web |internet )?(?:officiel|oficial|ufficiale|légitime|legítimo|legittimo)\b/gi;
const resolverBefore =
  /\b(?:public (?:dns )?(?:resolvers?|dns(?: servers?)?|name ?servers?)|(?:check|test|verif)\w*(?: for)? (?:an? |the |its |for )?(?:internet )?(?:connect(?:ion|ivity)|access))\b/gi;
const ownBefore =
  /\b(?:(?:our|my|a researcher's|the researchers') (?:own )?(?:[\w-]+ ){0,2}?(?:honey ?pots?|sensors?|scanners?|sandbox(?:es)?|labs?|sinkholes?|crawlers?|servers?)|honey ?pots?)\b/gi;
const victimBefore =
  /\bvictim(?:'s|s'|’s|s’)? (?:own )?(?:[\w-]+ )?(?:domains?|tenants?|websites?|sites?|networks?|servers?|hosts?|portals?)\b/gi;
const sinkholeBefore = /\bsink-?hol\w+\b/gi;
// Directly before the value, with the name of the brand at most between.
const imitatedBefore =
  /\b(?:impersonat(?:es?|ed|ing)|mimic(?:s|ked|king)?|imitat(?:es?|ed|ing)|masquerad(?:es?|ed|ing) as|pos(?:es?|ed|ing) as|pretend(?:s|ed|ing)? to be|look-?alikes? of|clones? of|cop(?:y|ies|ied|ying) (?:of|the (?:[\w-]+ ){1,4}of)|similar to|resembl(?:es?|ed|ing)|instead of|rather than|(?:decoys?|lures?|documents?|images?|logos?|templates?|texts?) (?:[\w-]+ ){0,3}(?:taken|copied|stolen|borrowed|scraped) from|not to be confused with|the (?:real|genuine|official|legitimate|original|actual)) (?:(?!domains?\b|sites?\b|websites?\b|pages?\b|urls?\b|names?\b|hosts?\b|such\b)[\w'’-]+ ){0,3}["'`(]?$/i;

// To whom readers shall turn.
const reportBefore =
  /\b(?:reports?|reported|reporting|signale[rz]|melden|denunci\w+|segnal\w+|forward(?:ed)?|visit|verify|check)\b[^.;:|]{0,40}\s(?:to|at|on|with|an|bei|unter|auf|à|sur|en|su)\s["'`(]?$/i;

const harmlessAfter = new RegExp(
  `^["'\`)\\]*|]{0,3}\\s{0,3}(?:[,(|:]|[-–—]{1,2}|is|was|are|were|being|which (?:is|was))?\\s{0,3}(?:itself |all |both )?(?:an? |the )?(?:otherwise |completely |entirely )?(?:${benign}(?![- ](?:looking|seeming|sounding)| but\\b)|(?:not|never) (?:itself )?(?:malicious|an? (?:ioc|indicator)))\\b`,
  "i",
);
// Thousands of others are behind such an address.
const sharedAfter =
  /^["'`)\]*]{0,3}\s{0,3}(?:[,(–—-]{0,2}\s?(?:which|that|it)?\s?)?(?:belongs? to|is (?:owned|run|used) by|is (?:an? )?(?:ip|address) of)\s(?:an? |the )?(?:cloudflare|akamai|fastly|cloudfront|cdn|content delivery|google|microsoft|github)\b/i;
const sinkholeAfter = /^["'`)\]*]{0,3}\s{0,3}[,(|:–—-]?\s{0,3}(?:an? |the |now an? )?(?:\w+ )?sink-?hole\b/i;
const fileBenign = /\b(?:legitimate|clean|benign|genuine|harmless|unmodified|non-malicious)\b/gi;

/** Whether what is said around a value makes it somebody's other than the attacker's: imitated, used, a victim's, a researcher's. */
export function isSomebodyElses(spoken: Spoken): boolean {
  if (spoken.kindOfLine === "row") return isNotedHarmless(spoken);
  const before = sentenceBefore(spoken);
  const after = spoken.line.slice(spoken.end, spoken.end + 80);
  if (harmlessAfter.test(after)) return true;
  const at = lastOf(hostile, before);
  if (spoken.kind === "hash") return lastOf(fileBenign, before) > at;
  if (
    isAddress(spoken.kind) &&
    (sharedAfter.test(after) || sinkholeAfter.test(after) || lastOf(sinkholeBefore, before) > at)
  )
    return true;
  if (imitatedBefore.test(before) || reportBefore.test(before)) return true;
  return [harmlessBefore, harmlessAfterNoun, resolverBefore, ownBefore, victimBefore].some(
    (cue) => lastOf(cue, before) > at,
  );
}

const noted =
  /\b(?:legitimate|benign|harmless|not malicious|clean|sink-?hol\w+|false positive|victim(?:'s|’s)? \w+)\b/i;

/** Whether the other cells of a row say that its value is no threat, and none that it is one. */
function isNotedHarmless({ line, start, end }: Spoken): boolean {
  const others = `${line.slice(Math.max(0, start - reach), start)} ${line.slice(end, end + 2 * reach)}`;
  return noted.test(others) && lastOf(hostile, others) < 0;
}

function isAddress(kind: Kind): boolean {
  return kind === "address" || kind === "address6";
}

/** What stands before a value in its sentence. */
function sentenceBefore({ line, start }: Spoken): string {
  const before = line.slice(Math.max(0, start - reach), start);
  return before.slice(lastOf(newThought, before) + 1);
}

// A sentence's end, a second clause, and what is named after a value and a colon.
const newThought =
  /[.!?;][)"'”]?\s|[\ue000\ue003][^\s:]{1,60}:\s|,? (?:and )?then\b|, and (?=[a-z]+\s)|,? (?:while|whereas|but|before|after which|whose|with the help of)\b/g;

/** Where the last match of a pattern with the flag `g` begins; -1 where there is none. */
function lastOf(pattern: RegExp, text: string): number {
  let at = -1;
  for (const match of text.matchAll(pattern)) at = match.index;
  return at;
}
