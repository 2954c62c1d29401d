import fs from "node:fs";
import { findSecrets, scannerPattern } from "@tocsin/core/leaks";
import type { Terminal } from "../process/terminal";
import { readArgs } from "./command";

/**
 * The regular expression for scanners; with files, where secrets stand in them, never a whole one. Answers 1 when there
 * is one, 2 when a file cannot be read.
 */
export function scan(args: string[], keyPrefix: string, terminal: Terminal, json: boolean): number {
  const { positionals: files } = readArgs(args, {}, Number.POSITIVE_INFINITY);
  if (files.length === 0) {
    const pattern = scannerPattern(keyPrefix);
    terminal.out(json ? `${JSON.stringify({ pattern })}\n` : `${pattern}\n`);
    return 0;
  }
  const texts = files.map((file) => ({ file, text: read(file) }));
  const found = texts.flatMap(({ file, text }) =>
    text === null ? [] : findSecrets(text, keyPrefix).map((place) => ({ file, ...place })),
  );
  if (json) terminal.out(`${JSON.stringify({ data: found })}\n`);
  else for (const { file, line, prefix } of found) terminal.out(`${file}:${line}: ${prefix}…\n`);
  const unread = texts.filter(({ text }) => text === null);
  for (const { file } of unread) terminal.err(`tocsin scan: ${file} cannot be read\n`);
  return unread.length > 0 ? 2 : found.length > 0 ? 1 : 0;
}

function read(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
