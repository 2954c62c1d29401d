#!/usr/bin/env node
import fs from "node:fs";
import { commands } from "./commands";
import { explainFailure } from "./commands/explain-failure";
import { runCommand } from "./commands/run-command";
import { scan } from "./commands/scan";
import { type Deps, openDeps } from "./deps";
import { startWorker } from "./jobs/worker";
import { sendCommand } from "./process/control";
import { DataLockedError } from "./process/data-lock";
import { createLogger } from "./process/logger";
import { processTerminal } from "./process/terminal";
import { version } from "./process/version";
import { serve, signalled } from "./serve";
import { readSettings, type Settings, SettingsError } from "./settings/settings";

const terminal = processTerminal();

const own: Record<
  string,
  { usage: string; summary: string; run: (settings: Settings, json: boolean, args: string[]) => Promise<number> }
> = {
  serve: {
    usage: "serve",
    summary: "run the server: API, dashboard and, unless TOCSIN_WORKER=off, the feeds",
    run: async (settings) => {
      await serve(settings, createLogger(settings.logLevel));
      return 0;
    },
  },
  worker: {
    usage: "worker",
    summary: "pull feeds when they are due, without a server",
    run: async (settings) => {
      const stopped = signalled();
      const log = createLogger(settings.logLevel);
      const deps = await openDeps(settings, log);
      const scheduler = startWorker(deps);
      log.info(`worker ${deps.node} pulls feeds`);
      await stopped;
      await scheduler.stop();
      await deps.close();
      return 0;
    },
  },
  scan: {
    usage: "scan [<file>…]",
    summary: "print the regular expression that finds secrets, or look for them in files",
    run: async (settings, json, files) => scan(files, settings.keyPrefix, terminal, json),
  },
  migrate: {
    usage: "migrate",
    summary: "bring the database to this version's schema",
    run: async (settings, json) => {
      const applied: string[] = [];
      const deps = await openQuietly(settings, (name, index, count) => {
        applied.push(name);
        if (!json) terminal.err(`${index + 1}/${count} ${name}\n`);
      });
      await deps.close();
      terminal.out(
        json
          ? `${JSON.stringify({ applied })}\n`
          : applied.length > 0
            ? `${applied.length} applied\n`
            : "nothing to do\n",
      );
      return 0;
    },
  },
};

process.exitCode = await main(process.argv.slice(2));
// Whatever a library keeps open must not keep a finished command waiting.
if (process.exitCode !== undefined) process.exit();

async function main(argv: string[]): Promise<number> {
  const json = argv.includes("--json");
  const [name = "help", ...args] = argv.filter((arg) => arg !== "--json");
  if (["help", "--help", "-h"].includes(name) || argv.includes("--help")) return help();
  if (name === "--version") {
    terminal.out(`${version}\n`);
    return 0;
  }
  if (!own[name] && !commands[name]) {
    terminal.err(`tocsin: there is no command ${name}\n\n`);
    help();
    return 2;
  }
  try {
    if (fs.existsSync(".env")) process.loadEnvFile(".env");
    const settings = readSettings(process.env);
    return own[name] ? await own[name].run(settings, json, args) : await work(settings, argv);
  } catch (error) {
    return complain(error, json);
  }
}

/** On the database itself, or through the server that holds the embedded one. */
async function work(settings: Settings, argv: string[]): Promise<number> {
  try {
    const deps = await openQuietly(settings);
    try {
      return await runCommand(deps, argv, terminal);
    } finally {
      await deps.close();
    }
  } catch (error) {
    if (!(error instanceof DataLockedError)) throw error;
    const exit = await sendCommand(settings.dataDir, argv, terminal);
    if (exit === null) throw error;
    return exit;
  }
}

function openQuietly(
  settings: Settings,
  migrating?: (name: string, index: number, count: number) => void,
): Promise<Deps> {
  return openDeps(settings, createLogger("warn", process.stderr), migrating ? { migrating } : {});
}

// One line for what an operator can mend; the stack only for what we did not foresee.
function complain(error: unknown, json: boolean): number {
  const lines = error instanceof SettingsError ? error.problems : [explainFailure(error)];
  if (json) terminal.out(`${JSON.stringify({ error: { code: "start_failed", message: lines.join("; ") } })}\n`);
  else for (const line of lines) terminal.err(`tocsin: ${line}\n`);
  return error instanceof SettingsError ? 2 : 1;
}

function help(): number {
  const rows = Object.values({ ...own, ...commands });
  terminal.out(`Tocsin ${version}\n\nusage: tocsin <command> [--json]\n\n`);
  for (const command of rows) terminal.out(`  ${command.usage}\n      ${command.summary}\n`);
  terminal.out("\nSettings come from the environment and from .env; .env.example documents each.\n");
  return 0;
}
