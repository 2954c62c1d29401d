import { authenticated, type SystemCaller } from "@tocsin/core/access";
import { appendEvent, chainOldEvents, listChains, verifyChain } from "@tocsin/core/audit";
import { noOrigin } from "@tocsin/core/context";
import { knownPassphrase } from "../backup/passphrase";
import { type Verified, verifyBackup } from "../backup/read-backup";
import { type Restored, restoreBackup } from "../backup/restore-backup";
import { type Deps, openDeps } from "../deps";
import { createLogger } from "../process/logger";
import { progressLine, type Terminal } from "../process/terminal";
import { type FileCall, factsOf, keysOf, megabytes, readFile } from "./backup";
import { readArgs } from "./command";

/** `restore <file>`: reads all of it before anything is changed, and checks what it has made. */
export async function restore({ settings, terminal, json, args }: FileCall): Promise<number> {
  const options = { yes: { type: "boolean" }, check: { type: "boolean" } } as const;
  const { values, positionals } = readArgs(args, options, 1);
  const file = readFile(positionals[0]);
  const backup = await verifyBackup(file, {
    keys: keysOf(settings),
    passphrase: () => knownPassphrase(settings.backupPassphrase, terminal),
  });
  warn(backup, terminal);
  if (values.check) return tell({ terminal, json }, { file, backup, restored: null, found: null });
  const line = progressLine(terminal, json);
  const restored = await restoreBackup({
    settings,
    backup,
    replace: values.yes === true,
    now: new Date(),
    onProgress: (table, rows) =>
      line.update(`${rows.toLocaleString("en")} of ${backup.facts.rows.toLocaleString("en")} rows, now ${table}`),
  });
  line.end();
  const deps = await openDeps(settings, createLogger("warn", process.stderr));
  try {
    if (restored.migrated.some((name) => name.endsWith("_chain_audit_events"))) await chainOldEvents(deps.context);
    const found = await inspect(deps, backup);
    await record(deps, backup, restored);
    return tell({ terminal, json }, { file, backup, restored, found });
  } finally {
    await deps.close();
  }
}

function warn({ secret, header }: Verified, { err }: Terminal): void {
  if (secret === "other")
    err(
      `Warning: the backup was made under another TOCSIN_SECRET (${header.secret}). Without it no API key, management token or second factor works, the audit log cannot be verified, and nothing proves who made the file.\n`,
    );
  if (secret === "previous")
    err("The backup was made under one of TOCSIN_PREVIOUS_SECRETS: keep it there for as long as its keys are used.\n");
}

type Found = {
  /** Null where another secret signed it. */
  audit: { chains: number; events: number; problems: string[] } | null;
  keys: { active: number; revoked: number };
};

/** What is in the database now: every chain of the audit log, and how many keys it lets in and refuses. */
async function inspect(deps: Deps, { secret }: Verified): Promise<Found> {
  const [keys] = await deps.db.sql.query<{ active: number; revoked: number }>(
    `SELECT count(*) FILTER (WHERE revoked_at IS NULL) AS active, count(*) FILTER (WHERE revoked_at IS NOT NULL) AS revoked
     FROM api_key`,
  );
  const counts = { active: Number(keys?.active), revoked: Number(keys?.revoked) };
  if (secret === "other") return { audit: null, keys: counts };
  const audit = { chains: 0, events: 0, problems: [] as string[] };
  for (const chain of await listChains(deps.context)) {
    const { events, problem } = await verifyChain(deps.context, chain);
    audit.chains++;
    audit.events += events;
    if (problem) audit.problems.push(`${chain ?? "(instance)"}: ${problem.explanation}`);
  }
  return { audit, keys: counts };
}

function record(deps: Deps, { header, sha256 }: Verified, { rows, migrated, carried }: Restored): Promise<void> {
  const caller = authenticated<SystemCaller>({ kind: "system", name: "command line" });
  const details = { made_at: header.created_at, version: header.version, schema: header.schema, sha256, rows };
  return appendEvent(
    { ...deps.context, caller, origin: noOrigin },
    {
      action: "instance.restore",
      workspaceId: null,
      details: { ...details, migrated, keys_revoked: carried.keys, tokens_revoked: carried.tokens },
    },
  );
}

type Outcome = { file: string; backup: Verified; restored: Restored | null; found: Found | null };

function tell({ terminal, json }: { terminal: Terminal; json: boolean }, outcome: Outcome): number {
  const { file, backup, restored, found } = outcome;
  const problems = found?.audit?.problems ?? [];
  const data = {
    ...factsOf({ file, ...backup }),
    ...{ secret: backup.secret, restored: restored !== null },
    ...(restored && found
      ? { migrated: restored.migrated, revoked_anew: restored.carried, keys: found.keys, audit: found.audit }
      : {}),
  };
  if (json) terminal.out(`${JSON.stringify({ ok: problems.length === 0, data })}\n`);
  else terminal.out(wordsOf(outcome));
  if (!json) for (const problem of problems) terminal.err(`${problem}\n`);
  return problems.length > 0 ? 1 : 0;
}

function wordsOf({ file, backup: { header, facts, bytes }, restored, found }: Outcome): string {
  const what = `${facts.rows.toLocaleString("en")} rows of ${Object.keys(facts.tables).length} tables, made ${header.created_at} by version ${header.version}`;
  if (!restored || !found) return `${file} is whole: ${what}, ${megabytes(bytes)}. Nothing was changed.\n`;
  const { keys, audit } = found;
  const lines = [
    `Restored: ${what}.`,
    ...(restored.migrated.length > 0 ? [`${restored.migrated.length} later migrations applied.`] : []),
    `API keys: ${keys.active} that work, ${keys.revoked} that are revoked and refused.`,
    ...(restored.carried.keys + restored.carried.tokens > 0
      ? [
          `${restored.carried.keys} keys and ${restored.carried.tokens} management tokens were revoked after the backup had been made: they stay revoked.`,
        ]
      : []),
    audit
      ? `Audit log: ${audit.events} events of ${audit.chains} chains verified, ${audit.problems.length === 0 ? "all as they were written" : `${audit.problems.length} chains are not as they were written`}.`
      : "Audit log: not verified, since it was signed under another secret.",
  ];
  return `${lines.join("\n")}\n`;
}
