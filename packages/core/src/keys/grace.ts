import { appendEvent } from "../audit";
import type { Context } from "../context";
import { commitRestrictionSoon } from "../revocation";
import { inTime } from "./in-time";
import type { KeyFacts } from "./verdict";

type GraceContext = Pick<Context, "db" | "sql" | "now" | "log" | "auditKeys" | "revocation">;
export type UsedKey = Pick<KeyFacts, "id" | "name" | "workspaceId">;
/** Stores that the grace of `replaced` has begun; throws `service_unavailable` when it cannot. */
export type StartGrace = (key: UsedKey, replaced: Uint8Array, ip: string | null) => Promise<void>;

/** Many first uses of one secret at once in this process are one to the database. */
export function createGraceStarter(ctx: GraceContext): StartGrace {
  const running = new Map<string, Promise<void>>();
  return (key, replaced, ip) => {
    const name = Buffer.from(replaced).toString("base64");
    const started = running.get(name) ?? inTime(storeGrace(ctx, key, replaced, ip)).finally(() => running.delete(name));
    running.set(name, started);
    return started;
  };
}

/**
 * The newest secret of `key` is used for the first time: from now on the one that it replaces lives for its grace.
 * Of any number of nodes that say so, one stores it. Nobody waits for the others to hear of it: it ends nothing yet.
 */
async function storeGrace(ctx: GraceContext, key: UsedKey, replaced: Uint8Array, ip: string | null): Promise<void> {
  const now = ctx.now();
  const hash = new Uint8Array(replaced);
  await commitRestrictionSoon(ctx, async (tx) => {
    const old = await tx.keySecret.findUnique({ where: { hash }, select: { prefix: true, graceSeconds: true } });
    const retiresAt = new Date(now.getTime() + (old?.graceSeconds ?? 0) * 1_000);
    // Of several at once, the others wait for the row and then find it retiring.
    const { count } = await tx.keySecret.updateMany({ where: { hash, retiresAt: null }, data: { retiresAt } });
    if (!old || count === 0) return { result: undefined, subject: null };
    const actor = { type: "key", id: key.id, name: key.name } as const;
    const origin = { ip, userAgent: null, requestId: null };
    const details = { prefix: old.prefix, grace_seconds: old.graceSeconds, retires_at: retiresAt.toISOString() };
    const target = { type: "key", id: key.id, name: key.name };
    const source = { ...ctx, actor, workspaceId: key.workspaceId, origin };
    await appendEvent(source, { action: "key.retire_secret", target, details }, tx);
    return { result: undefined, subject: { kind: "key", id: key.id } };
  });
}
