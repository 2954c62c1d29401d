import { defangedness, unmark } from "./defang";
import { mayHoldDigits } from "./digits";

export type Kind = "url" | "host" | "address" | "address6" | "email" | "hash";
/** Something in a line that has the shape of an indicator; `before` and `after` are what stands around it. */
export type Candidate = {
  readonly kind: Kind;
  readonly text: string;
  readonly defanged: "no" | "weak" | "yes";
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
};

const dot = "[.\\ue000\\ue003]";
const colon = "[:\\ue002]";
const label = "[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,62})";
const host = `${label}(?:${dot}${label}){1,30}`;
const quad = `[0-9]{1,3}(?:${dot}[0-9]{1,3}){3}`;
const scheme =
  "(?:h(?:tt|xx|tx|xt|\\*\\*|__|xxx|zzz|ttt|yy)ps?|meow|f(?:t|x|\\*)ps?|s?ftp|tcp|udp|wss?|ldaps?|rmi|smb|file|ssh|stratum\\+tcp)";

const urlShape = new RegExp(`${scheme}${colon}/{1,3}(?=[\\p{L}\\p{N}[_])`, "giu");
const hashShape = /(?<![0-9A-Za-z])[0-9A-Fa-f]{32,128}(?![0-9A-Za-z]|[.\ue000][a-z0-9-]{1,63}[.\ue000])/g;
const emailShape = new RegExp(`[\\p{L}\\p{N}._%+-]{1,64}[@\\ue001](?:${host}|\\[?${quad}\\]?)`, "giu");
const address6Shape =
  /(?<![\w:.])(?:[0-9a-f]{0,4}[:\ue002]){2,7}[0-9]{1,3}(?:[.\ue000\ue003][0-9]{1,3}){3}(?![\w:])|(?<![\w:.])[0-9a-f]{0,4}(?:(?:[:\ue002]{1,2}[0-9a-f]{1,4}){2,8}(?:[:\ue002]{2})?|(?<=[0-9a-f])(?:[:\ue002][0-9a-f]{1,4})?[:\ue002]{2})(?:\/[0-9]{1,3})?(?![\w:])/gi;
const hostShape = new RegExp(`(?<![\\p{L}\\p{N}@\\ue001_]|\\p{L}-)${host}(?:${colon}[0-9]{1,5}(?![0-9]))?`, "giu");
const addressStart = new RegExp(`^${quad}(?![\\p{L}\\p{N}_-]|${dot}[\\p{L}\\p{N}])`, "u");

