import type { Prisma } from "@tocsin/db";
import { type KeyAdmin, planOf, requireKeyAdmin, workspaceOf } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { invalidParameter } from "../errors";
import { dayMs } from "../lib";
import { commitRestriction } from "../revocation";
import type { UpdatedKey, UpdateKeyInput } from "./change-shape";
import { grantedScopes, lockWorkspace, requireKeyAllowance } from "./key-grant";
import { keySetting } from "./key-setting";
import { type LockedKey, lockKey } from "./lock-key";
import { keyColumns, toKey } from "./shape";

const longestMs = 365 * dayMs;

/**
 * Changes what a key is called and what it may do; what the input does not name stays. No node goes by what it was when
 * this resolves. An expired key works again with a later end. Throws `not_found`, `insufficient_role`,
 * `invalid_parameter` (a revoked key too), `key_limit_reached` where an expired key would be one too many, and
 * `service_unavailable` when the change is stored but a node has not confirmed it yet.
 */
export async function updateKey(ctx: Call<KeyAdmin>, input: UpdateKeyInput): Promise<UpdatedKey> {
  requireKeyAdmin(ctx.caller);
  const setting = await keySetting(ctx);
  const { now } = setting;
  const row = await commitRestriction(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx.caller);
    const workspace = await lockWorkspace(tx, workspaceId);
    const plan = planOf(workspace.tier, workspace.overrides);
    const key = await lockKey(ctx, tx, input.keyId);
    const next: LockedKey = {
      ...key,
      name: input.name ?? key.name,
      scopes: input.scopes === undefined ? key.scopes : grantedScopes(plan, input.scopes),
      allowedIps: input.allowedIps === undefined ? key.allowedIps : (input.allowedIps ?? []),
      expiresAt: endOf(input, key, now),
    };
    if (hasEnded(key, now) && !hasEnded(next, now)) await requireKeyAllowance(tx, workspaceId, plan, now);
    const { before, after } = changes(key, next);
    if (Object.keys(after).length === 0) {
      return {
        result: await tx.apiKey.findUniqueOrThrow({ where: { id: key.id }, select: keyColumns(now) }),
        subject: null,
      };
    }
    const { name, scopes, allowedIps, expiresAt } = next;
    const result = await tx.apiKey.update({
      where: { id: key.id },
      data: { name, scopes, allowedIps, expiresAt, version: { increment: 1 } },
      select: keyColumns(now),
    });
    await appendEvent(
      ctx,
      { action: "key.update", target: { type: "key", id: key.id, name }, details: { before, after } },
      tx,
    );
    return { result, subject: { kind: "key", id: key.id } };
  });
  return { data: toKey(row, setting) };
}

function endOf(input: UpdateKeyInput, key: LockedKey, now: Date): Date | null {
  const { expiresAt, expiresInDays } = input;
  if (expiresInDays !== undefined)
    return expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * dayMs);
  if (expiresAt === undefined) return key.expiresAt;
  if (expiresAt === null || expiresAt.getTime() === key.expiresAt?.getTime()) return expiresAt;
  const allowed = "a time within the next 365 days, or null for never";
  if (expiresAt <= now) throw invalidParameter({ field: "expires_at", problem: "is not in the future", allowed });
  if (expiresAt.getTime() > now.getTime() + longestMs)
    throw invalidParameter({ field: "expires_at", problem: "is too far ahead", allowed });
  return expiresAt;
}

function hasEnded({ expiresAt }: LockedKey, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** What differs, as the wire shows it. */
function changes(key: LockedKey, next: LockedKey): { before: Prisma.InputJsonObject; after: Prisma.InputJsonObject } {
  const [old, fresh] = [wireOf(key), wireOf(next)];
  const differing = Object.keys(fresh).filter((field) => sameText(old[field]) !== sameText(fresh[field]));
  const pick = (from: Record<string, Prisma.InputJsonValue | null>) =>
    Object.fromEntries(differing.map((field) => [field, from[field] ?? null]));
  return { before: pick(old), after: pick(fresh) };
}

function wireOf({ name, scopes, allowedIps, expiresAt }: LockedKey): Record<string, Prisma.InputJsonValue | null> {
  return {
    name,
    scopes,
    allowed_ips: allowedIps.length > 0 ? allowedIps : null,
    expires_at: expiresAt?.toISOString() ?? null,
  };
}

/** Lists in whatever order say the same. */
function sameText(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
}
