import { type Authorized, authenticated, type SystemCaller } from "@tocsin/core/access";
import { type Call, noOrigin } from "@tocsin/core/context";
import { AppError } from "@tocsin/core/errors";
import {
  collectKey,
  createKey,
  createKeyInput,
  listKeys,
  listKeysInput,
  requestKey,
  requestKeyInput,
  revokeKey,
  revokeKeyInput,
  rotateKey,
  rotateKeyInput,
  updateKey,
  updateKeyInput,
} from "@tocsin/core/keys";
import type { z } from "zod";
import { table } from "../process/terminal";
import { type Command, type CommandCall, readArgs, UsageError } from "./command";
import { keyBody, keyOptions, keyUsage } from "./key-options";

/** `keys create|request|collect|list|update|rotate|revoke`: the same verbs as the dashboard, as whoever may run this program. */
export const keysCommand: Command = {
  usage: `keys create ${keyUsage("create")} | keys request ${keyUsage("create")} [--reason <text>] | keys collect <request id> | keys list [--status <s>] | keys update <id> ${keyUsage("update")} | keys rotate <id> [--grace-seconds <n>] | keys revoke <id>… [--reason <text>] [--yes]   [--workspace <slug>]`,
  summary: "make, ask for, list, change, rotate and revoke API keys",
  run: async (call) => {
    const [action, ...args] = call.args;
    if (action === "create") return create({ ...call, args });
    if (action === "request") return request({ ...call, args });
    if (action === "collect") return collect({ ...call, args });
    if (action === "list") return list({ ...call, args });
    if (action === "update") return update({ ...call, args });
    if (action === "rotate") return rotate({ ...call, args });
    if (action === "revoke") return revoke({ ...call, args });
    throw new UsageError("keys: say create, request, collect, list, update, rotate or revoke");
  },
};

async function create(call: CommandCall): Promise<number> {
  const { workspace, values } = readKeyArgs("create", call.args);
  const input = parse(createKeyInput, keyBody("create", values));
  return printCreated(call, await createKey(await systemCall(call, workspace), input));
}

/** Asks for a key, where the workspace's policy wants somebody to approve it. */
async function request(call: CommandCall): Promise<number> {
  const { workspace, values } = readKeyArgs("create", call.args, { reason: { type: "string" } });
  const input = parse(requestKeyInput, {
    ...keyBody("create", values),
    reason: (values as { reason?: string }).reason,
  });
  const { data } = await requestKey(await systemCall(call, workspace), input);
  if (call.json) call.terminal.out(`${JSON.stringify({ data })}\n`);
  else {
    call.terminal.out(`${data.id}\n`);
    call.terminal.err(
      `Somebody who manages keys has to approve it under API keys in the dashboard, until ${data.lapses_at}. Then: keys collect ${data.id}\n`,
    );
  }
  return 0;
}

/** Makes the key of a request that was approved. */
async function collect(call: CommandCall): Promise<number> {
  const { values, positionals } = readArgs(call.args, { workspace: { type: "string" } }, 1);
  const [requestId] = positionals;
  if (!requestId) throw new UsageError("keys collect: give the request's id (`keys request` prints it)");
  return printCreated(call, await collectKey(await systemCall(call, values.workspace), { requestId }));
}

function printCreated(call: CommandCall, created: Awaited<ReturnType<typeof createKey>>): number {
  if (call.json) call.terminal.out(`${JSON.stringify(created)}\n`);
  else {
    call.terminal.out(`${created.data.full_key}\n`);
    call.terminal.err(
      `Key ${created.data.id} (${created.data.name}, tier ${created.data.tier}). ${created.meta.warning}\n`,
    );
  }
  return 0;
}

async function list(call: CommandCall): Promise<number> {
  const { values } = readArgs(call.args, { status: { type: "string" }, workspace: { type: "string" } });
  const ctx = await systemCall(call, values.workspace);
  const keys = [];
  let cursor: string | undefined;
  do {
    const page = await listKeys(ctx, parse(listKeysInput, { status: values.status, limit: 100, cursor }));
    keys.push(...page.data);
    cursor = page.meta.next_cursor ?? undefined;
  } while (cursor);
  if (call.json) call.terminal.out(`${JSON.stringify({ data: keys, meta: { total: keys.length } })}\n`);
  else {
    const rows = keys.map((key) => [
      key.id,
      key.key_prefix,
      key.status,
      key.name,
      String(key.total_requests),
      key.last_used_at ?? "never",
      key.revoked_reason ?? "",
    ]);
    call.terminal.out(table(["id", "prefix", "status", "name", "requests", "last used", "reason"], rows));
  }
  return 0;
}