/** Everything in a line that has the shape of an indicator (defanged characters marked), the most telling shape first and nothing twice. */
export function findCandidates(marked: string): Candidate[] {
  const digits = mayHoldDigits(marked, 32);
  if (!digits && !/[.:@\ue000-\ue003]/.test(marked)) return [];
  const found: Candidate[] = [];
  let rest = marked;
  const take = (search: Search) => {
    rest = takeAll(search, marked, rest, found);
  };
  if (/[:\ue002]\//.test(marked)) take(urls);
  if (/[@\ue001]/.test(rest)) take(emails);
  if (/[:\ue002][0-9a-f]{0,4}[:\ue002]/i.test(rest)) take(addresses6);
  if (/[.\ue000\ue003][^\s.]/.test(rest)) take(hosts);
  if (digits) take(hashes);
  return found;
}

/** Where a candidate stands, and the end of all that is read with it. */
type Span = { readonly start: number; readonly end: number; readonly readTo: number };

type Search = {
  readonly kind: Kind;
  readonly shape: RegExp;
  /** The first place from `at` on where one can begin. */
  readonly startAt: (line: string, at: number) => number;
  /** `head` is what the shape has read, from `start` on. */
  readonly spanOf: (line: string, start: number, head: string) => Span;
};

const anywhere = (_line: string, at: number) => at;
const asRead = (_line: string, start: number, head: string) => wholeSpan(start, start + head.length);

const urls: Search = {
  kind: "url",
  shape: urlShape,
  startAt: anywhere,
  spanOf: (line, start, head) => wholeSpan(start, endOfUrl(line, start, start + head.length)),
};
const emails: Search = { kind: "email", shape: emailShape, startAt: anywhere, spanOf: asRead };
const addresses6: Search = { kind: "address6", shape: address6Shape, startAt: anywhere, spanOf: asRead };
const hosts: Search = { kind: "host", shape: hostShape, startAt: startOfHost, spanOf: spanOfHost };
const hashes: Search = { kind: "hash", shape: hashShape, startAt: anywhere, spanOf: asRead };

/** Adds all of a kind that is left in a line to what is found; gives the line with spaces in their place. */
function takeAll({ kind, shape, startAt, spanOf }: Search, marked: string, line: string, found: Candidate[]): string {
  const kept: string[] = [];
  let read = 0;
  shape.lastIndex = startAt(line, 0);
  for (let match = shape.exec(line); match; match = shape.exec(line)) {
    const { start, end, readTo } = spanOf(line, match.index, match[0]);
    found.push(candidate(kind, marked, start, end));
    kept.push(line.slice(read, match.index), " ".repeat(readTo - match.index));
    read = readTo;
    shape.lastIndex = startAt(line, readTo);
  }
  return read > 0 ? kept.join("") + line.slice(read) : line;
}

function wholeSpan(start: number, end: number): Span {
  return { start, end, readTo: end };
}

/** A host goes on with a port, path, query or fragment; of a range of addresses it is the first. */
function spanOfHost(line: string, start: number, head: string): Span {
  const range = rangeStart.exec(head)?.[1]?.length;
  if (range !== undefined) return wholeSpan(start, start + range);
  const headEnd = start + head.length;
  const readTo = /[/?#]/.test(line.charAt(headEnd)) ? endOfUrl(line, start, headEnd) : headEnd;
  const [inner, last] = unframed(head, start, readTo);
  return { start: inner, end: last, readTo };
}

const dotted = /[.\ue000\ue003][\p{L}\p{N}_]/gu;

/** Where the run of letters, digits and dots around the next dot begins: no host begins in what is passed over. */
function startOfHost(line: string, from: number): number {
  dotted.lastIndex = from;
  let at = dotted.exec(line)?.index ?? line.length;
  while (at > from && isOfHost(line.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isOfHost(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 45 && code <= 57) ||
    code === 95 ||
    code >= 128
  );
}

/** A host without the underscores that emphasise it, and without the tail of an arrow. */
function unframed(text: string, start: number, end: number): [number, number] {
  const emphasis = /^_{1,3}(?=[^_].*_$)/.exec(text)?.[0].length ?? 0;
  const tail = /(?:_{1,3}|-{1,3})$/.exec(text)?.[0] ?? "";
  const surplus = end === start + text.length && (emphasis > 0 || tail.startsWith("-")) ? tail.length : 0;
  return [start + emphasis, end - surplus];
}

const plainScheme = /^(?:https?|s?ftps?|tcp|udp|wss?|ldaps?|rmi|smb|file|ssh|stratum\+tcp)[:\ue002]/i;

function candidate(kind: Kind, marked: string, start: number, end: number): Candidate {
  const text = marked.slice(start, end);
  return {
    kind: kind === "host" && addressStart.test(text) ? "address" : kind,
    text: unmark(text),
    defanged: kind === "url" && !plainScheme.test(text) ? "yes" : defangedness(text),
    start,
    end,
    before: marked.slice(Math.max(0, start - 80), start),
    after: marked.slice(end, end + 40),
  };
}

// The first address of `198.51.100.1-20` or `198.51.100.1-198.51.100.20`.
const rangeStart = new RegExp(`^(${quad})-[0-9]{1,3}(?:${dot}[0-9]{1,3}){0,3}$`);

const urlEnd = /[\s"'<>`|\\“”‘’«»、。「」『』（）【】，；\ue001\ue005]/;
const nextUrl = /[,;](?:h(?:tt|xx)ps?[:\ue002]\/\/|\p{L}{1,63}[.\ue000])/iuy;
// In an encoded command the URL ends where its option or the next command begins.
const commandEnd = /%20(?:-|&&|>|\||;)|;(?:sh|bash|cat|cd|chmod|curl|wget|tftp|rm|\.\/)(?![a-z])/iy;
const notLast = /[.,;:!?*…\ue003({[~]/;

// AsciiDoc writes a link's text in brackets after it.
const linkText = /^\[(?:[^\]\n]{0,190} |\p{Lu}|_|`|\])/u;

/** A URL as far as it is read: its line, where its host begins, and the brackets that it has opened. */
type OpenUrl = {
  readonly line: string;
  readonly from: number;
  readonly isLink: boolean;
  readonly inField: boolean;
  readonly depth: Map<string, number>;
};

/** A URL ends where a bracket closes that it has not opened, where another one begins, and before punctuation. */
function endOfUrl(line: string, start: number, from: number): number {
  const url: OpenUrl = {
    line,
    from,
    isLink: /^https?:/i.test(line.slice(start, start + 6)),
    // Of a line of CSV.
    inField: line.charAt(start - 1) === ",",
    depth: new Map(),
  };
  let end = from;
  while (end < line.length && !endsBefore(url, end, line.charAt(end))) end += 1;
  return withoutPunctuation(line, start, end);
}

function endsBefore(url: OpenUrl, at: number, character: string): boolean {
  if (urlEnd.test(character)) return true;
  switch (character) {
    case ")":
    case "]":
    case "}":
      return !closesOwn(url, character);
    case "(":
    case "[":
    case "{":
      return !opensOwn(url, at, character);
    case ",":
      return url.inField || isFollowed(url.line, at);
    case ";":
    case "%":
      return isFollowed(url.line, at);
    default:
      return false;
  }
}

const openerOf = { ")": "(", "]": "[", "}": "{" } as const;

/** Whether a closing bracket is of the URL, which then has one less open. */
function closesOwn({ line, from, depth }: OpenUrl, bracket: keyof typeof openerOf): boolean {
  const opener = openerOf[bracket];
  const open = depth.get(opener) ?? 0;
  // An IPv6 address stands in brackets.
  if (open === 0 && !(bracket === "]" && line.charAt(from) === "[")) return false;
  depth.set(opener, open - 1);
  return true;
}

/** Whether an opening bracket is of the URL, which then has one more open. */
function opensOwn({ line, isLink, depth }: OpenUrl, at: number, bracket: string): boolean {
  if (bracket === "[" && isLink && depth.size === 0 && linkText.test(line.slice(at, at + 200))) return false;
  depth.set(bracket, (depth.get(bracket) ?? 0) + 1);
  return true;
}

/** Whether another URL or a command begins after the one that is read. */
function isFollowed(line: string, at: number): boolean {
  nextUrl.lastIndex = at;
  commandEnd.lastIndex = at;
  return nextUrl.test(line) || commandEnd.test(line);
}

function withoutPunctuation(line: string, start: number, end: number): number {
  let last = line.charAt(end) === ">" && line.charAt(end - 1) === "-" ? end - 1 : end;
  while (last > start && isPunctuation(line, last - 1)) last -= 1;
  return last;
}

/** Dots that stand for what is left out belong to the URL. */
function isPunctuation(line: string, at: number): boolean {
  const character = line.charAt(at);
  return notLast.test(character) && !(character === "." && line.charAt(at - 1) === ".");
}
