import type { Context } from "@tocsin/core/context";
import type { SampleRemoval } from "@tocsin/core/sample";
import { feeds, kinOf, loadOwnFeeds } from "@tocsin/feeds";

/** How far each feed is trusted, what label its records get, and with which others it is one source: by it values are judged anew. */
export async function feedStandings(ctx: Context): Promise<SampleRemoval> {
  const all = [...feeds, ...(await loadOwnFeeds(ctx))];
  return { others: all.map((feed) => ({ id: feed.id, tlp: feed.tlp, reputation: feed.reputation, kin: kinOf(feed) })) };
}
