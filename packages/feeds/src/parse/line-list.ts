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
  /** What a line that a cut has shortened looks like, where that can be seen. */
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
  const place: Place = { ended: false, above: {} };
  let last: Line | undefined;
  for await (const lines of readLines(chunks, state)) {
    last = lines.at(-1);
    const rows = lines.flatMap((line) => readLine(line, form, place, read));
    if (rows.length > 0) yield rows;
  }
  if (!last?.open) return;
  const text = shownOf(last);
  if (form.begun?.test(text) && !form.line.test(text)) state.cut ??= "the body ends inside a line";
  if (form.endMark && !place.ended) {
    state.cut ??= "the body ends inside a line, and the line with which its vendor closes it is missing";
  }
}

/** What the comments so far have said: that the list has ended, and what they say of the rows below them. */
type Place = { ended: boolean; above: Groups };

function shownOf({ text }: Line): string {
  return text.replace(unseen, "").trim();
}

function readLine(line: Line, form: ListForm, place: Place, read: ReadRecord): Parsed[] {
  const text = shownOf(line);
  if (text.startsWith(form.comment)) {
    place.ended ||= form.endMark?.test(text) ?? false;
    place.above = { ...place.above, ...headingOf(text, form) };
    return [];
  }
  return text === "" || form.frame?.test(text) ? [] : [rowOf(line, text, form, place.above, read)];
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

/** Whether at least half of the first lines of a head are such records; `banner` marks a list that may be empty. */
export function fitsList(head: string, form: Pick<ListForm, "comment" | "line" | "frame">, banner?: RegExp): boolean {
  const lines = headLines(head);
  if (/^[<{[]/.test(lines[0] ?? "")) return false;
  const rows = lines
    // Of a line that fills the head nothing can be said.
    .filter(
      (line) => line !== "" && line.length < longHead && !line.startsWith(form.comment) && !form.frame?.test(line),
    )
    .slice(0, 50);
  const known = rows.filter((line) => form.line.test(line)).length;
  return rows.length === 0 ? lines.some((line) => banner?.test(line) ?? false) : known * 2 >= rows.length;
}
