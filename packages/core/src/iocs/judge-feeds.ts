import type { Context } from "../context";
import { dayMs } from "../lib";
import type { FeedStanding } from "./forget-feeds";
import { decideRecord, type FeedFigures } from "./reputation";
import { readTally } from "./tally";

/** Feeds whose records have changed. */
export type Judged = { judged: number };

const claim = `
INSERT INTO score_marking AS m (id, formula, judged_at) VALUES (1, '', $1::timestamptz)
ON CONFLICT (id) DO UPDATE SET judged_at = EXCLUDED.judged_at WHERE m.judged_at IS NULL OR m.judged_at <= $2::timestamptz
RETURNING id`;

/**
 * Looks once a day how what each feed lists has fared here: how much of it independent sources confirm, and how much
 * turned out to be harmless. Read from the figures that lists are counted by, and so no row of `ioc` is. Whoever asks
 * first does it; `rescoreIocs` brings what follows to what is stored.
 */
export async function judgeFeeds(
  ctx: Pick<Context, "sql" | "now">,
  { feeds }: { feeds: readonly FeedStanding[] },
): Promise<Judged> {
  const now = ctx.now();
  const [due] = await ctx.sql.query(claim, [now.toISOString(), new Date(now.getTime() - dayMs).toISOString()]);
  if (!due) return { judged: 0 };
  const { tally } = await readTally(ctx, undefined);
  const figures = figuresOf(tally.facets, new Map(feeds.map(({ id, kin = [] }) => [id, new Set([id, ...kin])])));
  const held = await ctx.sql.query<{ id: string; record: number }>("SELECT id, record FROM feed ORDER BY id");
  const changed = held.flatMap(({ id, record }) => {
    const decided = decideRecord(figures.get(id) ?? { listed: 0, confirmed: 0, harmless: 0 }, record);
    return decided === record ? [] : [{ id, record: decided }];
  });
  if (changed.length > 0) {
    await ctx.sql.query(
      "UPDATE feed SET record = t.record FROM unnest($1::text[], $2::int2[]) AS t(id, record) WHERE feed.id = t.id",
      [changed.map(({ id }) => id), changed.map(({ record }) => record)],
    );
  }
  return { judged: changed.length };
}

type Counted = {
  readonly sources: readonly string[];
  readonly warned: boolean;
  readonly withdrawn: boolean;
  readonly n: number;
};

type Kin = ReadonlyMap<string, ReadonlySet<string>>;

/** Of what stands; `kin` holds for each feed those that are one source with it, itself among them. */
function figuresOf(facets: readonly Counted[], kin: Kin): Map<string, FeedFigures> {
  const figures = new Map<string, FeedFigures>();
  for (const facet of facets) {
    if (facet.withdrawn) continue;
    for (const id of facet.sources) figures.set(id, added(figures.get(id), facet, isConfirmed(id, facet, kin)));
  }
  return figures;
}

const isConfirmed = (id: string, { sources }: Counted, kin: Kin) =>
  sources.some((other) => other !== id && !kin.get(id)?.has(other));

function added(before: FeedFigures | undefined, { warned, n }: Counted, confirmed: boolean): FeedFigures {
  return {
    listed: (before?.listed ?? 0) + n,
    confirmed: (before?.confirmed ?? 0) + (confirmed && !warned ? n : 0),
    harmless: (before?.harmless ?? 0) + (warned ? n : 0),
  };
}
