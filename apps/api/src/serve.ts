import { Server as TlsServer } from "node:tls";
import { AppError } from "@tocsin/core/errors";
import type { Logger } from "pino";
import { createOperator, createSetupLink, isSetupNeeded } from "./accounts/setup";
import { buildApp } from "./app";
import { copyDatabase } from "./backup/copy-database";
import { copyCommand } from "./backup/source";
import { runCommand } from "./commands/run-command";
import { type Deps, openDeps } from "./deps";
import { startWorker } from "./jobs/worker";
import { followCertificate } from "./process/certificate";
import { listenForCommands } from "./process/control";
import { resealRegularly } from "./reseal";
import { noticeSetting } from "./settings/notice-setting";
import { type Settings, SettingsError } from "./settings/settings";

const flushEveryMs = 5_000;
/** The promise to whoever sends SIGTERM: gone after this, drained and flushed. */
const drainMs = 10_000;

/** Runs the server until SIGTERM or SIGINT; resolves when all is flushed and closed. */
export async function serve(settings: Settings, log: Logger): Promise<void> {
  const stopped = signalled();
  const deps = await openDeps(settings, log, {
    waiting: () => log.info("waiting for another node that migrates the database"),
    migrating: (name, index, count) => log.info(`migration ${index + 1}/${count}: ${name}`),
  });
  const entry = await prepareEntry(deps);
  deps.verifier.start();
  await deps.sharedLimits?.start();
  const app = await buildApp(deps);
  const certificate =
    settings.tls && app.server instanceof TlsServer ? followCertificate(settings.tls, app.server, log) : null;
  await app.listen({ host: settings.host, port: settings.port }).catch((error: unknown) => {
    throw isNoAddress(error) ? new ListenError(settings.host) : error;
  });
  const control = settings.databaseUrl
    ? null
    : await listenForCommands(settings.dataDir, (argv, terminal) =>
        argv[0] === copyCommand ? copyDatabase(deps, argv[1], terminal) : runCommand(deps, argv, terminal),
      );
  const flushing = flushRegularly(deps);
  const scheduler = settings.worker ? startWorker(deps) : null;
  const resealing = resealRegularly(deps);
  announce(deps, entry);

  const signal = await stopped;
  log.info(`${signal}: draining`);
  deps.state.draining = true;
  const deadline = setTimeout(() => {
    log.error("the process ends without having drained: time is up");
    process.exit(1);
  }, drainMs - 500);
  const cut = setTimeout(() => app.server.closeAllConnections(), drainMs / 2);
  flushing.stop();
  certificate?.stop();
  await Promise.all([resealing.stop(), scheduler?.stop(), control?.close(), app.close()]);
  clearTimeout(cut);
  await deps.verifier.stop();
  await deps.close();
  clearTimeout(deadline);
  log.info("stopped");
}

/** Resolves with the first SIGTERM or SIGINT; a second one ends the process at once. */
export function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      let seen = false;
      process.on(signal, () => {
        if (seen) process.exit(130);
        seen = true;
        resolve(signal);
      });
    }
  });
}

function flushRegularly(deps: Deps): { stop: () => void } {
  const timer = setInterval(() => {
    deps.usage
      .flush(deps.context)
      .catch((error: unknown) =>
        deps.log.warn({ err: error }, "usage could not be written; it is kept for the next attempt"),
      );
    deps.activity
      .flush(deps.context, noticeSetting(deps.settings))
      .catch((error: unknown) =>
        deps.log.warn({ err: error }, "notices could not be written; they are kept for the next attempt"),
      );
  }, flushEveryMs);
  return { stop: () => clearInterval(timer) };
}

/** Makes the account of the environment, or the link of a first run; gives the line that says how to get in. */
async function prepareEntry(deps: Deps): Promise<string> {
  const { settings } = deps;
  if (await isSetupNeeded(deps)) {
    if (!settings.admin) {
      return `First run: make your account at ${await createSetupLink(deps)}\n  (valid for 30 minutes, once)`;
    }
    const operator = { ...settings.admin, name: "Operator", workspace: settings.instanceName };
    await createOperator(deps, operator).catch((error: unknown) => {
      if (error instanceof AppError) throw new SettingsError([`TOCSIN_ADMIN_PASSWORD: ${error.message}`]);
      throw error;
    });
  }
  const signIn = `Sign in at ${settings.publicUrl}/sign-in`;
  if (!settings.admin) return signIn;
  const { email } = settings.admin;
  const known = await deps.db.prisma.user.count({ where: { email } });
  return known > 0
    ? `${signIn} as ${email}`
    : `${signIn}\n  (TOCSIN_ADMIN_EMAIL and TOCSIN_ADMIN_PASSWORD make the first account alone: this instance has its accounts, and none is ${email})`;
}

/** HOST is nothing that can be listened on here. */
class ListenError extends Error {
  constructor(host: string) {
    super(`HOST: ${host} is no address of this machine. 127.0.0.1 is, and 0.0.0.0 means every IPv4 interface.`);
    this.name = "ListenError";
  }
}

function isNoAddress(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(ENOTFOUND|EADDRNOTAVAIL|EAI_AGAIN)$/.test(String(error.code));
}

/** Says on the console where the server answers, and how to get in. */
function announce({ settings, version }: Deps, entry: string): void {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  say(`\n${settings.instanceName} ${version} answers at ${settings.publicUrl}`);
  say(`  ${entry}`);
  say(`  API reference: ${settings.publicUrl}/docs\n`);
}
