import type { Prisma } from "@tocsin/db";
import { type KeyAdmin, requireKeyAdmin, workspaceOf } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter } from "../errors";
import { commitRestriction } from "../revocation";
import type { RotatedKey, RotateKeyInput } from "./change-shape";
import { readKeyPolicy, requireRightsOf } from "./key-grant";
import { keySetting } from "./key-setting";
import { lockKey, unchangeable } from "./lock-key";
import { type KeyPolicy, type PolicyKey, policyProblems } from "./policy";
import { type KeyRow, toKey } from "./properties";
import { mintSecret, prefixOf, sealSecret } from "./secret";
import { isPrevious, keyColumns } from "./shape";

const shownOnce = "Store this key now: only its hash is kept, and it is never shown again.";
const unconfirmed = "Not every node has confirmed yet that the secret that ended is refused.";

/**
 * Gives a key a new secret, answered this once; the one before goes on working for the grace, which begins when the
 * new one is first used. A secret that was in its grace already ends at once, and without grace the one before does:
 * no node accepts it when this resolves, or `meta.warning` says that one may. Throws `not_found`, `insufficient_role`,
 * and `invalid_parameter` for a key that is revoked or expired, or does not meet the workspace's policy any more.
 */
export async function rotateKey(ctx: Call<KeyAdmin>, input: RotateKeyInput): Promise<RotatedKey> {
  requireKeyAdmin(ctx.caller);
  const setting = await keySetting(ctx);
  const { now, keyPrefix } = setting;
  const secret = mintSecret(keyPrefix);
  const prefix = prefixOf(secret, keyPrefix);
  let rotated: KeyRow | null = null;
  let warning = shownOnce;
  try {
    await commitRestriction(ctx, async (tx) => {
      const key = await lockKey(ctx, tx, input.keyId);
      requireRightsOf(ctx.caller, key.scopes);
      if (key.expiresAt && key.expiresAt <= now) throw unchangeable("is of a key that has expired");
      requireMeets(await readKeyPolicy(tx, workspaceOf(ctx.caller)), key);
      const replaced = await replaceSecrets(tx, key.id, input.graceSeconds, now);
      const row = await tx.apiKey.update({
        where: { id: key.id },
        data: {
          prefix,
          version: { increment: 1 },
          secrets: { create: { ...sealSecret(secret, ctx.peppers), prefix, createdAt: now } },
        },
        select: keyColumns(now),
      });
      const details = { prefix, previous_prefix: key.prefix, grace_seconds: input.graceSeconds, ...replaced.details };
      await appendEvent(
        ctx,
        { action: "key.rotate", target: { type: "key", id: key.id, name: key.name }, details },
        tx,
      );
      rotated = row;
      return { result: row, subject: replaced.ended ? { kind: "key", id: key.id } : null };
    });
  } catch (error) {
    // What is stored cannot be shown again: better a secret with a warning than one that nobody has.
    if (!rotated || !(error instanceof AppError && error.code === "service_unavailable")) throw error;
    warning = `${shownOnce} ${unconfirmed}`;
  }
  if (!rotated) throw new Error("the rotated key is gone");
  return { data: { ...toKey(rotated, setting), key: secret, full_key: secret }, meta: { warning } };
}

function requireMeets(policy: KeyPolicy, key: PolicyKey & { createdAt: Date }): void {
  const problems = policyProblems(policy, key, key.createdAt);
  if (problems.length === 0) return;
  const said = problems.map(({ field, problem, allowed }) => `${field} ${problem} (allowed: ${allowed})`).join("; ");
  throw invalidParameter({
    field: "keyId",
    problem: `is of a key that does not meet the workspace's key policy: ${said}`,
    allowed: "a key that meets it: change it first, or make another",
  });
}

/** Ended on every node, however far behind its clock is. */
const atOnce = new Date(0);

/** Ends the secret that is in its grace, and begins or ends that of the newest. */
async function replaceSecrets(tx: Prisma.TransactionClient, keyId: string, graceSeconds: number, now: Date) {
  const where = { keyId, ...isPrevious(now) };
  const ended = await tx.keySecret.findFirst({ where, select: { prefix: true } });
  if (ended) await tx.keySecret.updateMany({ where, data: { retiresAt: atOnce } });
  await tx.keySecret.updateMany({
    where: { keyId, graceSeconds: null },
    data: { graceSeconds, ...(graceSeconds === 0 ? { retiresAt: atOnce } : {}) },
  });
  return {
    ended: ended !== null || graceSeconds === 0,
    details: ended ? { ended_prefix: ended.prefix } : {},
  };
}
