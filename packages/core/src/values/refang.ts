// Zero-width, bidirectional and soft-hyphen characters: no part of any indicator, yet found inside real ones.
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

// What no rule below would change: most values of most feeds.
const plain =
  /^(?!h(?:x{1,4}|tx|xt|txx|ttx|ttt|yy|zzz|__)ps?:|meow:|fxps?:|mailto:|https?:\/[^/]|ftp:\/[^/]|(?:md5|sha(?:1|256|512)):)[\w.:/?&=%~+#@-]*[\w/=&?#%~+-]$/i;

// Runs are bounded and never entered in their middle, so that no input makes these quadratic. What stands at the start
// of the text takes its run whole: three characters a pass would make a pass of every three.
const open = "(?<![[({<])(?:[[({<]\\s{0,3}){1,3}";
const close = "(?:\\s{0,3}[\\])}>]){1,3}";
const bracketDot = new RegExp(`\\s{0,3}${open}(?:\\.|,|dot|d0t|punkt|punto)${close}\\s{0,3}`, "gi");
const bracketAt = new RegExp(`\\s{0,3}${open}(?:@|at)${close}\\s{0,3}`, "gi");
const bracketColon = new RegExp(`${open}(::?)${close}`, "g");
const bracketScheme = new RegExp(`^([a-z][a-z0-9+.-]{1,15})\\s{0,3}${open}:\\s{0,3}//${close}\\s{0,3}`, "i");
const bracketSlashes = new RegExp(
  `^([a-z][a-z0-9+.-]{1,15}):\\s{0,3}(?:${open}//${close}|\\s//|\\\\\\\\)\\s{0,3}`,
  "i",
);
const spacedScheme = /^([a-z][a-z0-9+.-]{1,15}:\/\/)\s+/i;
const scheme = /^(?:h(?:x{1,4}|tx|xt|txx|ttx|ttt|yy|zzz|__|\*\*)p|meow)(s?)(?=:\/\/)/i;
// `http[s]://`, `[hxxp]://`, `http:/host`, and what JSON and Markdown escape.
const bracketSecure = /^(h[tx*]{2}p)[[({]s[\])}](?=\W)/i;
const bracketWord = /^[[({](h(?:tt|x{2,3})ps?|fxps?|ftps?)[\])}](?=:)/i;
const oneSlash = /^(https?|ftp):\/(?=[^/])/i;
const escapes = /(?<!\\)\\+(?=[[\](){}])/g;
const escapedSlashes = /^[a-z][a-z0-9+.-]{1,15}:\\\/\\\//i;
const bracketSlash = /(?<=[\p{L}\p{N}])\[\/\]/gu;
// What the value is may stand before it.
const label =
  /^(?:(?:md-?5|sha-?(?:1|256|512)|hash)\s{0,3}[:=]\s{0,3}(?=[0-9a-f]{32,128}$)|(?:ip(?:v[46])?(?: address)?|domain|host(?:name)?|url|e-?mail)\s{0,3}[:=]\s{1,3}(?=\S)|mailto:(?=[^@\s]{1,64}@))+/i;
const ftpScheme = /^(?:fxp|f\*p)(s?)(?=:\/\/)/i;

/** Layers that a value may be wrapped in: each takes a pass over all of it. */
const mostPasses = 64;

/**
 * Undoes every common way of defanging one value, and takes off what does not belong to it: invisible characters,
 * quotes and brackets around it, punctuation after it. Idempotent: what is wrapped deeper than anybody writes stays as it is.
 */
export function refang(raw: string): string {
  if (plain.test(raw)) return raw;
  let text = raw;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const next = refangOnce(text);
    if (next === text) return text;
    text = next;
  }
  return raw;
}

