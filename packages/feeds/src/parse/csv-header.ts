import { splitCsv } from "./csv-record";
import { headLines } from "./decode";
import type { Fields } from "./parsed";
import { said } from "./said";

export type CsvForm = {
  /** Columns that a header has, all of them; it is the first row or a comment. */
  header: readonly string[];
  /** Columns of bodies without a header, known by their number. */
  columns?: readonly ReadonlyMap<string, number>[];
  /** The comment with which the vendor ends every body. */
  endMark?: RegExp;
  /** What stands between two fields; a comma where nothing is said. */
  separator?: string;
  /** What opens a comment; `#` where nothing is said. */
  comment?: string;
  /** Any words may be a column's name, the same one twice too: the header is the line that has those of `header`. */
  freeHeader?: boolean;
  /** Columns have no names but their numbers from 1. */
  numbered?: boolean;
};

export function isComment(line: string, mark = "#"): boolean {
  return line.startsWith(mark) || (/^\s/.test(line) && line.trimStart().startsWith(mark));
}

/** Names of columns are compared without case, spaces and underscores. */
export function columnMap(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [plainName(name), index]));
}

/** The columns that a line names when it is the header, commented out or not. */
export function columnsOf(line: string, form: CsvForm): ReadonlyMap<string, number> | null {
  if (form.freeHeader) return freeColumnsOf(line, form);
  // A header is short and in quotes or letters: spares most rows the look.
  if (line.length > 1000 || !/^[\s#"]*[a-z][a-z0-9_]*(?: [a-z0-9_]+)*"?\s*,/i.test(line)) return null;
  const record = splitCsv(line.replace(/^[\s#]+/, ""));
  if (!record.ok) return null;
  const columns = columnMap(record.fields);
  const named = columns.size === record.fields.length && form.header.every((name) => columns.has(plainName(name)));
  return named ? columns : null;
}

function freeColumnsOf(line: string, form: CsvForm): ReadonlyMap<string, number> | null {
  if (line.length > 16_000) return null;
  const mark = form.comment ?? "#";
  const text = line.trimStart();
  const record = splitCsv(text.startsWith(mark) ? text.slice(mark.length) : text, form.separator);
  if (!record.ok) return null;
  const seen = new Set<string>();
  const names = record.fields.map((name, index) => {
    const plain = plainName(name);
    const free = plain === "" || seen.has(plain) ? `\u0000${index}` : plain;
    seen.add(free);
    return free;
  });
  return form.header.every((name) => seen.has(plainName(name))) ? columnMap(names) : null;
}

/** The fields of one row by name. */
export function fieldsOf(columns: ReadonlyMap<string, number>, row: readonly string[]): Fields {
  return (...names) => {
    for (const name of names) {
      const index = columns.get(plainName(name));
      const text = index === undefined ? "" : said(row[index] ?? "");
      if (text !== "") return text;
    }
    return "";
  };
}

/** Whether a head has the header of this form, or rows that `row` knows. */
export function fitsCsv(head: string, form: CsvForm, row?: RegExp): boolean {
  const lines = headLines(head);
  if (lines[0]?.startsWith("<")) return false;
  return lines.some((line) => columnsOf(line, form) !== null || (row?.test(line) ?? false));
}

const plainNames = new Map<string, string>();

function plainName(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const plain = name.toLowerCase().replace(/[\s_]/g, "");
  // Names in code are few, those in bodies are anything.
  if (plainNames.size < 500) plainNames.set(name, plain);
  return plain;
}
