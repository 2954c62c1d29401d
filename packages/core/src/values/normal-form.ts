/**
 * A text in a normal form of Unicode. Of the marks on one letter 30 are kept (UAX 15 §13, stream-safe text), more than
 * any script has: putting them in order takes time by the square of their number.
 */
export function normalForm(text: string, form: "NFKC" | "NFKD"): string {
  return text.replace(tooManyMarks, "$1").normalize(form);
}

const tooManyMarks = /(\p{M}{30})\p{M}+/gu;
