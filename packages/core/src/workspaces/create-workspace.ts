import { randomBytes, randomUUID } from "node:crypto";
import type { Tier } from "../access";
import { appendEvent } from "../audit";
import { type Context, noOrigin } from "../context";

/** A new workspace with its owner, an existing account. The slug is made of the name and is unique. */
export async function createWorkspace(
  ctx: Pick<Context, "db" | "now">,
  input: { name: string; ownerUserId: string; tier: Tier },
): Promise<{ id: string; slug: string }> {
  const slug = slugOf(input.name);
  for (const candidate of [slug, withTail(slug), withTail(slug)]) {
    try {
      return await insertWorkspace(ctx, input, candidate);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  return insertWorkspace(ctx, input, withTail(slug));
}

async function insertWorkspace(
  ctx: Pick<Context, "db" | "now">,
  { name, ownerUserId, tier }: { name: string; ownerUserId: string; tier: Tier },
  slug: string,
): Promise<{ id: string; slug: string }> {
  const now = ctx.now();
  return ctx.db.$transaction(async (tx) => {
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
    await appendEvent(
      { ...ctx, origin: noOrigin, actor, workspaceId: workspace.id },
      { action: "workspace.create", target, details: { slug, tier } },
      tx,
    );
    return workspace;
  });
}

/** Lower-case ASCII words joined by hyphens; `workspace` for a name that has none. */
function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
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
