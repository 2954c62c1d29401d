import type { FeedKind } from "../../definition/feed";
import type { Pull } from "../pull";
import { mergeArticles } from "./articles";
import { mergeAttack } from "./attack";
import { mergeIndicators } from "./indicators";
import type { Merged, Merger, SpooledFile } from "./merger";
import { mergeWarninglist } from "./warninglists";

/** What is made of a file, for each kind of feed. */
const mergers = {
  indicators: mergeIndicators,
  articles: mergeArticles,
  warninglists: mergeWarninglist,
  attack: mergeAttack,
} as const satisfies { [Kind in FeedKind]: Merger<Kind> };

/** Keeps what a file says, in the way of its feed's kind. Throws `BodyError` for a body that is not to be kept. */
export function mergeFile<Kind extends FeedKind>(pull: Pull<Kind>, file: SpooledFile): Promise<Merged> {
  const byKind: { [Each in FeedKind]: Merger<Each> } = mergers;
  return byKind[pull.feed.kind](pull, file);
}
