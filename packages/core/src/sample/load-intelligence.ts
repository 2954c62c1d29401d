import { findNews, ingestArticles } from "../articles";
import type { Context } from "../context";
import { ingestIocs } from "../iocs";
import { dayMs } from "../lib";
import { type Observation, recordId, type SampleFeedId } from "../values";
import { sampleArticles } from "./set/articles";
import { type SampleFeed, sampleFeeds } from "./set/feeds";
import { readingDays, sampleSayings } from "./set/values";

type Ctx = Pick<Context, "sql" | "now">;

/**
 * What the set's feeds say, told on the days on which they would have said it, by the ingest of every feed. Saying it
 * again changes nothing, so that a process that was killed is made up for by the next.
 */
export async function loadIntelligence(ctx: Ctx, anchor: Date, alive: () => Promise<void>): Promise<void> {
  await placeFeeds(ctx, anchor);
  for (const day of readingDays) {
    const pulledAt = new Date(anchor.getTime() - day * dayMs);
    for (const feed of sampleFeeds) {
      const told =
        feed.kind === "articles" ? await tellArticles(ctx, feed, day, pulledAt) : await tell(ctx, feed, day, pulledAt);
      await placeRun(ctx, feed, day, pulledAt, told);
    }
    await alive();
  }
}

/** What a run of the set says of itself. */
type Told = { good: number; fresh: number };

async function placeFeeds(ctx: Ctx, anchor: Date): Promise<void> {
  await ctx.sql.query(
    `INSERT INTO feed (id, name, category, redistribution, enabled, last_success_at, next_due_at)
     SELECT id, name, category, 'yes', true, $4::timestamptz, $4::timestamptz
     FROM unnest($1::text[], $2::text[], $3::text[]) AS t(id, name, category)
     ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, category = EXCLUDED.category, enabled = true,
       last_success_at = EXCLUDED.last_success_at`,
    [
      sampleFeeds.map(({ id }) => id),
      sampleFeeds.map(({ name }) => name),
      sampleFeeds.map(({ category }) => category),
      anchor.toISOString(),
    ],
  );
}

async function tell(ctx: Ctx, feed: SampleFeed, day: number, pulledAt: Date): Promise<Told> {
  const at = (days: number) => new Date(pulledAt.getTime() + (day - days) * dayMs);
  const listed = sampleSayings.filter(
    ({ feedId, first, last }) => feedId === feed.id && (first === day || last === day),
  );
  const observations = listed.map(
    ({ first, observation }): Observation => ({ ...observation, firstSeen: at(first), lastSeen: pulledAt }),
  );
  // Without warninglists: these addresses are on lists of what is never bad, and what a real feed was told of that stays.
  if (observations.length > 0) await ingestIocs(then(ctx, pulledAt), { feed, observations, pulledAt });
  return { good: listed.length, fresh: listed.filter(({ first }) => first === day).length };
}

async function tellArticles(ctx: Ctx, feed: SampleFeed, day: number, pulledAt: Date): Promise<Told> {
  const drafts = sampleArticles
    .filter(({ feedId, days }) => feedId === feed.id && days === day)
    .map(({ path, title, body }) => ({
      ...{ title, body: pageOf(body), summary: "", imageUrl: null, publishedAt: pulledAt },
      url: `https://news.tocsin-sample.example/${path}`,
    }));
  const facts = { ...feed, tier: 2 as const, keepsText: true, publisherHosts: ["tocsin-sample.example"] };
  const { news } = await findNews(ctx, { feedId: feed.id, drafts });
  if (news.length > 0) await ingestArticles(then(ctx, pulledAt), { feed: facts, articles: news, pulledAt });
  return { good: drafts.length, fresh: 0 };
}

/** A text as a page has it: paragraphs, and lists under the lines that end in a colon. */
function pageOf(text: string): string {
  const blocks = text.split("\n\n").map((block) => {
    const [first = "", ...lines] = block.split("\n");
    if (!first.endsWith(":")) return `<p>${[first, ...lines].join(" ")}</p>`;
    return `<h3>${first}</h3><ul>${lines.map((line) => `<li>${line}</li>`).join("")}</ul>`;
  });
  return blocks.join("\n");
}

/** The same database on another day. */
function then(ctx: Ctx, at: Date): Ctx {
  return { sql: ctx.sql, now: () => at };
}

async function placeRun(ctx: Ctx, { id }: SampleFeed, day: number, at: Date, { good, fresh }: Told): Promise<void> {
  await ctx.sql.query(
    `INSERT INTO feed_run (id, feed_id, "trigger", node, started_at, finished_at, status, files, bytes, lines, good,
       iocs_new, sightings_new)
     VALUES ($1::uuid, $2, 'schedule', 'Tocsin sample', $3::timestamptz, $3::timestamptz + interval '2 seconds', $4, 1,
       $5::int8 * 120, $5::int4, $5::int4, $6::int4, $6::int4)
     ON CONFLICT (id) DO NOTHING`,
    [sampleRunId(id, day, at), id, at.toISOString(), good > 0 ? "ok" : "unchanged", good, fresh],
  );
}

function sampleRunId(id: SampleFeedId, day: number, at: Date): string {
  return recordId(`${id} ${day} ${at.toISOString()}`);
}
