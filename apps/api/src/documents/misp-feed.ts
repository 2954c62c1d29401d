import { hash } from "node:crypto";
import type { Authorized, KeyCaller } from "@tocsin/core/access";
import { AppError } from "@tocsin/core/errors";
import { lastChange, listSourceDays, lookbackFloor, type SourceDay, streamByFirstSeen } from "@tocsin/core/iocs";
import {
  type Document,
  type FeedEvent,
  mispFeedEvent,
  mispFeedEvents,
  mispFeedHashes,
  mispFeedManifest,
} from "@tocsin/formats";
import { inSteps } from "../exports/in-steps";
import type { ApiContext } from "../router/context";
import { type FileAnswer, fileOf } from "../wire/file-of";

type Index = { events: ReadonlyMap<string, FeedEvent>; tag: string; records: number };
type KeyContext = ApiContext & { caller: Authorized<KeyCaller> };

/** A client reads the manifest and then a thousand events: the days behind them are counted once for all. */
const keptFor = 60_000;
/** Lookbacks differ by tier, and tiers are few. */
const mostKept = 20;

/** The files of the MISP feed under one instance. */
export function createMispFeed(): (ctx: KeyContext, name: string) => Promise<FileAnswer> {
  const kept = new Map<number, { at: number; index: Promise<Index> }>();
  const indexOf = (ctx: KeyContext): Promise<Index> => {
    const days = ctx.caller.tier.iocLookbackDays;
    const now = ctx.now().getTime();
    const cached = kept.get(days);
    if (cached && now - cached.at < keptFor) return cached.index;
    const index = readIndex(ctx);
    if (kept.size >= mostKept) kept.clear();
    kept.set(days, { at: now, index });
    // What failed is asked again by the next.
    index.catch(() => kept.delete(days));
    return index;
  };
  return async (ctx, name) => {
    const index = await indexOf(ctx);
    const floor = lookbackFloor(ctx);
    if (name === "manifest.json")
      return answer(ctx, name, { ...index, records: 0 }, mispFeedManifest(index.events.values()), null);
    if (name === "hashes.csv")
      return answer(ctx, name, index, mispFeedHashes, () => streamByFirstSeen(ctx, floor, null));
    const event = index.events.get(name.replace(/\.json$/, ""));
    if (!event || !name.endsWith(".json")) throw new AppError("not_found");
    const { offset, limit, of } = event;
    const records = Math.min(limit, of.count - offset);
    return answer(ctx, name, { tag: tagOf([of], ctx), records }, mispFeedEvent(event), () =>
      streamByFirstSeen(ctx, floor, { feedId: of.feedId, day: of.day, offset, limit }),
    );
  };
}

async function readIndex(ctx: KeyContext): Promise<Index> {
  const days = await listSourceDays(ctx, lookbackFloor(ctx));
  const records = days.reduce((sum, { count }) => sum + count, 0);
  return { events: mispFeedEvents(days, ctx.instance.name), tag: tagOf(days, ctx), records };
}

function tagOf(days: readonly SourceDay[], { parts, instance }: ApiContext): string {
  return hash("sha256", JSON.stringify([days, parts.version, instance.name]), "hex").slice(0, 32);
}

async function answer(
  ctx: KeyContext,
  name: string,
  { tag, records }: Pick<Index, "tag" | "records">,
  document: Document,
  pages: (() => ReturnType<typeof streamByFirstSeen>) | null,
): Promise<FileAnswer> {
  const changed = await lastChange(ctx);
  const about = { instanceName: ctx.instance.name, now: ctx.now() };
  return fileOf({
    chunks: () => document.write(pages ? inSteps(ctx.parts.pace, pages()) : none(), about),
    contentType: document.contentType,
    fileName: name,
    records,
    version: { tag: hash("sha256", `${name} ${tag}`, "hex").slice(0, 32), lastModified: settled(changed, ctx.now()) },
  });
}

async function* none(): AsyncGenerator<never> {}

/** A time is given once no list that is still kept can be older than what came with it. */
function settled(changed: Date | null, now: Date): Date | null {
  return changed !== null && now.getTime() - changed.getTime() > 2 * keptFor ? changed : null;
}
