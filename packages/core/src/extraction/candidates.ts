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
  /(?<![\w:.])[0-9a-f]{0,4}(?:(?:[:\ue002]{1,2}[0-9a-f]{1,4}){2,8}(?:[:\ue002]{2})?|(?<=[0-9a-f])(?:[:\ue002][0-9a-f]{1,4})?[:\ue002]{2})(?:\/[0-9]{1,3})?(?![\w:])/gi;
const hostShape = new RegExp(`(?<![\\p{L}\\p{N}@\\ue001_]|\\p{L}-)${host}(?:${colon}[0-9]{1,5}(?![0-9]))?`, "giu");
const addressStart = new RegExp(`^${quad}(?![\\p{L}\\p{N}_-]|${dot}[\\p{L}\\p{N}])`, "u");

/** Everything in a line that has the shape of an indicator (defanged characters marked), the most telling shape first and nothing twice. */
export function findCandidates(marked: string): Candidate[] {
  const digits = mayHoldDigits(marked, 32);
  if (!digits && !/[.:@\ue000-\ue003]/.test(marked)) return [];
  const found: Candidate[] = [];
  let rest = marked;
  const take = (kind: Kind, shape: RegExp, ends: (at: number, headEnd: number) => number) => {
    const kept: string[] = [];
    let read = 0;
    shape.lastIndex = kind === "host" ? startOfHost(rest, 0) : 0;
    for (let match = shape.exec(rest); match; match = shape.exec(rest)) {
      const range = kind === "host" ? rangeStart.exec(match[0])?.[1]?.length : undefined;
      const end = range === undefined ? ends(match.index, shape.lastIndex) : match.index + range;
      const [inner, last] = kind === "host" ? unframed(match[0], match.index, end) : [match.index, end];
      found.push(candidate(kind, marked, inner, last));
      kept.push(rest.slice(read, match.index), " ".repeat(end - match.index));
      read = end;
      shape.lastIndex = kind === "host" ? startOfHost(rest, end) : end;
    }
    if (read > 0) rest = kept.join("") + rest.slice(read);
  };
  const withTail = (at: number, headEnd: number) =>
    /[/?#]/.test(rest.charAt(headEnd)) ? endOfUrl(rest, at, headEnd) : headEnd;
  if (/[:\ue002]\//.test(marked)) take("url", urlShape, (at, headEnd) => endOfUrl(rest, at, headEnd));
  if (/[@\ue001]/.test(rest)) take("email", emailShape, (_, headEnd) => headEnd);
  if (/[:\ue002][0-9a-f]{0,4}[:\ue002]/i.test(rest)) take("address6", address6Shape, (_, headEnd) => headEnd);
  if (/[.\ue000\ue003][^\s.]/.test(rest)) take("host", hostShape, withTail);
  if (digits) take("hash", hashShape, (_, headEnd) => headEnd);
  return found;
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

const closing: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
const urlEnd = /[\s"'<>`|\\“”‘’«»、。「」『』（）【】，；\ue001\ue005]/;
const nextUrl = /[,;](?:h(?:tt|xx)ps?[:\ue002]\/\/|\p{L}{1,63}[.\ue000])/iuy;
// In an encoded command the URL ends where its option or the next command begins.
const commandEnd = /%20(?:-|&&|>|\||;)|;(?:sh|bash|cat|cd|chmod|curl|wget|tftp|rm|\.\/)(?![a-z])/iy;
const notLast = /[.,;:!?*…\ue003({[~]/;

// AsciiDoc writes a link's text in brackets after it.
const linkText = /^\[(?:[^\]\n]{0,190} |\p{Lu}|_|`|\])/u;

/** A URL ends where a bracket closes that it has not opened, where another one begins, and before punctuation. */
function endOfUrl(line: string, start: number, from: number): number {
  const depth = new Map<string, number>();
  const link = /^https?:/i.test(line.slice(start, start + 6));
  // A field of a line of CSV.
  const before = line.charAt(start - 1);
  let end = from;
  for (; end < line.length; end += 1) {
    const character = line.charAt(end);
    if (urlEnd.test(character)) break;
    const opening = closing[character];
    if (opening !== undefined) {
      const open = depth.get(opening) ?? 0;
      if (open === 0 && !(character === "]" && line.charAt(from) === "[")) break;
      depth.set(opening, open - 1);
    } else if (character === "[" && link && depth.size === 0 && linkText.test(line.slice(end, end + 200))) {
      break;
    } else if (character === "(" || character === "[" || character === "{") {
      depth.set(character, (depth.get(character) ?? 0) + 1);
    } else if (character === "," && before === ",") {
      break;
    } else if (character === "," || character === ";" || character === "%") {
      nextUrl.lastIndex = end;
      commandEnd.lastIndex = end;
      if (nextUrl.test(line) || commandEnd.test(line)) break;
    }
  }
  if (line.charAt(end) === ">" && line.charAt(end - 1) === "-") end -= 1;
  while (
    end > start &&
    notLast.test(line.charAt(end - 1)) &&
    !(line.charAt(end - 1) === "." && line.charAt(end - 2) === ".")
  )
    end -= 1;
  return end;
}
