// RFC 4180 section 2 (quoting); OWASP, CSV Injection (which first characters a spreadsheet takes for a formula).

const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;
const needsQuotes = /[",\r\n]|^\s|\s$/;
// Both in one look, since nearly every cell is as it should be.
const needsCare = new RegExp(`${formulaStart.source}|${needsQuotes.source}`);

/** A cell as CSV has it: made harmless to spreadsheets, then quoted where it must be. */
export function csvCell(text: string): string {
  if (!needsCare.test(text)) return text;
  const harmless = formulaStart.test(text) ? `'${text}` : text;
  return needsQuotes.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** One record with the line break that ends it. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
