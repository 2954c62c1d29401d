import type { Parsed, ReadState } from "../definition/layout";
import { headLines } from "./decode";
import { type Line, readLines } from "./lines";
import { badRow, parsedOf, type ReadRecord } from "./parsed";

export type ListForm = {
  /** What opens a comment. */
  comment: "#" | ";" | "//";
  /** A whole line; its named groups are the record's fields. */
  line: RegExp;
  /** Said of a line that does not match. */
  problem: string;
  /** What a line that a cut has shortened looks like, where that can be told. */
  begun?: RegExp;
  /** The comment with which the vendor ends every body. */
  endMark?: RegExp;
  /** A comment that says something of the rows below it: its named groups are fields of theirs, until the next one. */
  heading?: RegExp;
  /** Lines that belong to the form and are no records. */
  frame?: RegExp;
};

/** Characters that nobody sees stand inside indicators, as core knows; a form would not. */
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** Lists of one record a line. */
export async function* readList(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  form: ListForm,
  read: ReadRecord,
): AsyncGenerator<Parsed[]> {
  let ended = false;
  let open = false;
  let above: Groups = {};
  for await (const lines of readLines(chunks, state)) {
    const rows: Parsed[] = [];
    for (const line of lines) {
      const text = line.text.replace(unseen, "").trim();
      open = line.open;
      if (text.startsWith(form.comment)) {
        ended ||= form.endMark?.test(text) ?? false;
        above = { ...above, ...headingOf(text, form) };
      } else if (text !== "" && !form.frame?.test(text)) rows.push(rowOf(line, text, form, above, read));
      if (line.open && form.begun?.test(text) && !form.line.test(text)) state.cut ??= "the body ends inside a line";
    }
    if (rows.length > 0) yield rows;
  }
  if (open && form.endMark && !ended) {
    state.cut ??= "the body ends inside a line, and the line with which its vendor closes it is missing";
  }
}

type Groups = Readonly<Record<string, string | undefined>>;

/** What a heading says; a group that is not in it stays as it was. */
function headingOf(text: string, form: ListForm): Groups {
  const groups = text.length > 1000 ? undefined : form.heading?.exec(text)?.groups;
  return Object.fromEntries(Object.entries(groups ?? {}).filter(([, said]) => said !== undefined));
}

function rowOf(line: Line, text: string, form: ListForm, above: Groups, read: ReadRecord): Parsed {
  if (line.long) return badRow(line.line, text, "the line is too long");
  const groups = form.line.exec(text)?.groups;
  if (!groups) return badRow(line.line, text, form.problem);
  const field = (name: string) => groups[name] ?? above[name] ?? "";
  return parsedOf(
    line.line,
    text,
    read((...names) => names.map(field).find((said) => said !== "") ?? ""),
  );
}

const longHead = 16_384;

/** Whether at least half of the first lines of a head are such records; `banner` tells a list that may be empty. */
export function fitsList(head: string, form: Pick<ListForm, "comment" | "line" | "frame">, banner?: RegExp): boolean {
  const lines = headLines(head);
  if (/^[<{[]/.test(lines[0] ?? "")) return false;
  const rows = lines
    // Of a line that fills the head nothing can be told.
    .filter(
      (line) => line !== "" && line.length < longHead && !line.startsWith(form.comment) && !form.frame?.test(line),
    )
    .slice(0, 50);
  const known = rows.filter((line) => form.line.test(line)).length;
  return rows.length === 0 ? lines.some((line) => banner?.test(line) ?? false) : known * 2 >= rows.length;
}
