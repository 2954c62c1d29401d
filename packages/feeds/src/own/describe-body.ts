import fs from "node:fs";
import type { FeedMapping } from "@tocsin/core/own-feeds";
import { isComment } from "../parse/csv-header";
import { splitCsv } from "../parse/csv-record";
import { decodeText } from "../parse/decode";
import { isObject, parse } from "../parse/json";
import { scanText, startScan } from "../parse/json-scan";
import type { OwnFeedSource } from "./definition";
import { isKeyed, jsonForm } from "./layouts";

const rawLines = 20;
const mostColumns = 60;
const mostDepth = 5;

export type BodyFacts = { raw: string[]; columns: string[]; paths: string[] };

/** The first lines of a body, and what of it may be mapped. */
export async function describeBody(
  path: string,
  { format, mapping }: Pick<OwnFeedSource, "format" | "mapping">,
  whole: boolean,
  shown: (text: string, length?: number) => string,
): Promise<BodyFacts> {
  const pieces: string[] = [];
  for await (const piece of decodeText(fs.createReadStream(path, { end: 1024 * 1024 - 1 }))) pieces.push(piece);
  const text = pieces.join("").replace(/^\ufeff/, "");
  const lines = text.slice(0, 64 * 1024).split("\n", 500);
  return {
    raw: lines.slice(0, rawLines).map((line) => shown(line, 300)),
    columns: columnsOf(format, mapping, lines, text)
      .slice(0, mostColumns)
      .map((name) => shown(name)),
    paths:
      format === "json" && whole
        ? listsIn(parse(text))
            .slice(0, mostColumns)
            .map((name) => shown(name))
        : [],
  };
}

function columnsOf(format: string, mapping: FeedMapping, lines: readonly string[], text: string): string[] {
  if (format === "csv") return csvColumns(mapping, lines);
  if (format === "ndjson") return membersOf(parse(lines.find((line) => line.trim() !== "") ?? ""));
  if (format !== "json") return [];
  const [first] = scanText(startScan(jsonForm(mapping.path)), text);
  if (!first || first.problem !== undefined) return [];
  const record = parse(first.text);
  const members = typeof record === "string" ? ["$value"] : membersOf(Array.isArray(record) ? record[0] : record);
  return isKeyed(mapping.path) ? ["$key", ...members] : members;
}

function csvColumns({ header, separator, comment }: FeedMapping, lines: readonly string[]): string[] {
  const rows = lines.filter((line) => line.trim() !== "");
  const firstRow = rows.findIndex((line) => !isComment(line, comment));
  const comments = rows.slice(0, firstRow < 0 ? rows.length : firstRow).filter((line) => isComment(line, comment));
  const wide = (line: string) => fieldsOf(line, separator).length;
  // Of several comments the one above the rows that has the most columns names them.
  const named = [...comments].reverse().reduce((best, line) => (wide(line) > wide(best) ? line : best), "");
  const line = header === "comment" ? named.trimStart().slice(comment.length) : (rows[firstRow] ?? "");
  const fields = fieldsOf(line, separator);
  return header === "none" ? fields.map((_, index) => String(index + 1)) : fields.filter((name) => name !== "");
}

function fieldsOf(line: string, separator: string): string[] {
  const record = splitCsv(line.trim(), separator);
  return record.ok ? record.fields : [];
}

/** The paths of a record's texts and numbers. */
function membersOf(record: unknown, above = "", depth = 0): string[] {
  const value = Array.isArray(record) ? record[0] : record;
  if (!isObject(value) || depth > mostDepth) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = `${above}${name}`;
    const first = Array.isArray(inner) ? inner[0] : inner;
    return isObject(first) ? membersOf(first, `${path}.`, depth + 1) : [path];
  });
}

/** The paths of lists that may be records, and of objects whose members may be. */
function listsIn(value: unknown, above: readonly string[] = []): string[] {
  if (Array.isArray(value)) return [above.join(".")];
  if (!isObject(value) || above.length > mostDepth) return [];
  const inner = Object.entries(value).filter(([name]) => /^[^.\s]{1,100}$/.test(name));
  const lists = inner.slice(0, 50).flatMap(([name, each]) => listsIn(each, [...above, name]));
  const members = inner.filter(([, each]) => isObject(each) || Array.isArray(each));
  const alike = inner.length > 1 && members.length === inner.length && !lists.some((path) => !path.includes("."));
  return alike ? [[...above, "*"].join(".")] : lists;
}
