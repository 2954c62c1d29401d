import type { Prisma } from "@tocsin/db";
import { appendEvent, type EventSource, type NewEvent } from "../audit";

type Event = Omit<NewEvent, "workspaceId">;

/**
 * Adds an event that concerns a person to the log of each workspace they are a member of, and of the one where it was
 * done; to that of the instance where there is none. In `tx`, as its last step.
 */
export async function appendAboutPerson(
  ctx: EventSource,
  tx: Prisma.TransactionClient,
  userId: string,
  event: Event,
): Promise<void> {
  await appendToChains(ctx, tx, await chainsOf(ctx, tx, userId), event);
}

/** The chains of a person, in the order in which whoever appends to several locks them. */
export async function chainsOf(
  ctx: EventSource,
  tx: Prisma.TransactionClient,
  userId: string,
): Promise<(string | null)[]> {
  const members = await tx.member.findMany({ where: { userId }, select: { workspaceId: true } });
  const here = "caller" in ctx ? ctx.caller.workspaceId : ctx.workspaceId;
  const chains = new Set([...members.map(({ workspaceId }) => workspaceId), ...(here ? [here] : [])]);
  return chains.size > 0 ? [...chains].sort() : [null];
}

export async function appendToChains(
  ctx: EventSource,
  tx: Prisma.TransactionClient,
  chains: readonly (string | null)[],
  event: Event,
): Promise<void> {
  for (const workspaceId of chains) await appendEvent(ctx, { ...event, workspaceId }, tx);
}