function refangOnce(raw: string): string {
  const shown = trimEdges(raw.replace(invisible, "")).replace(label, "");
  const text = (escapedSlashes.test(shown) ? shown.replaceAll("\\/", "/") : shown)
    .replace(/&(?:#46|#x2e|period);/gi, ".")
    .replace(escapes, "")
    .replace(bracketSecure, "$1s")
    .replace(bracketWord, "$1")
    .replace(bracketSlash, "/")
    .replace(bracketDot, ".")
    .replace(bracketAt, "@")
    .replace(bracketScheme, "$1://")
    .replace(bracketColon, "$1")
    .replace(bracketSlashes, "$1://")
    .replace(spacedScheme, "$1")
    .replace(scheme, "http$1")
    .replace(ftpScheme, "ftp$1")
    .replace(oneSlash, "$1://");
  return trimEdges(refangHost(text));
}

// Words and backslashes may stand in a path for themselves; before the path they can only be a defanged dot.
function refangHost(text: string): string {
  const start = text.indexOf("://") < 0 ? 0 : text.indexOf("://") + 3;
  const slash = text.slice(start).search(/[/?#]/);
  const end = slash < 0 ? text.length : start + slash;
  const host = text
    .slice(start, end)
    .replace(/(?<!\\)\\{1,3}\./g, ".")
    .replace(/[。．｡]/g, ".")
    .replace(/(?<=[\w-])(?:[[({]\.|\.[\])}])(?=[\w-])/g, ".")
    .replace(/(?<=[\w-])(?:\.[[({]([a-z]{2,10})[\])}]|[[({]\.([a-z]{2,10})[\])}])/gi, ".$1$2")
    .replace(/(?<=[\w-])\s{1,3}dot\s{1,3}(?=[\w-])/gi, ".")
    .replace(/^([^\s@]{1,64})\s{1,3}(?:at|@)\s{1,3}(?=[^\s@]+$)/i, "$1@")
    .replace(/(?<=[\w-])(?:\s{1,3}\.\s{0,3}|\.\s{1,3})(?=[\w-])/g, ".");
  return text.slice(0, start) + host + text.slice(end);
}

// What may stand around a value; square brackets are left to IPv6.
const quotes: Readonly<Record<string, string>> = {
  "<": ">",
  "(": ")",
  "{": "}",
  '"': '"',
  "'": "'",
  "`": "`",
  "“": "”",
  "‘": "’",
  "«": "»",
};
/** What each bracket does to the surplus of its closing one. */
const brackets: Readonly<Record<string, { closing: string; step: 1 | -1 }>> = {
  "(": { closing: ")", step: -1 },
  "[": { closing: "]", step: -1 },
  "{": { closing: "}", step: -1 },
  ")": { closing: ")", step: 1 },
  "]": { closing: "]", step: 1 },
  "}": { closing: "}", step: 1 },
};
const punctuation = /[\s.,;!"'`>»”’…]/;

function trimEdges(text: string): string {
  let start = 0;
  let end = text.length;
  const surplus = surplusBrackets(text);
  while (start < end) {
    const last = text.charAt(end - 1);
    if (/\s/.test(text.charAt(start))) start += 1;
    else if (end - start > 1 && quotes[text.charAt(start)] === last) [start, end] = [start + 1, end - 1];
    else if (endsInPunctuation(text, end) || takeSurplus(surplus, last)) end -= 1;
    else break;
  }
  return text.slice(start, end);
}

/** Whether what ends at `end` ends so; two colons are the end of an IPv6 address. */
function endsInPunctuation(text: string, end: number): boolean {
  const last = text.charAt(end - 1);
  return punctuation.test(last) || (last === ":" && text.charAt(end - 2) !== ":");
}

/** Whether there is a closing bracket too many of this kind; then there is one less. */
function takeSurplus(surplus: Map<string, number>, closing: string): boolean {
  const count = surplus.get(closing) ?? 0;
  if (count <= 0) return false;
  surplus.set(closing, count - 1);
  return true;
}

/** By closing bracket, how many more of it than of its opening one. */
function surplusBrackets(text: string): Map<string, number> {
  const surplus = new Map<string, number>();
  for (const character of text) {
    const bracket = brackets[character];
    if (bracket) surplus.set(bracket.closing, (surplus.get(bracket.closing) ?? 0) + bracket.step);
  }
  return surplus;
}
