import type { Line } from "./line";

/** For each line, the titles of the columns of its table: the cells of the table's first row; none outside of tables. */
export function columnsOf(lines: readonly Line[]): (readonly string[])[] {
  let titles: readonly string[] = [];
  return lines.map((line, index) => {
    if (line.kind !== "row") titles = [];
    else if (lines[index - 1]?.kind !== "row") titles = cellsOf(line.text);
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
