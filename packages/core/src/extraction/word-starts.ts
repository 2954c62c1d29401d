/** How many characters of the beginning of a match are told. */
export const startLength = 3;

type Open = { readonly prefix: string; readonly rest: string };

/**
 * The first three characters, in small letters, of all that a regular expression of plain words can match (fewer where
 * it matches no more); null where its text does not tell. Of the syntax it knows literals, `(?:…|…)`, classes without
 * ranges, `?`, `\b`, `\d` and what looks around.
 */
export function startsOf(source: string): ReadonlySet<string> | null {
  const found = new Set<string>();
  const open: Open[] = [{ prefix: "", rest: `(?:${source})` }];
  for (let one = open.pop(); one; one = open.pop()) {
    if (one.prefix.length >= startLength || one.rest === "") found.add(one.prefix.toLowerCase());
    else {
      const next = expand(one);
      if (next === null) return null;
      open.push(...next);
    }
  }
  return found;
}

/** A part with what it can be: characters, or sources of regular expressions. */
type Part = { readonly length: number; readonly letters?: readonly string[]; readonly sources?: readonly string[] };

function expand({ prefix, rest }: Open): Open[] | null {
  const part = rest.startsWith("(") ? groupOf(rest) : letterOf(rest);
  if (part === null) return null;
  const times = /^(?:[?*+]|\{[0-9,]+\})/.exec(rest.slice(part.length))?.[0] ?? "";
  if (times !== "" && times !== "?") return null;
  const tail = rest.slice(part.length + times.length);
  return [
    ...(part.letters ?? []).map((letter) => ({ prefix: prefix + letter, rest: tail })),
    ...(part.sources ?? []).map((source) => ({ prefix, rest: source + tail })),
    ...(times === "?" ? [{ prefix, rest: tail }] : []),
  ];
}

function letterOf(rest: string): Part | null {
  if (rest.startsWith("\\b")) return { length: 2, sources: [""] };
  if (rest.startsWith("\\d")) return { length: 2, letters: [..."0123456789"] };
  const letters = /^\[([^\]\\^]+)\]/.exec(rest);
  if (letters)
    return /[^-]-[^-]/.test(letters[1] ?? "") ? null : { length: letters[0].length, letters: [...(letters[1] ?? "")] };
  const literal = /^(?:\\([^A-Za-z0-9])|([^\\.^$[\]{}()|*+?]))/.exec(rest);
  return literal ? { length: literal[0].length, letters: [literal[1] ?? literal[2] ?? ""] } : null;
}

function groupOf(rest: string): Part | null {
  const bounds = boundsOf(rest);
  if (bounds === null) return null;
  const { bars, end } = bounds;
  if (/^\(\?(?:[=!]|<[=!])/.test(rest)) return { length: end + 1, sources: [""] };
  if (!rest.startsWith("(?:")) return null;
  const starts = ["(?:".length, ...bars.map((bar) => bar + 1)];
  const sources = starts.map((start, index) => rest.slice(start, bars[index] ?? end));
  return { length: end + 1, sources };
}

/** An escaped character, a class, or a mark of groups. */
const token = /\\.|\[(?:\\.|[^\]\\])*\]|[(|)]/gs;

/** Where the group that a text begins with ends, and the bars between its alternatives. */
function boundsOf(rest: string): { bars: number[]; end: number } | null {
  const bars: number[] = [];
  let depth = 0;
  for (const { 0: mark, index } of rest.matchAll(token)) {
    if (mark === "(") depth += 1;
    else if (mark === ")") depth -= 1;
    else if (mark === "|" && depth === 1) bars.push(index);
    if (depth === 0) return { bars, end: index };
  }
  return null;
}
