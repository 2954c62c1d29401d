import { normalForm } from "../values";

/** The words of a text in lower case: runs of letters and digits of any script; all else stands between them. */
export function wordsOf(text: string): string[] {
  return (
    normalForm(text, "NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** Whether the words of a term stand one after another in a text. */
export function holdsWords(text: readonly string[], term: readonly string[]): boolean {
  const [first] = term;
  if (first === undefined) return false;
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (term.every((word, index) => text[at + index] === word)) return true;
  }
  return false;
}

/** The longest word, which the fewest texts hold. */
export function rarestOf(words: readonly string[]): string {
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), "");
}
