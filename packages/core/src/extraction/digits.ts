/**
 * Whether a text may hold so many hexadecimal digits in a row (a multiple of four). Every quarter of that length one
 * character is looked at; four digits one after the other make it likely. Cheaper than a regular expression on prose.
 */
export function mayHoldDigits(text: string, count: number): boolean {
  const step = count / 4;
  let run = 0;
  for (let at = step - 1; at < text.length; at += step) {
    run = isDigit(text.charCodeAt(at)) ? run + 1 : 0;
    if (run === 4) return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}
