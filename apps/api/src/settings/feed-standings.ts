import type { Context } from "@tocsin/core/context";
import type { SampleRemoval } from "@tocsin/core/sample";
import { feeds, loadOwnFeeds } from "@tocsin/feeds";

/** How far each feed is trusted and what label its records get: by it values are judged anew when the sample set goes. */
export async function feedStandings(ctx: Context): Promise<SampleRemoval> {
  const all = [...feeds, ...(await loadOwnFeeds(ctx))];
  return { others: all.map(({ id, tlp, reputation }) => ({ id, tlp, reputation })) };
}
