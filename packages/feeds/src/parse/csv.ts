import type { Parsed, ReadState } from "../definition/layout";
import { type CsvForm, columnsOf, fieldsOf, isComment } from "./csv-header";
import { splitCsv, splitLoosely } from "./csv-record";
import { labelledRow } from "./labels";
import { type Line, readLines } from "./lines";
import { badRow, parsedOf, type ReadRecord } from "./parsed";

type Reader = {
  form: CsvForm;
  read: ReadRecord;
  state: ReadState;
  columns: ReadonlyMap<string, number> | null;
  /** The vendor's closing line was there. */
  ended: boolean;
  /** Lines of a row whose quoted field has not ended yet. */
  pending: Line[];
};

// A stray quote would swallow the rest of a body: a row that spans more than this has one.
const spanLines = 12;
const spanLength = 32 * 1024;

/** The rows of CSV with `#` comments, by the names in its header. */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  form: CsvForm,
  read: ReadRecord,
): AsyncGenerator<Parsed[]> {
  const reader: Reader = { form, read, state, columns: null, ended: false, pending: [] };
  let open = false;
  for await (const lines of readLines(chunks, state)) {
    const rows: Parsed[] = [];
    for (const line of lines) take(reader, line, rows);
    open = lines.at(-1)?.open ?? false;
    if (rows.length > 0) yield rows;
  }
  const rows: Parsed[] = [];
  if (reader.pending.length > 0 && open) state.cut ??= "the body ends inside a quoted field";
  while (reader.pending.length > 0) giveUp(reader, "a quoted field does not end", rows);
  if (open && form.endMark && !reader.ended) {
    state.cut ??= "the body ends inside a line, and the line with which its vendor closes it is missing";
  }
  if (rows.length > 0) yield rows;
}

function take(reader: Reader, line: Line, rows: Parsed[]): void {
  if (reader.pending.length > 0) takeSpan(reader, line, rows);
  else if (line.long) rows.push(badRow(line.line, line.text, "the line is too long"));
  else if (isComment(line.text, reader.form.comment)) takeComment(reader, line.text);
  else if (line.text.trim() !== "") takeRow(reader, line, rows);
}

function takeComment(reader: Reader, text: string): void {
  reader.ended ||= reader.form.endMark?.test(text) ?? false;
  reader.columns = columnsOf(text, reader.form) ?? reader.columns;
}

function takeRow(reader: Reader, line: Line, rows: Parsed[]): void {
  const { separator } = reader.form;
  const record = splitCsv(line.text, separator);
  const fields = record.ok ? record.fields : splitLoosely(line.text, separator);
  if (record.ok || (!record.open && fits(reader, fields))) takeFields(reader, line, fields, rows);
  else if (record.open) reader.pending = [line];
  else rows.push(badRow(line.line, line.text, "text stands behind a quoted field"));
}

function takeSpan(reader: Reader, line: Line, rows: Parsed[]): void {
  const lines = [...reader.pending, line];
  const text = lines.map((each) => each.text).join("\n");
  const first = lines[0] ?? line;
  const record = line.long ? { ok: false as const, open: false } : splitCsv(text, reader.form.separator);
  reader.pending = lines;
  if (record.ok && fits(reader, record.fields)) {
    reader.pending = [];
    takeFields(reader, { ...first, text }, record.fields, rows);
  } else if (record.ok || !record.open || lines.length >= spanLines || text.length > spanLength) {
    giveUp(reader, "a quoted field does not end on its line", rows);
  }
}

/** The first pending line is no row; those behind it may be rows of their own. */
function giveUp(reader: Reader, problem: string, rows: Parsed[]): void {
  const [first, ...rest] = reader.pending;
  reader.pending = [];
  if (first) rows.push(badRow(first.line, first.text, problem));
  for (const line of rest) take(reader, line, rows);
}

function takeFields(reader: Reader, line: Line, fields: string[], rows: Parsed[]): void {
  // What a header of any words may look like is known from the first one only: a row may hold the same words.
  const header = reader.form.freeHeader && reader.columns ? null : columnsOf(line.text, reader.form);
  if (header) {
    reader.columns = header;
    return;
  }
  const columns = reader.columns ?? withoutHeader(reader.form, fields.length);
  if (!columns) {
    const missing = `no header names ${reader.form.header.join(", ")}`;
    const problem = reader.form.freeHeader ? missing : `no header, and no layout has ${fields.length} columns`;
    rows.push(badRow(line.line, line.text, problem));
    return;
  }
  if (!hasWidth(columns, fields)) {
    if (line.open && fields.length < columns.size) reader.state.cut ??= "the body ends inside a row";
    rows.push(badRow(line.line, line.text, `${fields.length} fields where there are ${columns.size} columns`));
    return;
  }
  const row = fieldsOf(columns, fields);
  rows.push(parsedOf(line.line, line.text, labelledRow(row, reader.read(row))));
}

function fits(reader: Reader, fields: readonly string[]): boolean {
  const columns = reader.columns ?? withoutHeader(reader.form, fields.length);
  return columns !== null && hasWidth(columns, fields);
}

function hasWidth(columns: ReadonlyMap<string, number>, fields: readonly string[]): boolean {
  return (
    fields.length === columns.size ||
    (fields.length > columns.size && fields.slice(columns.size).every((field) => field === ""))
  );
}

function withoutHeader(form: CsvForm, width: number): ReadonlyMap<string, number> | null {
  if (form.numbered) return new Map(Array.from({ length: width }, (_, index) => [String(index + 1), index]));
  return form.columns?.find((columns) => columns.size === width) ?? null;
}
