import { invalidParameter } from "../errors";
import { mapInSlices } from "../lib";
import { findTextProblem } from "../values";
import { readEntry, type Watched } from "./entry";
import { type AddEntriesInput, maxLines } from "./shape";

/** An entry as it is asked for. */
export type Wanted = Watched & { subdomains: boolean; lookalikes: boolean; note: string | null };
/** A line of a paste, and what it says or why it says nothing. */
export type PastedLine = { line: number; text: string } & (
  | { ok: true; wanted: Wanted }
  | { ok: false; problem: string; allowed: string }
);

type Paste = Pick<AddEntriesInput, "text" | "format" | "kind" | "subdomains" | "lookalikes" | "note">;

/** Reads each line by itself, in slices. Throws for text that is no such paste at all. */
export async function readPaste(paste: Paste): Promise<PastedLine[]> {
  const lines = paste.text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\n|\r/)
    .map((text, index) => ({ line: index + 1, text: text.trim() }))
    .filter(({ text }) => text !== "" && !text.startsWith("#"));
  if (lines.length > maxLines) {
    const problem = `has ${lines.length} lines`;
    throw invalidParameter({ field: "text", problem, allowed: `at most ${maxLines} lines at once` });
  }
  return paste.format === "csv" ? readCsv(lines, paste) : mapInSlices(lines, (line) => readLine(line, paste, {}));
}

type Line = { line: number; text: string };

function readCsv([first, ...rest]: Line[], paste: Paste): Promise<PastedLine[]> {
  const header = first ? fieldsOf(first.text).map((name) => name.trim().toLowerCase()) : [];
  if (!header.includes("value")) {
    const allowed = "a header with value, and if wanted kind, note, subdomains, lookalikes";
    throw invalidParameter({ field: "text", problem: "has no column named value in its first line", allowed });
  }
  return mapInSlices(rest, (line) => {
    const fields = fieldsOf(line.text);
    const row = Object.fromEntries(header.map((name, index) => [name, (fields[index] ?? "").trim()]));
    return readLine(line, paste, row);
  });
}

function readLine({ line, text }: Line, paste: Paste, row: Record<string, string | undefined>): PastedLine {
  const shown = { line, text: text.slice(0, 200) };
  const value = row.value ?? text;
  const problem = findTextProblem(value);
  if (problem !== null) return { ...shown, ok: false, problem, allowed: "text without control characters" };
  const kind = kindOf(row.kind);
  if (kind === null) {
    return { ...shown, ok: false, problem: "the kind is not known", allowed: "network, domain, value or term" };
  }
  const note = (row.note || paste.note) ?? null;
  if (note !== null && note.length > 200) {
    return { ...shown, ok: false, problem: "the note is too long", allowed: "at most 200 characters" };
  }
  const read = readEntry(value, kind ?? paste.kind);
  if (!read.ok) return { ...shown, ok: false, problem: read.problem, allowed: read.allowed };
  const isDomain = read.entry.kind === "domain";
  const wanted = {
    ...read.entry,
    note,
    subdomains: !isDomain || flag(row.subdomains, paste.subdomains),
    lookalikes: isDomain && flag(row.lookalikes, paste.lookalikes),
  };
  return { ...shown, ok: true, wanted };
}

function kindOf(text: string | undefined): Watched["kind"] | undefined | null {
  switch (text?.toLowerCase()) {
    case undefined:
    case "":
      return undefined;
    case "network":
    case "domain":
    case "value":
    case "term":
      return text?.toLowerCase() as Watched["kind"];
    default:
      return null;
  }
}

function flag(text: string | undefined, otherwise: boolean): boolean {
  if (text === undefined || text === "") return otherwise;
  return /^(?:true|yes|y|1)$/i.test(text);
}

/** The fields of one line of CSV (RFC 4180). */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  for (const [, quoted, plain] of `${line},`.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*|([^,]*)),/g)) {
    fields.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
  }
  return fields;
}
