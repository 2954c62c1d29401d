import readline from "node:readline";
import { Writable } from "node:stream";

/** Where a command writes: this process's streams, or those of the one that asked for it. */
export type Terminal = {
  tty: boolean;
  columns: number;
  out: (text: string) => void;
  err: (text: string) => void;
  /** Asks whoever sits there for what is not shown while it is typed; absent where nobody does. */
  askSecret?: (question: string) => Promise<string>;
};

export function processTerminal(): Terminal {
  return {
    tty: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    ...(process.stdin.isTTY && process.stderr.isTTY ? { askSecret } : {}),
  };
}

function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = readline.createInterface({ input: process.stdin, output: unseen, terminal: true });
  return new Promise((resolve) => {
    reader.once("SIGINT", () => process.exit(130));
    reader.question("", (answer) => {
      reader.close();
      process.stderr.write("\n");
      resolve(answer);
    });
  });
}

/** A line that is drawn anew as work goes on, on a terminal; elsewhere nothing. */
export function progressLine({ tty, columns, err }: Terminal, json: boolean) {
  if (!tty || json) return { update: () => {}, end: () => {} };
  let drawn = 0;
  return {
    update: (text: string, isLast = false) => {
      const now = Date.now();
      if (now - drawn < 100 && !isLast) return;
      drawn = now;
      err(`\r${text.slice(0, columns - 1)}\x1b[K`);
    },
    end: () => err("\r\x1b[K"),
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
