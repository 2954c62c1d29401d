// RFC 4180, and what vendors make of it: spaces around quotes, quotes that are not doubled.

/** The fields of one record; `open` when a quoted field does not end. */
export type CsvRecord = { ok: true; fields: string[] } | { ok: false; open: boolean };

export function splitCsv(whole: string, separator = ","): CsvRecord {
  // Between columns of blanks there are as many as it takes to align them.
  const text = separator === " " ? whole.trim().replace(/[ \t]+/g, " ") : whole;
  if (!text.includes('"')) return { ok: true, fields: text.split(separator).map((field) => field.trim()) };
  const fields: string[] = [];
  let at = 0;
  const isBlank = (letter: string | undefined) => letter !== separator && (letter === " " || letter === "\t");
  for (;;) {
    while (isBlank(text[at])) at += 1;
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      if (end < 0) return { ok: false, open: true };
      const inner = text.slice(at + 1, end);
      fields.push(inner.includes('"') ? inner.replaceAll('""', '"') : inner);
      at = end + 1;
      while (isBlank(text[at])) at += 1;
      if (at < text.length && text[at] !== separator) return { ok: false, open: false };
    } else {
      const comma = text.indexOf(separator, at);
      const end = comma < 0 ? text.length : comma;
      fields.push(text.slice(at, end).trim());
      at = end;
    }
    if (at >= text.length) return { ok: true, fields };
    at += 1;
  }
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
