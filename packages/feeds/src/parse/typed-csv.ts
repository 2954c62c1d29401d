import { detect, type Observation } from "@tocsin/core/values";
import type { Layout, Parsed, ReadState } from "../definition/layout";
import { splitCsv, splitLoosely } from "./csv-record";
import { headLines } from "./decode";
import { type Line, readLines } from "./lines";
import { badRow, parsedOf } from "./parsed";
import { type About, type AboutFile, aboutOf, hashType } from "./plain-lists";
import { isTypeWord, statedType } from "./stated-type";

/** Separators of tables, the likeliest first. */
const separators = [",", "\t", ";", "|"];

const longestCell = 2_048;
const defanged = /\[\.\]|\(\.\)|\[dot\]|\[:\]|^h(?:xx|\*\*)ps?:/i;
const safeTypes = /^(?:ipv4|ipv6|url|md5|sha1|sha256|sha512|email|cve)$/;
const hostWord =
  /^(?:(?:c2|c&c|cnc|malicious|phishing|attacker)[ _-]?)?(?:domain|domains|domain[ _-]?names?|fqdn|host|hosts|host ?names?|dns|network(?:[ _-]indicator)?)$/i;

/**
 * Tables of which nobody knows the columns, with a header or none: a cell is an indicator when it is one beyond doubt, or
 * when a cell beside it says its type. A word with a dot alone may as well be a file's name, and is none.
 */
export function typedCsv(about: AboutFile): Layout {
  return {
    name: "table, typed by its cells",
    fits: (head) => {
      if (/^[\s\ufeff]*[<{[]/.test(head)) return false;
      return headLines(head)
        .slice(0, 50)
        .some((line) => valuesOf(cellsOf(line), null).length > 0);
    },
    read: (chunks, state) => readTyped(chunks, state, aboutOf(about, state.file)),
  };
}

async function* readTyped(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  about: About,
): AsyncGenerator<readonly Parsed[]> {
  let header: readonly string[] | null = null;
  let isFirst = true;
  for await (const lines of readLines(chunks, state)) {
    const rows: Parsed[] = [];
    for (const line of lines) {
      if (saysNothing(line)) continue;
      const cells = cellsOf(line.text);
      if (isFirst && valuesOf(cells, null).length === 0) header = cells;
      isFirst = false;
      rows.push(...rowOf(line, cells, header, about));
    }
    if (rows.length > 0) yield rows;
  }
}

const saysNothing = ({ text }: Line) => text.trim() === "" || text.startsWith("#");

function rowOf(line: Line, cells: readonly string[], header: readonly string[] | null, about: About): Parsed[] {
  if (line.long) return [badRow(line.line, line.text, "the line is too long")];
  const values = valuesOf(cells, header);
  // Headings, descriptions, paths and names of files.
  if (values.length === 0) return [];
  return [
    parsedOf(
      line.line,
      line.text,
      values.map((value) => ({ ...about, ...value })),
    ),
  ];
}

/** The cells of a row, by whichever separator cuts it into most. */
function cellsOf(line: string): string[] {
  let most: string[] = [];
  for (const separator of separators) {
    if (!line.includes(separator)) continue;
    const record = splitCsv(line, separator);
    const cells = record.ok ? record.fields : splitLoosely(line, separator);
    if (cells.length > most.length) most = cells;
  }
  return (most.length === 0 ? [line] : most).slice(0, 64).map(bare);
}

/** A cell without quotes that stand around it. */
function bare(cell: string): string {
  return cell
    .trim()
    .replace(/^[\ufeff"']/, "")
    .replace(/["']$/, "")
    .trim();
}

type Value = Pick<Observation, "value" | "type">;

function valuesOf(cells: readonly string[], header: readonly string[] | null): Value[] {
  const word = cells.find((cell) => cell.length <= 40 && (isTypeWord(cell) || hostWord.test(cell))) ?? "";
  const found = cells.flatMap((cell, index) => cellValue(cell, word, header?.[index] ?? ""));
  return [...new Map(found.map((each) => [each.value, each])).values()];
}

function cellValue(cell: string, word: string, column: string): Value[] {
  if (cell.length < 4 || cell.length > longestCell || /\s/.test(cell) || cell.includes("*")) return [];
  const type = hashType(cell);
  if (type) return [{ value: cell, type }];
  if (!/[.:@-]/.test(cell)) return [];
  const known = detect(cell);
  if (!known.ok) return [];
  if (safeTypes.test(known.type)) return [{ value: cell, type: known.type }];
  const isHost = hostWord.test(word) || hostWord.test(column) || statedType(word, cell) === "domain";
  return known.type === "domain" && (isHost || defanged.test(cell)) ? [{ value: cell, type: "domain" }] : [];
}
