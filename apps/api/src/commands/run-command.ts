import { AppError } from "@tocsin/core/errors";
import type { Deps } from "../deps";
import type { Terminal } from "../process/terminal";
import { UsageError } from "./command";
import { commands } from "./index";

/** Runs one command on an open database; every failure becomes a line (or a JSON object) and an exit code. */
export async function runCommand(deps: Deps, argv: string[], terminal: Terminal): Promise<number> {
  const json = argv.includes("--json");
  const [name = "", ...args] = argv.filter((arg) => arg !== "--json");
  const command = commands[name];
  try {
    if (!command) throw new UsageError(`there is no command ${name}`);
    return await command.run({ deps, terminal, args, json });
  } catch (error) {
    const known = error instanceof AppError || error instanceof UsageError;
    if (!known) deps.log.error({ err: error }, `the command ${name} failed`);
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof AppError ? error.code : error instanceof UsageError ? "usage" : "internal_error";
    const details = error instanceof AppError ? error.details : undefined;
    if (json) terminal.out(`${JSON.stringify({ error: { code, message, ...(details ? { details } : {}) } })}\n`);
    else
      terminal.err(
        `tocsin ${name}: ${message}\n${error instanceof UsageError && command ? `usage: tocsin ${command.usage}\n` : ""}`,
      );
    return error instanceof UsageError ? 2 : 1;
  }
}
