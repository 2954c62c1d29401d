import { randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import { type KeyAdmin, requireKeyAdmin, tierOf, workspaceOf } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError } from "../errors";
import { lockWorkspace, requireKeyAllowance, requirePolicy, requireRightsOf } from "./key-grant";
import { signatureOf } from "./key-setting";
import { createdDetails, createdRow, type KeyRow, type SettableRow, toKey } from "./properties";
import { mintSecret, prefixOf, sealSecret } from "./secret";
import { type CreatedKey, type CreateKeyInput, keyColumns } from "./shape";

const warning = "Store this key now: only its hash is kept, and it is never shown again.";

/**
 * Makes a key and answers its secret, this once. Throws `key_limit_reached`, `invalid_parameter`, `insufficient_role`,
 * and `approval_required` where the workspace wants a second person.
 */
export async function createKey(ctx: Call<KeyAdmin>, input: CreateKeyInput): Promise<CreatedKey> {
  requireKeyAdmin(ctx.caller);
  const workspaceId = workspaceOf(ctx.caller);
  const now = ctx.now();
  const secret = mintSecret(ctx.instance.keyPrefix);
  const { row, tier } = await ctx.db.$transaction(async (tx) => {
    const { policy, ...workspace } = await lockWorkspace(tx, workspaceId);
    const tier = tierOf(workspace.tier, workspace.overrides);
    const properties = createdRow(input, { tier, policy, now });
    requireRightsOf(ctx.caller, properties.scopes);
    requirePolicy(policy, properties, now);
    if (policy.require_approval) throw new AppError("approval_required");
    await requireKeyAllowance(tx, workspaceId, tier, now);
    return { row: await insertKey(ctx, tx, { secret, properties }), tier };
  });
  return withSecret(toKey(row, { tier, keyPrefix: ctx.instance.keyPrefix, now }), secret);
}

/** Writes a key that was decided on, and its event; last in its transaction. */
export async function insertKey(
  ctx: Call<KeyAdmin>,
  tx: Prisma.TransactionClient,
  { secret, properties, details = {} }: { secret: string; properties: SettableRow; details?: Prisma.InputJsonObject },
): Promise<KeyRow & { id: string }> {
  const prefix = prefixOf(secret, ctx.instance.keyPrefix);
  const now = ctx.now();
  const row = await tx.apiKey.create({
    data: {
      id: randomUUID(),
      workspaceId: workspaceOf(ctx.caller),
      ...properties,
      prefix,
      createdAt: now,
      createdBy: signatureOf(ctx.caller),
      secrets: { create: { ...sealSecret(secret, ctx.peppers), prefix, createdAt: now } },
    },
    select: keyColumns(now),
  });
  const target = { type: "key", id: row.id, name: row.name };
  const said = { prefix, ...createdDetails(properties), ...details };
  await appendEvent(ctx, { action: "key.create", target, details: said }, tx);
  return row;
}

/** The one answer that shows a new key's secret. */
export function withSecret(key: Omit<CreatedKey["data"], "key" | "full_key">, secret: string): CreatedKey {
  return { data: { ...key, key: secret, full_key: secret }, meta: { warning } };
}
