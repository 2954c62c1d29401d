// What stands for a character that was written defanged, while an article is read.
export const markedDot = "\ue000";
export const markedAt = "\ue001";
export const markedColon = "\ue002";
/** Follows a slash that was. */
const markedSlash = "\ue004";
/** Where one script ends and another begins, in languages that do not part words. */
const markedEdge = "\ue005";
/** A dot that was only spaced or escaped: ordinary prose and code do that too. */
export const weakDot = "\ue003";

const open = "[\\[({<]{1,3}[ \\t]?";
const close = "[ \\t]?[\\])}>]{1,3}";
const gap = "[ \\t]{0,2}";
const bracketScheme =
  /\[:\/\/\]|\(:\/\/\)|\{:\/\/\}|[[({]:[\])}]\/\/|:[[({]\/\/[\])}]|:[[({]\/[\])}]\/|:\/[[({]\/[\])}]|[[({]:\/[\])}]\//g;
const bracketColon = /[[({<](::?)[\])}>]/g;
const bracketDot = new RegExp(`${gap}${open}(?:\\\\?\\.|,|dot|d0t|punkt|punto)${close}${gap}`, "gi");
const bracketLabel = /(?<=[\p{L}\p{N}_-])(?:\.[[({]([a-z]{2,10})[\])}]|[[({]\.([a-z]{2,10})[\])}])/giu;
const halfDot = /(?<=[\p{L}\p{N}_-])(?:[[({]\.|\.[\])}])(?=[\p{L}\p{N}_-])/gu;
const bracketAt = new RegExp(`${gap}${open}(?:@|at)${close}${gap}`, "gi");
const bracketSlash = /(?<=[\p{L}\p{N}])\[\/\]/gu;
const bracketWord = /[[({](h(?:tt|xx)ps?)[\])}](?=:|\ue002)/gi;
const bracketSecure = /(?<=h[a-z*_]{2}p)[[({]s[\])}](?=[:[({]|\ue002)/gi;
const spacedDot =
  /(?<=[\p{L}\p{N}_-])(?:[ \t]{1,3}dot[ \t]{1,3}|\\{1,3}\.)(?=[\p{L}\p{N}_-])|(?<=[0-9])[ \t]\.[ \t](?=[0-9])/giu;
// Between other letters it ends a sentence.
const fullWidthDot = /(?<=[A-Za-z0-9_-])[。．｡](?=[A-Za-z0-9_-])/g;
const spacedAt = /(?<=[\w.+-])[ \t](?:@(?=[ \t][\w-]{1,63}[\ue000\ue003])|[Aa][Tt](?=[ \t][\w-]{1,63}\ue003))[ \t]/g;
const spacedScheme = /(h[a-z*_]{2}ps?|f[xt*]p)(:|\ue002)\/\/[ \t]{1,2}(?=[\p{L}\p{N}])/giu;
const backslashScheme = /(?<=h[a-z*_]{2}ps?):\\\\/gi;

// Markdown escapes brackets with backslashes, JSON slashes.
const escaped = /\\([[\](){}<>/])/g;
const bracketHint =
  /[[({<][ \t]?(?:\\?\.|,|dot|d0t|punkt|punto|:|@|at[ \t]?[\])}>]|\/|h(?:tt|xx)ps?[\])}])|\.[[({][a-z]|\.[\])}][^\s.,;:]|p[[({]s[\])}]/i;
const otherHint = /[\\。．｡]|[Dd][Oo][Tt][ \t]|[ \t][.@][ \t]|\/\/[ \t]/;

// Kana, Han and Hangul stand right beside other letters, without a space.
const unspaced = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af";
const anyUnspaced = new RegExp(`[${unspaced}]`);
const scriptChange = new RegExp(`(?<=[A-Za-z0-9])(?=[${unspaced}])|(?<=[${unspaced}])(?=[A-Za-z0-9])`, "g");

/** A line in which every defanged character stands as its mark, and everything else as it was. */
export function markDefanged(line: string): string {
  const unescaped = line.includes("\\") ? line.replace(escaped, "$1") : line;
  const common = unescaped.includes("[") ? markCommon(unescaped) : unescaped;
  const unbracketed = bracketHint.test(common) ? markBrackets(common) : common;
  const marked = otherHint.test(unbracketed) ? markOthers(unbracketed) : unbracketed;
  return anyUnspaced.test(marked) ? marked.replace(scriptChange, markedEdge) : marked;
}

// What most defanging comes to; the rarer ways cost many looks at a line.
function markCommon(line: string): string {
  return line.replace(/(?<![\s[({<])\[\.\](?![\s\])}>])/g, markedDot).replaceAll("[:]", markedColon);
}

function markBrackets(line: string): string {
  return line
    .replace(bracketSecure, "s")
    .replace(bracketScheme, `${markedColon}//`)
    .replace(bracketColon, (_, colons: string) => markedColon.repeat(colons.length))
    .replace(bracketDot, markedDot)
    .replace(bracketLabel, (_, a: string | undefined, b: string | undefined) => `${markedDot}${a ?? b ?? ""}`)
    .replace(halfDot, markedDot)
    .replace(bracketAt, markedAt)
    .replace(bracketSlash, `/${markedSlash}`)
    .replace(bracketWord, "$1");
}

function markOthers(line: string): string {
  return line
    .replace(/\\([_*~&#@:-])/g, "$1")
    .replace(fullWidthDot, markedDot)
    .replace(spacedDot, weakDot)
    .replace(spacedAt, markedAt)
    .replace(backslashScheme, "://")
    .replace(spacedScheme, "$1$2//");
}

const anyMark = /[\ue000-\ue005]/;

/** The plain characters again. */
export function unmark(text: string): string {
  if (!anyMark.test(text)) return text;
  return text
    .replace(/[\ue000\ue003]/g, ".")
    .replaceAll(markedAt, "@")
    .replaceAll(markedColon, ":")
    .replaceAll(markedSlash, "")
    .replaceAll(markedEdge, "");
}

/** `weak` when only spaces or backslashes hint at it. */
export function defangedness(text: string): "no" | "weak" | "yes" {
  if (/[\ue000-\ue002\ue004]/.test(text)) return "yes";
  return text.includes(weakDot) ? "weak" : "no";
}
