import { decodeHTMLStrict } from "entities";

/** A line of an article; `level` is that of a heading (1 is the highest), `cells` those of a row of a table. */
export type Line = {
  readonly text: string;
  readonly kind: "text" | "heading" | "code" | "row";
  readonly level?: number;
};

// Zero-width, bidirectional, soft-hyphen and object-replacement characters: no part of what is said.
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc]/g;
// Control and private-use characters (the extraction marks defanged characters with these), and halves of pairs.
const foreign = /(?![\t\n])[\p{Cc}\p{Co}\p{Cs}]/gu;

const ordinary = /^[\t\n -~]*$/;

/** A text without the characters that only hide or break what it says; every kind of line end becomes `\n`. */
export function cleanText(text: string): string {
  if (ordinary.test(text)) return text;
  const shown = text
    .replace(invisible, "")
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ")
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n");
  return shown.replace(foreign, "");
}

/** The lines of a text that comes without markup, or with Markdown's or AsciiDoc's. */
export function readLines(text: string): Line[] {
  const lines = cleanText(decodeHTMLStrict(text)).split("\n");
  let fenced = false;
  return lines.map((raw, index): Line => {
    const line = raw.trimEnd();
    const isFence = /^\s{0,3}(?:```|~~~|----$)/.test(line);
    if (isFence && !/^\s{0,3}-{4,}$/.test(line)) fenced = !fenced;
    return isFence || fenced ? { text: line, kind: "code" } : lineOf(line, lines[index + 1] ?? "");
  });
}

/** A line outside of code; `next` may underline it. */
function lineOf(line: string, next: string): Line {
  const level = headingLevel(line, next);
  if (level !== null) return { text: line.replace(/^[#=]{1,6}\s+|\s+[#=]{1,6}$/g, ""), kind: "heading", level };
  return { text: line, kind: line.startsWith("|") || line.includes("\t") ? "row" : "text" };
}

function headingLevel(line: string, next: string): number | null {
  const marks = /^(#{1,6}|={1,6})\s+\S/.exec(line);
  if (marks) return marks[1]?.length ?? 1;
  if (line.trim() === "" || line.length > 120) return null;
  if (/^={3,}\s*$/.test(next)) return 1;
  return /^-{3,}\s*$/.test(next) && !line.startsWith("|") ? 2 : null;
}
