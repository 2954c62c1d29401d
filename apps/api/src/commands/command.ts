import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Deps } from "../deps";
import type { Terminal } from "../process/terminal";

/** The words of a command are wrong; the text says how. Ends the process with 2. */
export class UsageError extends Error {}

export type CommandCall = { deps: Deps; terminal: Terminal; args: string[]; json: boolean };

/** One command that works on an open database. `run` answers with the exit code. */
export type Command = { usage: string; summary: string; run: (call: CommandCall) => Promise<number> };

/** `node:util` parseArgs, with its complaints as UsageErrors. */
export function readArgs<T extends NonNullable<ParseArgsConfig["options"]>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
