// RFC 4180, and what vendors make of it: spaces around quotes, quotes that are not doubled.

/** The fields of one record; `open` when a quoted field does not end. */
export type CsvRecord = { ok: true; fields: string[] } | { ok: false; open: boolean };

export function splitCsv(whole: string, separator = ","): CsvRecord {
  // Between columns of blanks there are as many as it takes to align them.
  const text = separator === " " ? whole.trim().replace(/[ \t]+/g, " ") : whole;
  if (!text.includes('"')) return { ok: true, fields: text.split(separator).map((field) => field.trim()) };
  return splitQuoted(text, separator);
}

function splitQuoted(text: string, separator: string): CsvRecord {
  const fields: string[] = [];
  for (let at = 0; ; at += 1) {
    const field = fieldAt(text, at, separator);
    if (!("text" in field)) return { ok: false, ...field };
    fields.push(field.text);
    at = field.end;
    if (at >= text.length) return { ok: true, fields };
  }
}

/** The field that begins at a place, and where its separator is; or why the record is none. */
function fieldAt(text: string, from: number, separator: string): { text: string; end: number } | { open: boolean } {
  const begin = skipBlanks(text, from, separator);
  if (text[begin] !== '"') {
    const comma = text.indexOf(separator, begin);
    const end = comma < 0 ? text.length : comma;
    return { text: text.slice(begin, end).trim(), end };
  }
  const quote = closingQuote(text, begin + 1);
  if (quote < 0) return { open: true };
  const inner = text.slice(begin + 1, quote);
  const end = skipBlanks(text, quote + 1, separator);
  if (end < text.length && text[end] !== separator) return { open: false };
  return { text: inner.includes('"') ? inner.replaceAll('""', '"') : inner, end };
}

function skipBlanks(text: string, from: number, separator: string): number {
  let at = from;
  while (text[at] !== separator && (text[at] === " " || text[at] === "\t")) at += 1;
  return at;
}

/** Fields that are all quoted, where quotes inside them are not doubled. */
export function splitLoosely(text: string, separator = ","): string[] {
  const line = text.trim();
  if (separator !== ",")
    return line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1).split(`"${separator}"`) : [];
  return line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1).split(/"[ \t]*,[ \t]*"/) : [];
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
