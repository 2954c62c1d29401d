import type { Prisma } from "@tocsin/db";
import { appendEvent, type EventSource, type NewEvent } from "../audit";

/**
 * Adds an event that concerns a person to the log of each workspace they are a member of, and of the one where it was
 * done; to that of the instance where there is none. In `tx`, as its last step.
 */
export async function appendAboutPerson(
  ctx: EventSource,
  tx: Prisma.TransactionClient,
  userId: string,
  event: Omit<NewEvent, "workspaceId">,
): Promise<void> {
  const members = await tx.member.findMany({ where: { userId }, select: { workspaceId: true } });
  const here = "caller" in ctx ? ctx.caller.workspaceId : ctx.workspaceId;
  const chains = new Set([...members.map(({ workspaceId }) => workspaceId), ...(here ? [here] : [])]);
  // In the order of their ids: whoever appends to several chains locks them in it.
  const inOrder: (string | null)[] = chains.size > 0 ? [...chains].sort() : [null];
  for (const workspaceId of inOrder) await appendEvent(ctx, { ...event, workspaceId }, tx);
}
