import { BackupError } from "./backup/backup-error";
import { commands } from "./commands";
import { backup } from "./commands/backup";
import { readArgs, UsageError } from "./commands/command";
import { completionFor } from "./commands/completion";
import { mcp } from "./commands/mcp";
import { restore } from "./commands/restore";
import { runCommand } from "./commands/run-command";
import { scan } from "./commands/scan";
import { type Deps, openDeps } from "./deps";
import { startWorker } from "./jobs/worker";
import { sendCommand } from "./process/control";
import { DataLockedError } from "./process/data-lock";
import { explainFailure } from "./process/explain-failure";
import { createLogger } from "./process/logger";
import type { Terminal } from "./process/terminal";
import { version } from "./process/version";
import { serve, signalled } from "./serve";
import { readSettings, type Settings, SettingsError } from "./settings/settings";
import { nearestName } from "./wire/nearest-name";

type OwnCall = { settings: Settings; terminal: Terminal; json: boolean; args: string[] };

/** The commands that open the database themselves, or need none. */
const own: Record<string, { usage: string; summary: string; run: (call: OwnCall) => Promise<number> }> = {
  serve: {
    usage: "serve",
    summary: "run the server: API, dashboard and, unless TOCSIN_WORKER=off, the feeds",
    run: async ({ settings, args }) => {
      readArgs(args, {});
      await serve(settings, createLogger(settings.logLevel));
      return 0;
    },
  },
  worker: {
    usage: "worker",
    summary: "pull feeds when they are due, without a server",
    run: async ({ settings, args }) => {
      readArgs(args, {});
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
  completion: {
    usage: "completion bash|zsh",
    summary: "print the completion of commands and options for a shell: source <(tocsin completion bash)",
    run: async ({ terminal, args }) => {
      const { positionals } = readArgs(args, {}, 1);
      terminal.out(completionFor(positionals[0], usages()));
      return 0;
    },
  },
  mcp: {
    usage: "mcp",
    summary: "the Model Context Protocol on standard input and output, by the instance at PUBLIC_URL (docs/mcp.md)",
    run: async ({ settings: { publicUrl, apiKey }, terminal, args }) => {
      readArgs(args, {});
      return mcp({ publicUrl, apiKey, input: process.stdin }, terminal);
    },
  },
  backup: {
    usage: "backup <file> [--encrypt]",
    summary: "write everything that the database holds to a file, also while the server runs",
    run: backup,
  },
  restore: {
    usage: "restore <file> [--yes] [--check]",
    summary: "put a backup in the place of the database, or only check it; it may come from the other kind of database",
    run: restore,
  },
  export: {
    usage: "export <file> [--encrypt]",
    summary: "the same as backup, to move to another kind of database",
    run: backup,
  },
  import: {
    usage: "import <file> [--yes] [--check]",
    summary: "the same as restore, to move from another kind of database",
    run: restore,
  },
  migrate: {
    usage: "migrate",
    summary: "bring the database to this version's schema",
    run: async ({ settings, terminal, json, args }) => {
      readArgs(args, {});
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
  if (["help", "--help", "-h"].includes(name)) return help(terminal, args[0]);
  if (args.includes("--help") || args.includes("-h")) return help(terminal, name);
  if (["--version", "-v", "version"].includes(name)) {
    terminal.out(`${version}\n`);
    return 0;
  }
  if (!Object.hasOwn(own, name) && !Object.hasOwn(commands, name)) return refuseCommand(name, json, terminal);
  try {
    // A command that needs no settings is not kept from running by a wrong one.
    const settings = name === "completion" ? readSettings({}) : readSettings(readEnv());
    return own[name] ? await own[name].run({ settings, terminal, json, args }) : await work(settings, argv, terminal);
  } catch (error) {
    return complain(error, { name, json, terminal });
  }
}

function refuseCommand(name: string, json: boolean, terminal: Terminal): number {
  const nearest = nearestName(name, Object.keys(usages()));
  const message = `there is no command ${name}${nearest === null ? "" : `; did you mean ${nearest}?`}`;
  if (json) terminal.out(`${JSON.stringify({ error: { code: "usage", message } })}\n`);
  else terminal.err(`tocsin: ${message}\n\`tocsin help\` lists them.\n`);
  return 2;
}

function usages(): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...own, ...commands }).map(([name, { usage }]) => [name, usage]));
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
function complain(
  error: unknown,
  { name, json, terminal }: { name: string; json: boolean; terminal: Terminal },
): number {
  const isUsage = error instanceof UsageError;
  const lines = error instanceof SettingsError ? error.problems : [explainFailure(error)];
  const code = isUsage ? "usage" : error instanceof BackupError ? error.code : "start_failed";
  if (json) terminal.out(`${JSON.stringify({ error: { code, message: lines.join("; ") } })}\n`);
  else if (isUsage) terminal.err(`tocsin ${name}: ${error.message}\nusage: tocsin ${usages()[name]}\n`);
  else for (const line of lines) terminal.err(`tocsin: ${line}\n`);
  return isUsage || error instanceof SettingsError ? 2 : 1;
}

const exitCodes = `Exit codes: 0 it is done; 1 it failed, or what was asked about is not well; 2 the words or the settings are wrong, and nothing
was done. With --json the result, or {"error":{"code","message"}}, is one line on standard output.
`;

/** Of one command, or of all. */
function help(terminal: Terminal, name?: string): number {
  const all = { ...own, ...commands };
  const one = name !== undefined && Object.hasOwn(all, name) ? all[name] : undefined;
  if (name !== undefined && !name.startsWith("-") && !one) return refuseCommand(name, false, terminal);
  if (one) {
    const ways = one.usage.split(" | ").map((way) => `  tocsin ${way.trim()}\n`);
    terminal.out(`${one.summary}\n\nusage:\n${ways.join("")}\n${exitCodes}`);
    return 0;
  }
  terminal.out(`Tocsin ${version}\n\nusage: tocsin <command> [--json]\n\n`);
  for (const command of Object.values(all)) terminal.out(`  ${command.usage}\n      ${command.summary}\n`);
  terminal.out(`\n${exitCodes}\nSettings come from the environment and from .env; .env.example documents each.\n`);
  return 0;
}