async function update(call: CommandCall): Promise<number> {
  const { workspace, values, positionals } = readKeyArgs("update", call.args);
  const input = parse(updateKeyInput, { keyId: idOf("update", positionals), ...keyBody("update", values) });
  const { data } = await updateKey(await systemCall(call, workspace), input);
  if (call.json) call.terminal.out(`${JSON.stringify({ data })}\n`);
  else {
    const ends = data.expires_at ?? "never";
    const from = data.allowed_ips?.join(", ") ?? "anywhere";
    call.terminal.out(`${data.name}: ${data.scopes.join(", ")}; from ${from}; expires ${ends}\n`);
  }
  return 0;
}

function readKeyArgs(verb: "create" | "update", args: string[], more: ReturnType<typeof keyOptions> = {}) {
  const options = { ...keyOptions(verb), ...more, workspace: { type: "string" } } as const;
  const { values, positionals } = readArgs(args, options, verb === "update" ? 1 : 0);
  return { workspace: values.workspace, values, positionals };
}

async function rotate(call: CommandCall): Promise<number> {
  const { values, positionals } = readArgs(
    call.args,
    {
      "grace-seconds": { type: "string" },
      workspace: { type: "string" },
    },
    1,
  );
  const input = parse(rotateKeyInput, {
    keyId: idOf("rotate", positionals),
    grace_seconds: values["grace-seconds"] === undefined ? undefined : Number(values["grace-seconds"]),
  });
  const rotated = await rotateKey(await systemCall(call, values.workspace), input);
  const { data, meta } = rotated;
  if (call.json) call.terminal.out(`${JSON.stringify(rotated)}\n`);
  else {
    const old = data.previous_key_prefix
      ? `The secret ${data.previous_key_prefix}… works for ${input.graceSeconds} s more once this one has been used.`
      : "The secret before is refused now.";
    call.terminal.out(`${data.full_key}\n`);
    call.terminal.err(`${old} ${meta.warning}\n`);
  }
  return 0;
}

async function revoke(call: CommandCall): Promise<number> {
  const { values, positionals } = readArgs(
    call.args,
    { reason: { type: "string" }, workspace: { type: "string" }, yes: { type: "boolean" } },
    Number.POSITIVE_INFINITY,
  );
  idOf("revoke", positionals);
  const inputs = [...new Set(positionals)].map((keyId) => parse(revokeKeyInput, { keyId, reason: values.reason }));
  if (inputs.length > 1 && !values.yes)
    throw new UsageError(`keys revoke: ${inputs.length} keys end for ever; say --yes if you mean it`);
  const ctx = await systemCall(call, values.workspace);
  const revoked: { id: string; message: string }[] = [];
  const failed: { id: string; error: { code: string; message: string } }[] = [];
  // Each by itself: one that is not there is no reason to leave the others alive.
  for (const input of inputs) {
    try {
      revoked.push({ id: input.keyId, message: (await revokeKey(ctx, input)).message });
    } catch (error) {
      if (!(error instanceof AppError) || inputs.length === 1) throw error;
      failed.push({ id: input.keyId, error: { code: error.code, message: error.message } });
    }
  }
  printRevoked(call, revoked, failed);
  return failed.length > 0 ? 1 : 0;
}

function printRevoked(
  { terminal, json }: CommandCall,
  revoked: readonly { id: string; message: string }[],
  failed: readonly { id: string; error: { message: string } }[],
): void {
  if (json) {
    const [only] = revoked;
    const answer = revoked.length + failed.length === 1 && only ? { message: only.message } : {};
    terminal.out(`${JSON.stringify({ success: failed.length === 0, ...answer, data: revoked, failed })}\n`);
    return;
  }
  for (const { id, message } of revoked) terminal.out(revoked.length === 1 ? `${message}\n` : `${id}: ${message}\n`);
  for (const { id, error } of failed) terminal.err(`${id}: ${error.message}\n`);
}

function idOf(action: string, [keyId]: string[]): string {
  if (!keyId) throw new UsageError(`keys ${action}: give the key's id (\`keys list\` shows it)`);
  return keyId;
}

/** The workspace named by its slug, or the only one there is. */
async function systemCall(call: CommandCall, slug: string | undefined): Promise<Call<Authorized<SystemCaller>>> {
  const found = await call.deps.db.prisma.workspace.findMany({
    where: slug === undefined ? {} : { slug },
    orderBy: { createdAt: "asc" },
    take: 20,
    select: { id: true, slug: true },
  });
  const [first, second] = found;
  if (!first)
    throw new UsageError(
      slug ? `there is no workspace ${slug}` : "there is no workspace yet: complete the set-up first",
    );
  if (second) throw new UsageError(`--workspace: name one of ${found.map((workspace) => workspace.slug).join(", ")}`);
  return {
    ...call.deps.context,
    caller: authenticated({ kind: "system", name: "command line", workspaceId: first.id }),
    origin: noOrigin,
  };
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
}
