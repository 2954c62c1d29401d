import { startLength, startsOf } from "./word-starts";

/** What is known of a match: whose it is, and where in the text. */
type Match = (pattern: number, start: number, end: number) => void;

/**
 * The matches of many regular expressions, found in one pass: at each word only those are tried that can match what
 * begins so. All must match at the beginning of a word alone.
 */
export function wordFinder(patterns: readonly RegExp[]): (text: string, match: Match) => void {
  const sticky = patterns.map(({ source, flags }) => new RegExp(source, `${flags.replace("g", "")}y`));
  const everywhere = patterns.map(({ source, flags }) => new RegExp(source, `${flags.replace("g", "")}g`));
  const { byStart, withoutStart } = indexOf(patterns);

  return (text, match) => {
    const lower = text.toLowerCase();
    // Some letters change their length with their case; then positions would not agree.
    const agrees = lower.length === text.length;
    for (const index of agrees ? withoutStart : patterns.keys()) {
      matchAll(text, everywhere[index], (start, end) => match(index, start, end));
    }
    if (!agrees) return;
    const tryAll = trier(sticky, text, match);
    eachWord(lower, (at, end) => {
      tryAll(byStart.get(keyOf(lower, at, startLength)), at);
      if (end - at < startLength) tryAll(byStart.get(keyOf(lower, at, end - at)), at);
    });
  };
}

/** Tries some of the sticky patterns at one place after another; within its own match none is tried. */
function trier(
  sticky: readonly RegExp[],
  text: string,
  match: Match,
): (those: readonly number[] | undefined, at: number) => void {
  const free = sticky.map(() => 0);
  return (those, at) => {
    for (const index of those ?? []) {
      const pattern = sticky[index];
      if (pattern === undefined || (free[index] ?? 0) > at) continue;
      pattern.lastIndex = at;
      if (!pattern.test(text)) continue;
      free[index] = pattern.lastIndex;
      match(index, at, pattern.lastIndex);
    }
  };
}

function matchAll(text: string, pattern: RegExp | undefined, match: (start: number, end: number) => void): void {
  if (pattern === undefined) return;
  for (const one of text.matchAll(pattern)) match(one.index, one.index + one[0].length);
}

/** Every run of small letters and digits of a text. */
export function eachWord(text: string, visit: (start: number, end: number) => void): void {
  for (let at = 0; at < text.length; ) {
    let end = at;
    while (end < text.length && isOfWord(text.charCodeAt(end))) end += 1;
    if (end > at) visit(at, end);
    at = end + 1;
  }
}

/** How often each of many regular expressions, as above, matches a text. */
export function wordCounter(patterns: readonly RegExp[]): (text: string) => number[] {
  const find = wordFinder(patterns);
  return (text) => {
    const counts = patterns.map(() => 0);
    find(text, (index) => {
      counts[index] = (counts[index] ?? 0) + 1;
    });
    return counts;
  };
}

function indexOf(patterns: readonly RegExp[]): { byStart: Map<number, number[]>; withoutStart: number[] } {
  const byStart = new Map<number, number[]>();
  const withoutStart: number[] = [];
  for (const [index, { source }] of patterns.entries()) {
    const starts = startsOf(source);
    if (starts === null) withoutStart.push(index);
    for (const start of starts ?? []) {
      const key = keyOf(start, 0, start.length);
      byStart.set(key, [...(byStart.get(key) ?? []), index]);
    }
  }
  return { byStart, withoutStart };
}

/** Up to three characters as one small number; those outside of Latin may share one. */
function keyOf(text: string, at: number, length: number): number {
  let key = 0;
  for (let index = 0; index < length; index += 1) key = key * 0x400 + (text.charCodeAt(at + index) & 0x3ff);
  return key;
}

function isOfWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}
