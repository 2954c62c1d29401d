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

/** Wider tables hold no lists of indicators. */
const mostColumns = 100;

/** For a row, what tells the title of the column that a place of it is in; none where it has other cells than the first. */
export function titlesOf(titles: readonly string[], line: string): (at: number) => string {
  if (titles.length < 2 || titles.length > mostColumns) return () => "";
  const cells = cellsOf(line);
  if (cells.length !== titles.length) return () => "";
  let end = line.includes("\t") ? -1 : (/^\s*\|/.exec(line)?.[0].length ?? 0) - 1;
  const ends = cells.map((cell) => {
    end += cell.length + 1;
    return end;
  });
  return (at) => titles[ends.findIndex((place) => at < place)] ?? "";
}

function cellsOf(row: string): string[] {
  return row.includes("\t") ? row.split("\t") : row.replace(/^\s*\||\|\s*$/g, "").split("|");
}
