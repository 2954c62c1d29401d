const leet: Readonly<Record<string, readonly string[]>> = {
  "@": ["a"],
  "4": ["a"],
  "8": ["b"],
  "3": ["e"],
  "€": ["e"],
  "6": ["g"],
  "9": ["g"],
  "!": ["i"],
  "1": ["i", "l"],
  "|": ["l"],
  "0": ["o"],
  $: ["s"],
  "5": ["s"],
  "7": ["t"],
  "+": ["t"],
  "2": ["z"],
};

/** What is left of a text without what people put before and after a word. */
const ends = /^[^\p{L}]+|[^\p{L}]+$/gu;

/**
 * What a password may be in plain: in lower case, without digits and signs at its ends, without spaces and hyphens, with
 * letters for the digits and signs that stand for them, and once where it repeats itself. At most a few dozen texts.
 */
export function createDisguises(password: string): string[] {
  const lower = password.toLowerCase();
  const found = new Set<string>();
  for (const text of [lower, lower.replace(/[\s._-]+/g, ""), ...lettersOf(lower)]) {
    for (const plain of [text, trimmed(text), onceOf(text), onceOf(trimmed(text))]) found.add(plain);
  }
  // What was at the ends is disguise before it is read as letters: Passw0rd2024!
  for (const text of lettersOf(trimmed(lower))) found.add(text);
  // The rest of a short word would be any name.
  return [...found].filter((text) => text.length >= 4);
}

/** Its letters, once with 1 for i and once with 1 for l. */
function lettersOf(text: string): string[] {
  return [0, 1].map((turn) => Array.from(text, (char) => leet[char]?.[turn] ?? leet[char]?.[0] ?? char).join(""));
}

function trimmed(text: string): string {
  return text.replace(ends, "");
}

/** The part that a text consists of several times. */
function onceOf(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return at > 0 ? text.slice(0, at) : text;
}
