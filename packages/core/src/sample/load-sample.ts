import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { ageIocs } from "../iocs";
import { makeStatsDue, refreshStats } from "../stats";
import { compareStored } from "../watchlists";
import { loadIntelligence } from "./load-intelligence";
import { loadKeys, loadWatchlist } from "./load-workspace";
import { removeSample, type SampleRemoval } from "./remove-sample";
import { sampleArticles } from "./set/articles";
import { sampleSayings } from "./set/values";
import type { SampleLoaded } from "./shape";
import { findSample, sampleAuthor, whileAlone } from "./state";

/**
 * Loads the sample set: feeds with what they say, through the same ingest as any, and keys with their traffic and a
 * watchlist in the caller's workspace, where there is one. Loaded already, it changes nothing; stopped in the middle, the
 * next call goes on. Throws `insufficient_role` for whoever is no operator.
 */
export async function loadSample(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  removal: SampleRemoval,
): Promise<SampleLoaded> {
  requireOperator(ctx.caller);
  const before = await findSample(ctx);
  if (before?.state === "removing") await removeSample(ctx, removal);
  if (before?.state === "loaded") return { data: await countLoaded(ctx, { already: true, notes: [] }) };
  await ctx.db.sample.createMany({
    data: [
      {
        state: "loading",
        workspaceId: ctx.caller.workspaceId ?? null,
        anchorAt: ctx.now(),
        loadedBy: ctx.caller.kind === "session" ? ctx.caller.email : ctx.caller.name,
      },
    ],
    skipDuplicates: true,
  });
  return whileAlone(ctx, async (alive) => {
    const row = await findSample(ctx);
    const anchor = row?.anchorAt ?? ctx.now();
    await loadIntelligence(ctx, anchor, alive);
    while ((await ageIocs(ctx)).full) await alive();
    const notes = await loadForWorkspace(ctx, row?.workspaceId ?? null, anchor, alive);
    const loaded = await countLoaded(ctx, { already: false, notes });
    await ctx.db.$transaction(async (tx) => {
      await tx.sample.update({ where: { id: 1 }, data: { state: "loaded" } });
      const { iocs, articles, keys, watchlists } = loaded;
      const target = { type: "sample", id: null, name: "Sample set" };
      await appendEvent(ctx, { action: "sample.load", target, details: { iocs, articles, keys, watchlists } }, tx);
    });
    await makeStatsDue(ctx);
    await refreshStats(ctx);
    return { data: loaded };
  });
}

async function loadForWorkspace(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  workspaceId: string | null,
  anchor: Date,
  alive: () => Promise<void>,
): Promise<string[]> {
  if (workspaceId === null) return ["keys and a watchlist: there is no workspace yet"];
  const notes = [
    await loadKeys(ctx, { workspaceId, anchor, alive }),
    await loadWatchlist(ctx, { workspaceId, anchor }),
  ].filter((note) => note !== null);
  await alive();
  await compareStored(ctx);
  return notes;
}

async function countLoaded(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { already, notes }: { already: boolean; notes: string[] },
): Promise<SampleLoaded["data"]> {
  const { workspaceId } = (await findSample(ctx)) ?? { workspaceId: null };
  const where = { workspaceId: workspaceId ?? "", createdBy: sampleAuthor };
  const [keys, watchlists] =
    workspaceId === null
      ? [0, 0]
      : await Promise.all([ctx.db.apiKey.count({ where }), ctx.db.watchlist.count({ where })]);
  const iocs = new Set(sampleSayings.map(({ observation: { type, value } }) => `${type} ${value}`)).size;
  return { already, iocs, articles: sampleArticles.length, keys, watchlists, notes };
}
