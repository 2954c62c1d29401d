import { z } from "zod";
import { categories, confidences, iocTypes } from "../values";

const count = z.int().min(0);
const counts = <const Name extends string>(names: readonly Name[], example: number) =>
  z.object(Object.fromEntries(names.map((name) => [name, count.meta({ example })])) as Record<Name, typeof count>);

export const feedHealths = ["healthy", "failing", "never", "paused", "held"] as const;
export type FeedHealth = (typeof feedHealths)[number];

const period = z.object({
  iocs: count.meta({ description: "Indicators that were added here.", example: 1840 }),
  articles: count.meta({ description: "Articles that were published.", example: 42 }),
});

export const statsDataShape = z.object({
  totals: z.object({
    iocs: count.meta({ description: "All that is kept, withdrawn indicators too.", example: 90210 }),
    active: count.meta({
      description: "Those that a source stands for: what every count below is of.",
      example: 88012,
    }),
    withdrawn: count.meta({ description: "Those that no source stands for any more.", example: 2198 }),
    on_warninglists: count.meta({
      description: "Active ones that are probably false positives; lists leave them out unless asked.",
      example: 120,
    }),
    articles: count.meta({ description: "Articles that are not archived.", example: 3120 }),
  }),
  by_type: counts(iocTypes, 8001),
  by_source: z
    .array(
      z.object({
        id: z.string().meta({ example: "urlhaus" }),
        name: z.string().meta({ description: "The feed's name.", example: "URLhaus" }),
        category: z
          .enum(categories)
          .nullable()
          .meta({ description: "Null of a feed that is gone.", example: "threat-feed" }),
        iocs: count.meta({ description: "Indicators that it reports; one may have several sources.", example: 1500 }),
        status: z.enum([...feedHealths, "gone"]).meta({ example: "healthy" }),
        last_success_at: z.iso.datetime().nullable(),
      }),
    )
    .meta({ description: "Every feed, the one with most indicators first." }),
  by_category: counts(categories, 6000).meta({
    description: "Categories of the sources; an indicator may have several.",
  }),
  by_confidence: counts(confidences, 29000),
  last_24h: period,
  last_7d: period,
  daily: z
    .array(z.object({ date: z.iso.date(), iocs: count.meta({ example: 260 }) }))
    .meta({ description: "Indicators that were added on each of the last seven UTC days, oldest first." }),
  feeds: counts([...feedHealths, "total"], 11).meta({ description: "How many feeds are in which state of health." }),
  top_cves: z
    .array(
      z.object({
        cve: z.string().meta({ example: "CVE-2026-12345" }),
        sources: count.meta({ description: "Feeds that report it.", example: 2 }),
        articles: count.meta({ description: "Articles of the last 30 days that name it.", example: 7 }),
      }),
    )
    .meta({ description: "CVEs by articles, then by feeds; at most 10." }),
  top_techniques: z
    .array(
      z.object({
        id: z.string().meta({ example: "T1566.002" }),
        name: z.string().nullable().meta({ description: "ATT&CK's name.", example: "Phishing: Spearphishing Link" }),
        iocs: count.meta({ example: 812 }),
        articles: count.meta({ description: "Articles of the last 30 days that name it.", example: 12 }),
      }),
    )
    .meta({ description: "ATT&CK techniques by indicators, then by articles; at most 10." }),
});
export type StatsData = z.infer<typeof statsDataShape>;

/** How old a precomputed answer is. */
export const cacheShape = z.object({
  updated_at: z.iso.datetime().meta({ description: "When it was computed." }),
  age_seconds: count.meta({ description: "How long ago that was.", example: 184 }),
  stale: z.boolean().meta({ description: "Older than ten minutes, or overtaken: a new count is due.", example: false }),
});

export const statsShape = z.object({
  meta: z.object({
    generated_at: z.iso.datetime(),
    feed_version: z.literal("1.0"),
    source: z.string().meta({ description: "The instance's name.", example: "Tocsin" }),
    cache: cacheShape,
  }),
  data: statsDataShape,
});
export type Stats = z.infer<typeof statsShape>;
