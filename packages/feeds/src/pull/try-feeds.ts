import path from "node:path";
import { feedState } from "../catalog/select-feeds";
import type { FeedDefinition, FeedSettings } from "../definition/feed";
import { BodyError } from "../definition/layout";
import { FetchError, toFetchError } from "../fetch/fetch-error";
import { fetchFile } from "../fetch/fetch-file";
import { defaultLimits, type FetchLimits } from "../fetch/limits";
import { mirrorFiles } from "../fetch/mirror";
import { keyOf, redactor, secretsOf } from "../fetch/secret";
import { openSpool } from "../fetch/spool";
import { preflight } from "../parse/preflight";
import { storable } from "../parse/storable";

/** How a feed answered when it was tried; `text` is for people and names no secret. */
export type FeedTrial = { feedId: string; answers: boolean | null; ms: number; text: string };

/** Enough for a layout to know its body. */
const headBytes = 128 * 1_024;
/** A look does not keep anyone waiting as a pull may. */
const patience: Partial<FetchLimits> = { attempts: 1, connectMs: 5_000, idleMs: 10_000, totalMs: 20_000 };
const atOnce = 4;

type Options = { signal: AbortSignal; limits?: Partial<FetchLimits>; onTrial?: (trial: FeedTrial) => void };

/**
 * Asks each feed for the first part of its first file, a few at a time, and looks whether it is what the feed publishes.
 * Nothing is stored, and no pull is replaced by it. Gives the trials in the order of the feeds.
 */
export async function tryFeeds(
  feeds: readonly FeedDefinition[],
  settings: FeedSettings,
  options: Options,
): Promise<FeedTrial[]> {
  const trials: FeedTrial[] = [];
  const waiting = [...feeds.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      options.signal.throwIfAborted();
      const [index, feed] = next;
      const trial = await tryFeed(feed, settings, options);
      trials[index] = trial;
      options.onTrial?.(trial);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return trials;
}

async function tryFeed(feed: FeedDefinition, settings: FeedSettings, options: Options): Promise<FeedTrial> {
  const started = performance.now();
  const ended = (answers: boolean | null, text: string): FeedTrial => ({
    ...{ feedId: feed.id, answers, ms: Math.round(performance.now() - started) },
    text: storable(redactor(...secretsOf(feed, settings))(text), 500),
  });
  if (feedState(feed, settings) === "needs_key") return ended(null, `not tried: ${feed.needsKey} is not set`);
  if (feed.own?.problem) return ended(false, feed.own.problem);
  try {
    if (settings.mirror !== undefined && !feed.own) {
      const { files } = await mirrorFiles(settings.mirror, feed.id);
      return ended(true, `${files.length} files in ${path.join(settings.mirror, feed.id)}`);
    }
    return ended(true, await look(feed, settings, options));
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof BodyError || error instanceof FetchError) return ended(false, error.message);
    return ended(false, toFetchError(error, feed.id).message);
  }
}

async function look(feed: FeedDefinition, settings: FeedSettings, { signal, limits }: Options): Promise<string> {
  const spool = await openSpool(settings.spoolDir);
  try {
    const fetched = await fetchFile(feed.files[0], {
      key: keyOf(feed, settings),
      publicOnly: feed.own !== undefined && !settings.privateFeeds,
      proxies: settings.proxies,
      maxBytes: headBytes,
      headOnly: true,
      validator: undefined,
      readAt: new Date(),
      userAgent: `Tocsin/${settings.version} (+${settings.publicUrl})`,
      limits: { ...defaultLimits, ...patience, ...limits },
      spoolDir: spool.dir,
      signal,
    });
    if (!fetched.changed) throw new FetchError("the server says that nothing changed, which was not asked");
    // A TAXII server answers with what it has, and its collections are asked for by a pull.
    if (feed.taxii) return "answers";
    const body = { ...fetched.spooled, contentType: fetched.contentType };
    const layout = await preflight<{ name: string; fits: (head: string) => boolean }>(body, feed.layouts);
    return `answers with its ${layout.name}`;
  } finally {
    await spool.close();
  }
}
