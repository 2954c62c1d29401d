import type { SqlQuery } from "@tocsin/db";
import { fullNameOf } from "../attack";
import { dayMs } from "../lib";
import { type Category, categories, confidences, iocTypes } from "../values";
import { type Counted, countIocs, shownDays } from "./count-iocs";
import { type FeedHealth, feedHealths, type StatsData } from "./shape";

const listed = 10;
/** Days whose articles say what is talked about. */
const talkDays = 30;

/** Counts all that the instance holds, as of `now`. */
export async function countAll(query: SqlQuery, now: Date): Promise<StatsData> {
  const iocs = await countIocs(query, now);
  const articles = await countArticles(query, now);
  const feeds = await readFeeds(query);
  const { totals } = iocs;
  return {
    totals: {
      iocs: totals.iocs,
      active: totals.active,
      withdrawn: totals.iocs - totals.active,
      on_warninglists: totals.on_warninglists,
      articles: articles.total,
    },
    by_type: named(iocTypes, iocs.types),
    by_source: sourcesOf(feeds, iocs.sources),
    by_category: named(categories, iocs.categories),
    by_confidence: named(confidences, iocs.confidences.map(withWord)),
    last_24h: { iocs: totals.last_24h, articles: articles.last_24h },
    last_7d: { iocs: totals.last_7d, articles: articles.last_7d },
    daily: daysOf(iocs.days, now),
    feeds: healthOf(feeds),
    top_cves: await findTopCves(query, now),
    top_techniques: techniquesOf(iocs.techniques, await countTechniques(query, now)),
  };
}

function named<const Name extends string>(names: readonly Name[], counted: readonly Counted[]): Record<Name, number> {
  const byName = new Map(counted.map(({ name, n }) => [name, n]));
  return Object.fromEntries(names.map((name) => [name, byName.get(name) ?? 0])) as Record<Name, number>;
}

function withWord({ name, n }: Counted): Counted {
  return { name: confidences[Number(name) - 1] ?? "low", n };
}

function daysOf(counted: readonly Counted[], now: Date): StatsData["daily"] {
  const today = Math.floor(now.getTime() / dayMs);
  const dates = Array.from({ length: shownDays }, (_, at) =>
    new Date((today - shownDays + 1 + at) * dayMs).toISOString().slice(0, 10),
  );
  const byDate = named(dates, counted);
  return dates.map((date) => ({ date, iocs: byDate[date] ?? 0 }));
}

async function countArticles(query: SqlQuery, now: Date) {
  const [row] = await query<{ total: number; last_24h: number; last_7d: number }>(
    `SELECT count(*) AS total, count(*) FILTER (WHERE published_at > $1::timestamptz) AS last_24h,
       count(*) FILTER (WHERE published_at > $2::timestamptz) AS last_7d
     FROM article WHERE archived_at IS NULL`,
    [before(now, 1), before(now, 7)],
  );
  return row ?? { total: 0, last_24h: 0, last_7d: 0 };
}

type Feed = { id: string; name: string; category: Category; status: FeedHealth; last_success_at: Date | null };

async function readFeeds(query: SqlQuery): Promise<Feed[]> {
  return query<Feed>(
    `SELECT id, name, category, last_success_at,
       CASE WHEN NOT enabled THEN 'paused' WHEN held_since IS NOT NULL THEN 'held' WHEN failures > 0 THEN 'failing'
            WHEN last_success_at IS NULL THEN 'never' ELSE 'healthy' END AS status
     FROM feed`,
  );
}

function sourcesOf(feeds: readonly Feed[], counted: readonly Counted[]): StatsData["by_source"] {
  const counts = new Map(counted.map(({ name, n }) => [name, n]));
  const known = feeds.map(({ last_success_at, ...feed }) => ({
    ...feed,
    iocs: counts.get(feed.id) ?? 0,
    last_success_at: last_success_at?.toISOString() ?? null,
  }));
  const ids = new Set(feeds.map(({ id }) => id));
  const gone = counted
    .filter(({ name }) => !ids.has(name))
    .map(({ name, n }) => ({
      id: name,
      name,
      category: null,
      iocs: n,
      status: "gone" as const,
      last_success_at: null,
    }));
  return [...known, ...gone].sort((a, b) => b.iocs - a.iocs || (a.id < b.id ? -1 : 1));
}

function healthOf(feeds: readonly Feed[]): StatsData["feeds"] {
  const counted = feedHealths.map((name) => ({ name, n: feeds.filter(({ status }) => status === name).length }));
  return { ...named(feedHealths, counted), total: feeds.length };
}

async function findTopCves(query: SqlQuery, now: Date): Promise<StatsData["top_cves"]> {
  return query(
    `WITH named AS (
       SELECT cve, count(*) AS articles FROM article, unnest(cve_ids) AS cve
       WHERE archived_at IS NULL AND published_at > $1::timestamptz GROUP BY cve
     ), counted AS (
       SELECT value, sources_count::int AS sources, last_seen FROM ioc WHERE type = 'cve' AND withdrawn_at IS NULL
     )
     SELECT COALESCE(value, cve) AS cve, COALESCE(sources, 0) AS sources, COALESCE(articles, 0) AS articles
     FROM counted FULL JOIN named ON cve = value
     ORDER BY articles DESC NULLS LAST, sources DESC NULLS LAST, last_seen DESC NULLS LAST, 1 LIMIT ${listed}`,
    [before(now, talkDays)],
  );
}

async function countTechniques(query: SqlQuery, now: Date): Promise<Counted[]> {
  return query<Counted>(
    `SELECT technique AS name, count(*) AS n FROM article, unnest(mitre_techniques) AS technique
     WHERE archived_at IS NULL AND published_at > $1::timestamptz GROUP BY technique`,
    [before(now, talkDays)],
  );
}

function techniquesOf(iocs: readonly Counted[], articles: readonly Counted[]): StatsData["top_techniques"] {
  const [byIocs, byArticles] = [iocs, articles].map((counted) => new Map(counted.map(({ name, n }) => [name, n])));
  return [...new Set([...iocs, ...articles].map(({ name }) => name))]
    .map((id) => ({ id, name: fullNameOf(id), iocs: byIocs?.get(id) ?? 0, articles: byArticles?.get(id) ?? 0 }))
    .sort((a, b) => b.iocs - a.iocs || b.articles - a.articles || (a.id < b.id ? -1 : 1))
    .slice(0, listed);
}

function before(now: Date, days: number): string {
  return new Date(now.getTime() - days * dayMs).toISOString();
}
