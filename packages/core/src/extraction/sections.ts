import { isIndicatorTitle } from "./labels";
import type { Line } from "./line";

/** What a line stands under: a list of indicators, of certificates, of harmless things, notes and references, or the running text. */
export const places = ["indicators", "certificates", "references", "harmless", "text"] as const;
export type Place = (typeof places)[number];

const indicatorTitle =
  /\b(?:iocs?|indicators?|observables?|artifacts?|c2s?|c&c|cnc|command[ -](?:and|&)[ -]control|domains?|urls?|ips?|ipv[46]|ip addresse?s?|hashes|hash|md5|sha-?(?:1|256|512)|payloads?|senders?|maldocs?|landing pages?|malicious|network (?:indicators?|traffic|infrastructure)|infrastructure|infection traffic|host(?:name)?s?|e-?mails? addresse?s?|addresses|downloads? (?:from|urls?|links?)|callbacks?|beacons?|indicateurs|indicadores|indicatori|indikatoren|domaines?|dominios?|domini|domänen)\b|侵害|通信先|ハッシュ|域名|哈希|指标|침해|지표|индикатор|домены/i;
const referenceTitle =
  /\b(?:references?|resources?|further reading|related|about|contact(?: information)?|mitigations?|recommendations?|remediation|acknowledge?ments?|credits?|sources?|read more|reporting|disclaimer|authors?|foot ?notes?|end ?notes?|external links|learn more|more information|additional (?:information|reading|resources)|références|referencias|riferimenti|referenzen|quellen)\b|参考|참고|ссылки/i;

// Digits that are of no file.
const certificateTitle =
  /\b(?:certificates?|mutex(?:es)?|(?:campaign|bot|build|session|client|tox) ?ids?|(?:encryption|api|private|public) keys?|commits?|wallets?|thumbprints?|code[- ]signing|serial numbers?|ja3s?|imphash(?:es)?)\b/i;
const fileTitle = /\b(?:files?|samples?|hashes|signed (?:files?|binaries|samples?|malware)|domains?|ips?|urls?)\b/i;

const harmlessTitle =
  /\b(?:legitimate|benign|harmless|not malicious|non-malicious|false positives?|white ?lists?|allow ?lists?|(?:ab)?used services|do not block|for context only)\b/i;

/** What a heading announces. A heading that names both (say "Sources of these indicators") is about indicators. */
function placeOf(title: string): Place | null {
  if (
    harmlessTitle.test(title) &&
    !/\bmalicious(?<!not malicious|non-malicious)|compromised|abused (?:domains|urls)/i.test(title)
  )
    return "harmless";
  if (certificateTitle.test(title) && !fileTitle.test(title)) return "certificates";
  if (indicatorTitle.test(title)) return "indicators";
  return referenceTitle.test(title) ? "references" : null;
}

type State = { hard: Place; level: number; soft: Place | null };

/**
 * The place of every line. A heading rules until the next of its level or higher, a soft one (a bold or capital line,
 * or one that ends in a colon) until the next heading of either kind; one that names neither returns to its section.
 */
export function placesOf(lines: readonly Line[]): Place[] {
  const state: State = { hard: "text", level: 0, soft: null };
  return lines.map((line, index) => {
    if (isCited(line, lines[index - 1])) return "references";
    if (line.kind === "heading") enterHeading(state, line);
    else if (line.kind !== "code") {
      const title = softTitle(line.text) ?? titleOfList(line.text, lines[index + 1]?.text ?? "");
      if (title !== null) state.soft = placeOf(title);
    }
    return state.soft ?? state.hard;
  });
}

const citing =
  /\b(?:available|published|found|described|posted|documented|presented|(?:blog ?|white ?)?(?:posts?|papers?)|articles?|reports?|analysis|details|write-?ups?)\b[^.!?]{0,80}\b(?:at|here|in|on|from|see|to):?$/i;

/** Whether a line is a link that the line before it says a text is at. */
function isCited(line: Line, before: Line | undefined): boolean {
  return before !== undefined && /^\s*https?:\/\/\S+$/.test(line.text) && citing.test(before.text.slice(-200));
}

function enterHeading(state: State, line: Line): void {
  const level = line.level ?? 6;
  const place = placeOf(line.text);
  state.soft = null;
  if (place !== null) [state.hard, state.level] = [place, level];
  else if (level <= state.level) [state.hard, state.level] = ["text", 0];
}

function softTitle(text: string): string | null {
  const line = text.trim();
  if (line === "" || line.length > 160 || /^[-*+•]\s+\S*$/.test(line)) return null;
  const bold = /^(?:[-*+]\s+)?(?:\*\*|__)([^*]{2,100})(?:\*\*|__):?$/.exec(line);
  if (bold) return bold[1] ?? null;
  return isAnnouncement(line) || isInCapitals(line) || namesIndicators(line) ? line : null;
}

/** A short line right above a list that says that what is listed is no threat. */
function titleOfList(text: string, next: string): string | null {
  const isTitle = text.length <= 80 && /^\p{Lu}/u.test(text) && /^\s*[-*+•]\s/.test(next) && harmlessTitle.test(text);
  return isTitle ? text : null;
}

function isAnnouncement(line: string): boolean {
  return line.endsWith(":") && /^[^.!?]{2,160}:$/.test(line) && !/:\/\//.test(line);
}

function isInCapitals(line: string): boolean {
  return /^[A-Z][A-Z0-9 /&()'-]{3,80}$/.test(line) && !/^[A-F0-9]{20,}$/.test(line);
}

function namesIndicators(line: string): boolean {
  if (line.length <= 80 && isIndicatorTitle(line.replace(/^[^A-Za-z]+/, ""))) return true;
  if (!/^(?:indicators?\b|iocs?\b|references?\b)/i.test(line) || /[.,;]$/.test(line)) return false;
  return line.split(/\s+/).length <= 6;
}
