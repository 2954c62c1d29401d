import { ingestIocs } from "@tocsin/core/iocs";
import { mispFeedEvents } from "@tocsin/formats";
import type { TestApp } from "./test-app";

const feed = { id: "test", name: "Test feed", category: "threat-feed", confidence: "high", tlp: "clear" } as const;
const firstSeen = "2026-11-20T09:00:00.000Z";

/** Puts observations into the database, all first seen at one time. */
export async function addRecords(
  t: Pick<TestApp, "deps">,
  observations: readonly { value: string; tags?: string[] }[],
): Promise<void> {
  const { prisma } = t.deps.db;
  await prisma.feed.upsert({
    where: { id: feed.id },
    create: { id: feed.id, name: feed.name, category: feed.category },
    update: {},
  });
  for (let at = 0; at < observations.length; at += 5_000) {
    const batch = observations.slice(at, at + 5_000).map((one) => ({ ...one, firstSeen: new Date(firstSeen) }));
    await ingestIocs(t.deps.context, { feed, observations: batch, pulledAt: t.deps.context.now() });
  }
}

/** The event of the MISP feed that records of `addRecords` are in. */
export const mispEventFile = `${
  mispFeedEvents(
    [
      {
        feedId: feed.id,
        feedName: feed.name,
        day: firstSeen.slice(0, 10),
        count: 1,
        tlp: "clear",
        updatedAt: new Date(firstSeen),
      },
    ],
    "Tocsin",
  )
    .keys()
    .next().value
}.json`;
