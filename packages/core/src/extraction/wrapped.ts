import { mayHoldDigits } from "./digits";
import type { Line } from "./line";

const lengths = new Set([32, 40, 64, 128]);
const lastDigits = /(?<![0-9A-Za-z/=._-])[0-9a-f]{8,120}$/i;
const firstDigits = /^[ \t|]{0,20}([0-9a-f]{4,120})(?![0-9A-Za-z./_-])/i;
const spaced = /(?<![0-9A-Za-z/=._-])([0-9a-f]{8,120}) ([0-9a-f]{8,120})(?![0-9A-Za-z./_-])/gi;
const labels: ReadonlyArray<readonly [length: number, label: RegExp]> = [
  [32, /md-?5\b/i],
  [40, /sha-?1\b/i],
  [64, /sha-?2(?:56)?\b/i],
  [128, /sha-?512\b/i],
];
/** Lines that one hash may stand on. */
const most = 4;

/**
 * The lines with every hash whole that is broken over lines, or by a space, as narrow columns do. Pieces that are
 * hashes of a shorter kind are put together only where the longer kind is named before them.
 */
export function joinWrapped(lines: readonly Line[]): Line[] {
  const joined = lines.map((line) => joinSpaced(line));
  for (let at = 0; at < joined.length - 1; at += 1) {
    const broken = brokenAt(joined, at);
    if (broken === null) continue;
    setText(joined, at, broken.before + broken.digits);
    for (let next = at + 1; next < broken.at; next += 1) setText(joined, next, "");
    setText(joined, broken.at, broken.rest);
  }
  return joined;
}

function setText(lines: Line[], at: number, text: string): void {
  const line = lines[at];
  if (line) lines[at] = { ...line, text };
}

/** A hash that begins at the end of a line and ends on another: what stands before it, all of it, and what follows. */
type Broken = { before: string; digits: string; at: number; rest: string };

function brokenAt(lines: readonly Line[], at: number): Broken | null {
  const text = lines[at]?.text ?? "";
  const head = endsInDigit(text) ? lastDigits.exec(text) : null;
  if (!head) return null;
  const before = text.slice(0, head.index);
  const own = before.trim();
  const end = endOf(lines, at, head[0], own || (lines[at - 1]?.text ?? ""));
  if (end === null) return null;
  // A title over several lines of digits is that of a list.
  const isList = own === "" && end.whole && firstDigits.test(lines[end.at + 1]?.text ?? "");
  return isList ? null : { before, digits: end.digits, at: end.at, rest: end.rest };
}

function joinSpaced(line: Line): Line {
  // The first piece is the longer one.
  if (!mayHoldDigits(line.text, 16) || !/[0-9A-Fa-f]{8} [0-9A-Fa-f]{8}/.test(line.text)) return line;
  const text = line.text.replace(spaced, (both: string, a: string, b: string, at: number) =>
    belong([a, b], line.text.slice(Math.max(0, at - 60), at)) ? a + b : both,
  );
  return text === line.text ? line : { ...line, text };
}

function endOf(lines: readonly Line[], start: number, head: string, label: string) {
  const pieces = [head];
  for (let at = start + 1; at < Math.min(lines.length, start + most); at += 1) {
    const text = lines[at]?.text ?? "";
    const next = firstDigits.exec(text);
    const piece = next?.[1];
    if (!next || piece === undefined) return null;
    pieces.push(piece);
    const rest = text.slice(next[0].length);
    if (belong(pieces, label)) return { at, digits: pieces.join(""), rest, whole: pieces.every(isWhole) };
    if (/[^ \t|]/.test(rest)) return null;
  }
  return null;
}

function belong(pieces: readonly string[], label: string): boolean {
  const [first = "", last = ""] = [pieces[0], pieces.at(-1)];
  const all = pieces.join("");
  if (!lengths.has(all.length) || !/[a-f]/i.test(all) || !/[0-9]/.test(all) || !isOneCase(all)) return false;
  if (last.length > first.length || pieces.slice(1, -1).some((piece) => piece.length !== first.length)) return false;
  // A checksum of eight digits often stands beside a hash.
  if (!pieces.every(isWhole) && last.length !== 8) return true;
  const near = label.slice(-60);
  const names = (count: number) => labels.some(([length, name]) => length === count && name.test(near));
  return names(all.length) && !names(first.length);
}

function isWhole(piece: string): boolean {
  return lengths.has(piece.length);
}

function isOneCase(text: string): boolean {
  return text === text.toLowerCase() || text === text.toUpperCase();
}

function endsInDigit(text: string): boolean {
  const code = text.charCodeAt(text.length - 1) | 32;
  return (code >= 97 && code <= 102) || (code >= 48 && code <= 57);
}
