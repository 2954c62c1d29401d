import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Deps } from "../deps";
import type { Terminal } from "../process/terminal";
import { nearestName } from "../wire/nearest-name";

/** The words of a command are wrong; the text says how. Ends the process with 2. */
export class UsageError extends Error {}

export type CommandCall = { deps: Deps; terminal: Terminal; args: string[]; json: boolean };

/** One command that works on an open database. `run` answers with the exit code. */
export type Command = { usage: string; summary: string; run: (call: CommandCall) => Promise<number> };

/**
 * `node:util` parseArgs, with its complaints as UsageErrors: an option that is not known, a word too many. `most` is how
 * many words there may be beside the options.
 */
export function readArgs<T extends NonNullable<ParseArgsConfig["options"]>>(args: string[], options: T, most = 0) {
  const read = parsed(args, options);
  const surplus = read.positionals[most];
  if (surplus !== undefined) throw new UsageError(`takes no ${JSON.stringify(surplus)}`);
  return read;
}

function parsed<T extends NonNullable<ParseArgsConfig["options"]>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(complaintOf(error, Object.keys(options)));
  }
}

function complaintOf(error: unknown, known: readonly string[]): string {
  const text = error instanceof Error ? error.message : String(error);
  const [, wrong] = /^Unknown option '--?([^']*)'/.exec(text) ?? [];
  if (wrong === undefined) return text.replace(/\n[\s\S]*/, "");
  const nearest = nearestName(wrong, [...known, "json", "help"]);
  return `there is no option --${wrong}${nearest === null ? "" : `; did you mean --${nearest}?`}`;
}
