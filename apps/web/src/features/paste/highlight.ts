/** A stretch of a text: what stands there, and the key of the value that it names, if it names one. */
export type Stretch = { text: string; key: string | null };

/** Marks that are shown, at most, and characters of the text. */
export const mostMarks = 2_000;
export const mostShown = 200_000;

const word = /[^\s"'<>|,;`{}]+/g;
const edge = /^[([*_~.:!?=-]+|[)\]*_~.:!?=-]+$/g;

/** How a value is looked for in a text: refanged, in lower case, without what ends a sentence. */
export function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/^(?:h[x*]{2}p|meow)/, "http")
    .replace(/\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?/g, ".")
    .replace(/[[({](?:@|at)[\])}]/g, "@")
    .replace(/\[(:\/\/|:|\/)\]/g, "$1")
    .replace(/\/$/, "");
}

/**
 * Cuts a text where one of the values stands, written in any usual way. Reads it once, word by word; what is longer than can
 * be shown is left out.
 */
export function highlight(text: string, keys: ReadonlySet<string>): { stretches: Stretch[]; cut: boolean } {
  const shown = text.slice(0, mostShown);
  const stretches: Stretch[] = [];
  let end = 0;
  let marks = 0;
  for (const { 0: raw, index } of shown.matchAll(word)) {
    if (marks >= mostMarks) break;
    const bare = raw.replace(edge, "");
    const key = bare.length < 4 ? null : keyIn(bare, keys);
    if (key === null) continue;
    const start = index + raw.indexOf(bare);
    stretches.push({ text: shown.slice(end, start), key: null }, { text: bare, key });
    end = start + bare.length;
    marks += 1;
  }
  stretches.push({ text: shown.slice(end), key: null });
  return {
    stretches: stretches.filter((one) => one.text !== ""),
    cut: shown.length < text.length || marks >= mostMarks,
  };
}

/** The word itself, what follows its first `=` or `:`, or the word without a port. */
function keyIn(bare: string, keys: ReadonlySet<string>): string | null {
  const whole = keyOf(bare);
  const named = whole.replace(/^[a-z0-9_.-]{1,40}[=:](?!\/\/)/, "");
  const readings = [whole, named, ...[whole, named].map((reading) => reading.replace(/:\d{1,5}$/, ""))];
  return readings.find((reading) => keys.has(reading)) ?? null;
}
