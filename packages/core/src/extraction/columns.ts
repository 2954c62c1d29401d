import type { Line } from "./line";

const frame = /^\|={3,}\s*$/;
const rule = /^[\s:|-]*-[\s:|-]*$/;

/** For each line, the titles of the columns of its table: the cells of the table's first row; none outside of tables. */
export function columnsOf(lines: readonly Line[]): (readonly string[])[] {
  let titles: readonly string[] = [];
  let begins = true;
  return lines.map((line, index) => {
    if (line.kind !== "row") {
      // AsciiDoc parts a table's rows by empty lines.
      if (line.text !== "") [titles, begins] = [[], true];
      return [];
    }
    if (frame.test(line.text)) [titles, begins] = [[], true];
    else if (begins || rule.test(lines[index + 1]?.text ?? "")) [titles, begins] = [cellsOf(line.text), false];
    return titles;
  });
}

/** The title of the column that a place of a row is in. */
export function titleAt(titles: readonly string[], line: string, at: number): string {
  if (titles.length < 2) return "";
  return titles[cellsOf(line.slice(0, at)).length - 1] ?? "";
}

function cellsOf(row: string): string[] {
  return row.includes("\t") ? row.split("\t") : row.replace(/^\s*\|/, "").split("|");
}
