import { AppError } from "@tocsin/core/errors";
import type { Deps } from "../deps";
import type { Terminal } from "../process/terminal";
import { type Command, UsageError } from "./command";
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
    const failure = failureOf(error);
    if (failure.code === "internal_error") deps.log.error({ err: error }, `the command ${name} failed`);
    if (json) terminal.out(`${JSON.stringify({ error: failure })}\n`);
    else terminal.err(`tocsin ${name}: ${failure.message}\n${isUsage(error) ? usageOf(command) : ""}`);
    return isUsage(error) ? 2 : 1;
  }
}

function failureOf(error: unknown): { code: string; message: string; details?: Record<string, unknown> } {
  if (error instanceof AppError) {
    const { code, message, details } = error;
    return { code, message, ...(details ? { details } : {}) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: isUsage(error) ? "usage" : "internal_error", message };
}

function isUsage(error: unknown): error is UsageError {
  return error instanceof UsageError;
}

function usageOf(command: Command | undefined): string {
  return command ? `usage: tocsin ${command.usage}\n` : "";
}
