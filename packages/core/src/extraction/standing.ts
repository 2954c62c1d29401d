import type { Candidate } from "./candidates";

/** Words before or after an undefanged value that say what it did, so that running text may name it plainly. */
const badBefore =
  /\b(?:c2|c&c|cnc|command[ -]and[ -]control|malicious|attacker(?:s|'s|-controlled)?|beacon(?:s|ed|ing)?|exfiltrat\w+|phishing|payloads?|staging|dropper|download(?:s|ed|ing)?|hosted (?:on|at)|connect(?:s|ed|ing)? to|communicat\w+ with|contact(?:s|ed|ing)|call(?:s|ed|ing)? (?:back|home)|callback|server|controller|(?:routers?|nodes?|devices?|machines?) at|listen(?:s|ed|ing)? on|ips?|ipv[46]|ip address(?:es)?|ransom notes?|extort\w*|address(?:es)?|log(?:s|ged|ging)? (?:in|on)(?: [\w-]+){0,3} from|(?:resolv(?:es|ed|ing)|point(?:s|ed|ing)?) to|originat\w+ from|scann\w+ from|c(?:o|a)m(?:e|es|ing) from|reach(?:es|ed|ing)? out to|(?:traffic|requests?|logins?|attempts?|sessions?|tunnels?|connections?) (?:to|from|with)|domain|host|proxy|relay|ioc|indicator)\b(?:[^.;]|\.[0-9]){0,48}$/i;
const plainlyBadBefore =
  /\b(?:(?:posts?|posted|sends?|sent|submits?|submitted|uploads?|uploaded) (?:[\w-]+ ){0,4}to|c2|c&c|malicious|attacker-controlled|beacon(?:s|ed|ing)?|exfiltrat\w+|phishing (?:page|site|url|link)s?|payloads?|download(?:s|ed|ing)? (?:\w+ ){0,3}from|hosted (?:on|at))\b[^.;()[\]]{0,32}$/i;
const loadedBefore =
  /\b(?:loads?|loaded|fetch(?:es|ed)?|retriev(?:es|ed)|pulls?|pulled|executes?|executed)\s(?:[\w-]+ ){0,4}["'`(*]{0,3}$/i;
// Whole networks are named for many reasons.
const networkBefore =
  /\b(?:malicious|attack\w*|c2|block(?:ed|ing)?|scann\w+ from|abus(?:es|ed|ive)|botnet|bulletproof|originat\w+|hijack\w*)\b[^.;]{0,48}$/i;
const withPort = /:[0-9]{2,5}$/;
const receivedBefore = /\breceived: from\b[^;]{0,64}[([]$/i;
const badAfter = /^\W{0,3}(?:\(?(?:c2|c&c|port \d|asn?\b|as\d)|:\d{2,5}\b|on port)/i;
const versionBefore =
  /(?:\b(?:version|versions|ver|v|build|release|releases|firmware|revision|rev|fw|patch|update|upgrade(?:d)? to|prior to|before|through|earlier than|later than|up to|until|and|or|to|from|in|than|<=?|>=?)[ .:]{0,2}|\d[\w.]* ?(?:-|–|to|through|and|or|,) ?)$/i;
const versionWord =
  /\b(?:versions?|ver\.|build|release|firmware|prior to|earlier|later|upgrade|patched|fixed in|affected|changelog|section|chapter|oid)\b/i;
const softwareBefore =
  /\b(?:chrome|chromium|firefox|edge|windows|android|ios|macos|linux|kernel|adobe|reader|acrobat|flash(?: player)?|java|jdk|jre|office|exchange|sharepoint|vcenter|esxi|confluence|jira|wordpress|plugin|joomla|drupal|php|openssl|apache|tomcat|struts|nginx|mysql|postgresql|python|node|npm|mozilla|opera|webkit|safari|trident|gecko|putty|winrar|7-zip|anydesk|teamviewer|connectwise|screenconnect|fortios|pan-os|ivanti|citrix|netscaler|big-ip|sonicwall|cisco|asa|ios xe|junos|sap|oracle|weblogic|vmware|solarwinds|moveit|goanywhere|gitlab|jenkins|client|sdk|driver|app|agent|module|library|dll|bot|malware) ?\(?v?\.?$/i;

const ratioBefore = /[\p{L}\d)]\/$/u;
const partBefore = /[\p{L}\p{N}][-_]$/u;

// What a small number that stands plainly is no version after.
const reachedBefore =
  /\b(?:ips?|ipv4|address(?:es)?|c2|c&c|servers?|hosts?|controllers?|nodes?|resolvers?|(?:resolv|point|connect|beacon|talk|session|traffic|request)\w* (?:to|from|with)|at)\b\W{0,3}(?:\w+ ){0,1}$/i;

/** Whether a dotted quad is the number of a version. Where indicators are listed, small numbers are addresses too. */
export function isVersion(found: Candidate, listed: boolean): boolean {
  if (found.defanged === "yes") return false;
  const { before, text } = found;
  if (ratioBefore.test(before) || /\.0\.0(?![\d/])/.test(text)) return true;
  if (/(?:^|[^a-z])v\.?\s?$/i.test(before) || softwareBefore.test(before)) return true;
  const octets = text.split(/[./:]/).slice(0, 4).map(Number);
  if (versionWord.test(before.slice(-60)) && !/\bips?\b|address|server|host|c2/i.test(before.slice(-60))) return true;
  const isReached = /\b(?:point|resolv|connect|beacon|redirect)\w* (?:back )?to\s$/i.test(before);
  if (!isReached && versionBefore.test(before) && versionWord.test(before + found.after)) return true;
  return !listed && octets.every((octet) => octet < 10) && !reachedBefore.test(before) && !/^:\d/.test(found.after);
}

/** Whether the words around a value say that it is bad; a link in running text is a citation unless they say so plainly. */
export function isAccused(found: Candidate): boolean {
  if (found.kind === "url") return plainlyBadBefore.test(found.before) || loadedBefore.test(found.before);
  if (found.kind === "address" && /\/[0-9]{1,2}$/.test(found.text)) return networkBefore.test(found.before);
  if (found.kind === "email" && senderBefore.test(found.before)) return true;
  if (found.kind === "address" && (receivedBefore.test(found.before) || withPort.test(found.text))) return true;
  return badBefore.test(found.before) || badAfter.test(found.after);
}

const joint = "[\"'`)\\]*]{0,3}\\s{0,2}(?:\\(|\\[|→|[-=]>|[=:/|,;–—-]|and|or|resolv\\w{1,3} to)?\\s{0,2}[\"'`(*]{0,3}";
const pairedBefore = new RegExp(`[\\ue000\\ue001][^\\s()[\\]]{1,64}${joint}$`);
const pairedAfter = new RegExp(`^${joint}[\\p{L}\\p{N}-]{1,63}\\ue000`, "u");

/** Whether a plain address stands right beside something that is written defanged. */
export function isPaired({ before, after }: Candidate): boolean {
  return pairedBefore.test(before) || pairedAfter.test(after);
}

const pathBefore = /(?:[\p{L}\p{N}_%)]|\b[A-Za-z]:)\\{1,2}$|[\p{L}\p{N}._~@-]\/$/u;

/** Whether a plain host is the name of a file, a key or a package in a path. */
export function isInPath({ kind, before, defanged }: Candidate): boolean {
  return kind === "host" && defanged !== "yes" && pathBefore.test(before);
}

const contactBefore =
  /\b(?:contact(?:ing)? (?:us|our|the)|(?:please|can|may|to) contact|reach (?:us|out)|writ(?:e|ing) to|questions|feedback|[ei]nquir\w+|author|recipients?|victims?|copyright|report(?:s|ed)? (?:it |them |this )?(?:to|at)|mail us)\b[^.;|\t]{0,40}$|^\s*(?:\/\/|#|©|by\b)/i;

/** Whether an e-mail address is one to write to, an author's or a victim's. */
export function isContact({ before }: Candidate): boolean {
  return contactBefore.test(before) && !senderBefore.test(before);
}

const senderBefore =
  /\b(?:sender(?:s|'s)?|from|reply-to|return-path|mail ?from|envelope-from)\b["'`*]{0,3}(?: address(?:es)?| e-?mail)?["'`*]{0,3}\s?[:|\t<]|\(envelope-from\s|ransom|extort/i;

const idWords =
  "commit|git|guid|uuid|gid|task|analysis|sample id|serial(?: number)?|thumbprint|fingerprint|certificate|cert|ja3s?|ja4\\w?|jarm|hassh|imphash|imp ?hash|import hash|tlsh|ssdeep|vhash|dhash|pehash|authentihash|rich[ _-]?(?:pe|header)|favicon|mmh3|session ?id|token|api[ -_]?key|key|secret|password|passwd|pwd|aes|rc4|des|xor|iv|nonce|salt|seed|mutex|campaign(?:[ _-]?ids?)?|(?:bot|build|victim|client|group|affiliate|device|agent|machine|user)[ _-]?ids?|ntlm|lm hash|nt hash|krbtgt|pdb|wallet|txid|transaction|tenant|subscription|object id|oid|etag";
const idBefore = new RegExp(`\\b(?:${idWords})\\b(?:[^\\n|\\t]{0,24}|["'\`*]?\\s?[|\\t]\\s?["'\`+*]{0,3})$`, "i");
const hashBefore =
  /\b(?:md-?5|sha-?(?:1|2|256|512)|(?<!\b(?:git|commit|ntlm|lm|nt|password|import|imp|block|transaction|tx|icon|rich(?: header)?) )hash(?:es)?|file|sample|dropper|payload|dll|exe|doc|malware)\b[^\n]{0,24}$/i;

// A label that the digits follow: what it says of the algorithm is no matter.
const idLabel =
  /(?:\b(?:sha-?3|keccak|blake\d?\w?|ripemd|whirlpool|tiger|sm3|streebog|btih|ed2k|adler|crc|murmur)[\w-]{0,8}["'`*+|:=\s]{1,8}$|\burn:btih:$)|\b(?:thumbprint|serial(?: number)?|fingerprint|ja3s?|imphash|certificate)(?: ?[([]?sha-?\d{1,3}[)\]]?)?["'`*+|:=\s]{1,8}$/i;
/** The title of a column of such digits. */
export const idTitle =
  /\b(?:thumbprint|serial|fingerprint|certificate|ja3s?|ja4|imphash|commit|guid|uuid|ssdeep|tlsh|sha-?3|keccak|blake\d?\w?|ripemd\w*|whirlpool|btih)\b/i;

/** Whether the digits are an id or a key rather than the hash of a file: read from the nearest words. */
export function isIdentifier(found: Candidate): boolean {
  const { before, after, text } = found;
  if (/[0-9a-f]{32}\/$/i.test(before)) return false;
  if (isInUrl(before) || isDigest(found) || isPartOfName(before, after) || saysNothing(text)) return true;
  return isLabelledAsId(before.slice(-60));
}

/** What follows a path or a parameter, save one that is named after a hash. */
function isInUrl(before: string): boolean {
  return /[\\/=?&%@#]$/.test(before) && !/(?:md5|sha-?\d{1,3}|hash)["']?\s?=$/i.test(before);
}

/** That of a container's image; one of the two halves of a dumped password. */
function isDigest({ before, after, text }: Candidate): boolean {
  if (/@sha256:$/.test(before)) return true;
  return /^[0-9a-f]{32}$/i.test(text) && (/\b[0-9a-f]{32}:$/i.test(before) || /^:[0-9a-f]{32}\b/i.test(after));
}

function isPartOfName(before: string, after: string): boolean {
  return /^[-_]|^\.(?:js|css|png|jpe?g|gif|svg|html?|php)\b/i.test(after) || partBefore.test(before);
}

// Of a file without a byte.
const emptyHashes = new Set([
  "d41d8cd98f00b204e9800998ecf8427e",
  "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
]);

/** Digits that say nothing of any file's contents. */
function saysNothing(text: string): boolean {
  return (
    emptyHashes.has(text.toLowerCase()) || /^[0-9]+$/.test(text) || /^(.)\1+$/.test(text) || /^(..)\1+$/.test(text)
  );
}

/** Of a word for an id and one for a hash the nearer tells. */
function isLabelledAsId(near: string): boolean {
  if (idLabel.test(near)) return true;
  const id = idBefore.exec(near);
  if (!id) return false;
  const hash = hashBefore.exec(near);
  return !hash || hash.index < id.index;
}
