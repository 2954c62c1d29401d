import { commands } from "./commands";
import { explainFailure } from "./commands/explain-failure";
import { mcp } from "./commands/mcp";
import { runCommand } from "./commands/run-command";
import { scan } from "./commands/scan";
import { type Deps, openDeps } from "./deps";
import { startWorker } from "./jobs/worker";
import { sendCommand } from "./process/control";
import { DataLockedError } from "./process/data-lock";
import { createLogger } from "./process/logger";
import type { Terminal } from "./process/terminal";
import { version } from "./process/version";
import { serve, signalled } from "./serve";
import { readSettings, type Settings, SettingsError } from "./settings/settings";

type OwnCall = { settings: Settings; terminal: Terminal; json: boolean; args: string[] };

/** The commands that open the database themselves, or need none. */
const own: Record<string, { usage: string; summary: string; run: (call: OwnCall) => Promise<number> }> = {
  serve: {
    usage: "serve",
    summary: "run the server: API, dashboard and, unless TOCSIN_WORKER=off, the feeds",
    run: async ({ settings }) => {
      await serve(settings, createLogger(settings.logLevel));
      return 0;
    },
  },
  worker: {
    usage: "worker",
    summary: "pull feeds when they are due, without a server",
    run: async ({ settings }) => {
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
    run: async ({ settings, terminal, json, args }) => scan(args, settings.keyPrefix, terminal, json),
  },
  mcp: {
    usage: "mcp",
    summary: "the Model Context Protocol on standard input and output, by the instance at PUBLIC_URL (docs/mcp.md)",
    run: ({ settings: { publicUrl, apiKey }, terminal }) => mcp({ publicUrl, apiKey, input: process.stdin }, terminal),
  },
  migrate: {
    usage: "migrate",
    summary: "bring the database to this version's schema",
    run: async ({ settings, terminal, json }) => {
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

/**
 * Runs one line of words as the program does, and gives the exit code: 2 where the words or the settings are wrong.
 * `readEnv` is asked only by what needs settings, and may throw. Only `serve` and `worker` listen to signals.
 */
export async function runProgram(
  argv: string[],
  { terminal, readEnv }: { terminal: Terminal; readEnv: () => Record<string, string | undefined> },
): Promise<number> {
  const json = argv.includes("--json");
  const [name = "help", ...args] = argv.filter((arg) => arg !== "--json");
  if (["help", "--help", "-h"].includes(name) || argv.includes("--help")) return help(terminal);
  if (name === "--version") {
    terminal.out(`${version}\n`);
    return 0;
  }
  if (!own[name] && !commands[name]) {
    terminal.err(`tocsin: there is no command ${name}\n\n`);
    help(terminal);
    return 2;
  }
  try {
    const settings = readSettings(readEnv());
    return own[name] ? await own[name].run({ settings, terminal, json, args }) : await work(settings, argv, terminal);
  } catch (error) {
    return complain(error, json, terminal);
  }
}

/** On the database itself, or through the server that holds the embedded one. */
async function work(settings: Settings, argv: string[], terminal: Terminal): Promise<number> {
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
function complain(error: unknown, json: boolean, terminal: Terminal): number {
  const lines = error instanceof SettingsError ? error.problems : [explainFailure(error)];
  if (json) terminal.out(`${JSON.stringify({ error: { code: "start_failed", message: lines.join("; ") } })}\n`);
  else for (const line of lines) terminal.err(`tocsin: ${line}\n`);
  return error instanceof SettingsError ? 2 : 1;
}

function help(terminal: Terminal): number {
  const rows = Object.values({ ...own, ...commands });
  terminal.out(`Tocsin ${version}\n\nusage: tocsin <command> [--json]\n\n`);
  for (const command of rows) terminal.out(`  ${command.usage}\n      ${command.summary}\n`);
  terminal.out("\nSettings come from the environment and from .env; .env.example documents each.\n");
  return 0;
}
