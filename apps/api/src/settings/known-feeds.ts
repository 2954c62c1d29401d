import type { Context } from "@tocsin/core/context";
import type { FeedDescription } from "@tocsin/core/runs";
import { describeSampleFeeds, findSample } from "@tocsin/core/sample";
import { describeFeeds, loadOwnFeeds, selectFeeds } from "@tocsin/feeds";
import type { Settings } from "./settings";

/** What is known of each feed under these settings, those of operators and of the sample set included. */
export async function describeKnownFeeds(ctx: Context, settings: Settings): Promise<FeedDescription[]> {
  const { feedKeys: keys, feedMirror: mirror } = settings;
  const own = await loadOwnFeeds(ctx);
  const selected = selectFeeds(settings.feeds, { mirror });
  const known = describeFeeds(settings.feeds === "off" ? [] : [...own, ...selected], { keys, mirror }, own);
  return (await findSample(ctx)) ? [...describeSampleFeeds(), ...known] : known;
}
