import type { Line } from "./line";

/** Longest summary, in characters. */
export const maxSummary = 320;

/** The first sentences of an article: what stands before is dates, by-lines and captions. */
export function summarise(lines: readonly Line[]): string {
  const text = firstSaid(lines);
  if (text.length <= maxSummary) return text;
  const cut = text.slice(0, maxSummary);
  const stop = Math.max(cut.lastIndexOf(". "), cut.lastIndexOf("? "), cut.lastIndexOf("! "));
  if (stop >= maxSummary / 3) return cut.slice(0, stop + 1);
  return `${cut.slice(0, cut.lastIndexOf(" ", maxSummary - 1) + 1 || maxSummary - 1).trimEnd()}…`;
}

/** The first whole sentence of some length; else the first line of some length; else the first. */
function firstSaid(lines: readonly Line[]): string {
  let long: string | undefined;
  let any: string | undefined;
  for (const { kind, text } of lines) {
    if (kind !== "text" || text.length < leastOf(any, long)) continue;
    const line = plain(text);
    if (isSentence(line)) return line;
    if (line.length >= someLength) long ??= line;
    if (line !== "") any ??= line;
  }
  return long ?? any ?? "";
}

const someLength = 40;
const sentenceLength = 80;

/** Characters of a line that can still be better than what is found. */
function leastOf(any: string | undefined, long: string | undefined): number {
  if (any === undefined) return 1;
  return long === undefined ? someLength : sentenceLength;
}

function isSentence(line: string): boolean {
  return line.length >= sentenceLength && /[.!?…]["”’)]?$/.test(line);
}

function plain(text: string): string {
  return text
    .slice(0, 4_000)
    .replace(/!\[[^\]]{0,300}\]\([^)\s]{0,1000}\)/g, "")
    .replace(/\[([^\]]{1,300})\]\([^)\s]{0,1000}\)/g, "$1")
    .replace(/(\*\*|__|`)/g, "")
    .replace(/(?<!\s)\s*\[(?:\.{3}|…|&#8230;)\]\s*$/, "…")
    .replace(/\s+/g, " ")
    .replace(/^\s*(?:[-*•>]\s+)+/, "")
    .trim();
}
