import { randomBytes, randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import type { Authorized, SessionCaller, TierName } from "../access";
import { appendEvent } from "../audit";
import { type Call, type Context, noOrigin } from "../context";
import { normalForm } from "../values";

type Input = { name: string; ownerUserId: string; tier: TierName };
/** A caller makes it for the owner; without one it is the owner who does. */
type Need = Pick<Context, "db" | "now" | "auditKeys"> &
  Partial<Pick<Call<Authorized<SessionCaller>>, "caller" | "origin">>;

/** A new workspace with its owner, an existing account; in `tx` where one is given. The slug is made of the name and is unique. */
export async function createWorkspace(
  ctx: Need,
  input: Input,
  tx?: Prisma.TransactionClient,
): Promise<{ id: string; slug: string }> {
  const slug = slugOf(input.name);
  if (tx) {
    // A broken constraint would end the caller's transaction.
    const taken = await tx.workspace.count({ where: { slug } });
    return insertWorkspace(ctx, tx, input, taken > 0 ? withTail(slug) : slug);
  }
  for (const candidate of [slug, withTail(slug), withTail(slug)]) {
    try {
      return await ctx.db.$transaction((own) => insertWorkspace(ctx, own, input, candidate));
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  return ctx.db.$transaction((own) => insertWorkspace(ctx, own, input, withTail(slug)));
}

async function insertWorkspace(
  ctx: Need,
  tx: Prisma.TransactionClient,
  { name, ownerUserId, tier }: Input,
  slug: string,
): Promise<{ id: string; slug: string }> {
  const now = ctx.now();
  const owner = await tx.user.findUniqueOrThrow({ where: { id: ownerUserId }, select: { name: true } });
  const workspace = await tx.workspace.create({
    data: {
      id: randomUUID(),
      name,
      slug,
      tier,
      createdAt: now,
      members: { create: { id: randomUUID(), userId: ownerUserId, role: "owner", createdAt: now } },
    },
    select: { id: true, slug: true },
  });
  const actor = { type: "user" as const, id: ownerUserId, name: owner.name };
  const target = { type: "workspace", id: workspace.id, name };
  const { caller, origin = noOrigin, db, now: clock, auditKeys } = ctx;
  const base = { db, now: clock, auditKeys, origin };
  const source = caller ? { ...base, caller } : { ...base, actor, workspaceId: workspace.id };
  await appendEvent(
    source,
    { action: "workspace.create", workspaceId: workspace.id, target, details: { slug, tier } },
    tx,
  );
  return workspace;
}

/** Lower-case ASCII words joined by hyphens; `workspace` for a name that has none. */
function slugOf(name: string): string {
  const words = normalForm(name, "NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join("-").slice(0, 48).replace(/-$/, "") ?? "workspace";
}

function withTail(slug: string): string {
  return `${slug}-${randomBytes(3).toString("hex")}`;
}

/** Prisma's code for a unique constraint that would be broken; only the slug's can be here. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}
