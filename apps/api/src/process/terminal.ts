/** Where a command writes: this process's streams, or those of the one that asked for it. */
export type Terminal = { tty: boolean; columns: number; out: (text: string) => void; err: (text: string) => void };

export function processTerminal(): Terminal {
  return {
    tty: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  };
}

/** Rows under headings, in columns as wide as their widest cell. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
