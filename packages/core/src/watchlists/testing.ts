import type { Context } from "../context";
import { ingestIocs, type Observation } from "../iocs";
import { sequenceChanges } from "../taxii";

export const testFeed = {
  id: "test",
  name: "Test feed",
  category: "threat-feed",
  confidence: "high",
  tlp: "clear",
} as const;

/** Holds observations, and publishes what has changed. */
export async function ingestAndPublish(ctx: Context, observations: readonly Observation[]): Promise<void> {
  await ingestIocs(ctx, { feed: testFeed, observations, pulledAt: ctx.now() });
  await publish(ctx);
}

/** Publishes all that has been committed. */
export async function publish(ctx: Pick<Context, "sql" | "now">): Promise<void> {
  while ((await sequenceChanges(ctx)).full);
}
