import { randomUUID } from "node:crypto";
import { type KeyAdmin, requireKeyAdmin, tierOf, workspaceOf } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { lockWorkspace, requireKeyAllowance, requireRightsOf } from "./key-grant";
import { signatureOf } from "./key-setting";
import { createdDetails, createdRow, toKey } from "./properties";
import { mintSecret, prefixOf, sealSecret } from "./secret";
import { type CreatedKey, type CreateKeyInput, keyColumns } from "./shape";

const warning = "Store this key now: only its hash is kept, and it is never shown again.";

/** Makes a key and answers its secret, this once. Throws `key_limit_reached`, `invalid_parameter`, `insufficient_role`. */
export async function createKey(ctx: Call<KeyAdmin>, input: CreateKeyInput): Promise<CreatedKey> {
  requireKeyAdmin(ctx.caller);
  const workspaceId = workspaceOf(ctx.caller);
  const now = ctx.now();
  const secret = mintSecret(ctx.instance.keyPrefix);
  const prefix = prefixOf(secret, ctx.instance.keyPrefix);
  const { row, tier } = await ctx.db.$transaction(async (tx) => {
    const workspace = await lockWorkspace(tx, workspaceId);
    const tier = tierOf(workspace.tier, workspace.overrides);
    const properties = createdRow(input, { tier, now });
    requireRightsOf(ctx.caller, properties.scopes);
    await requireKeyAllowance(tx, workspaceId, tier, now);
    const row = await tx.apiKey.create({
      data: {
        id: randomUUID(),
        workspaceId,
        ...properties,
        prefix,
        createdAt: now,
        createdBy: signatureOf(ctx.caller),
        secrets: { create: { ...sealSecret(secret, ctx.peppers), prefix, createdAt: now } },
      },
      select: keyColumns(now),
    });
    const target = { type: "key", id: row.id, name: row.name };
    const details = { prefix, ...createdDetails(properties) };
    await appendEvent(ctx, { action: "key.create", target, details }, tx);
    return { row, tier };
  });
  const key = toKey(row, { tier, keyPrefix: ctx.instance.keyPrefix, now });
  return { data: { ...key, key: secret, full_key: secret }, meta: { warning } };
}
