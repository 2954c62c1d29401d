import { z } from "zod";
import { categories, confidences, iocTypes, metaFields, timeOf, timeOrNull, utcDay } from "../values";

const count = z.int().min(0);
/** A count for each name; `describe` says what is counted under it. */
const counts = <const Name extends string>(names: readonly Name[], example: number, describe: (name: Name) => string) =>
  z.object(
    Object.fromEntries(names.map((name) => [name, count.meta({ description: describe(name), example })])) as Record<
      Name,
      typeof count
    >,
  );

export const feedHealths = ["healthy", "failing", "never", "paused", "held"] as const;
export type FeedHealth = (typeof feedHealths)[number];

const healthWords: Record<FeedHealth | "total", string> = {
  healthy: "Feeds whose last pull was good.",
  failing: "Feeds whose last pull failed.",
  never: "Feeds that have not been pulled yet.",
  paused: "Feeds that are paused or switched off.",
  held: "Feeds whose last pull is quarantined until an operator decides.",
  total: "All feeds.",
};

const periodShape = z
  .object({
    iocs: count.meta({ description: "Indicators that were added here.", example: 1840 }),
    articles: count.meta({ description: "Articles that were published.", example: 42 }),
  })
  .meta({ id: "StatsPeriod", description: "What came in a period." });

export const statsDataShape = z
  .object({
    totals: z
      .object({
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
      })
      .meta({ description: "What the instance holds." }),
    by_type: counts(iocTypes, 8001, (type) => `Active indicators of type \`${type}\`.`).meta({
      description: "Active indicators by their type.",
    }),
    by_source: z
      .array(
        z
          .object({
            id: z.string().meta({ description: "The feed's id.", example: "urlhaus" }),
            name: z.string().meta({ description: "The feed's name.", example: "URLhaus" }),
            category: z
              .enum(categories)
              .nullable()
              .meta({ description: "The feed's category; null of a feed that is gone.", example: "threat-feed" }),
            iocs: count.meta({
              description: "Indicators that it reports; one may have several sources.",
              example: 1500,
            }),
            status: z.enum([...feedHealths, "gone"]).meta({
              description: "How its pulls go; `gone` if the instance no longer knows it.",
              example: "healthy",
            }),
            last_success_at: timeOrNull("When its last good pull ended; null if there was none."),
          })
          .meta({ id: "SourceStats", description: "What one feed brought." }),
      )
      .meta({ description: "Every feed, the one with most indicators first." }),
    by_category: counts(
      categories,
      6000,
      (category) => `Active indicators with a source of category \`${category}\`.`,
    ).meta({
      description: "Active indicators by the categories of their sources; an indicator may have several.",
    }),
    by_confidence: counts(confidences, 29000, (confidence) => `Active indicators of ${confidence} confidence.`).meta({
      description: "Active indicators by their confidence.",
    }),
    last_24h: periodShape.meta({ description: "What came in the last 24 hours." }),
    last_7d: periodShape.meta({ description: "What came in the last 7 days." }),
    daily: z
      .array(
        z
          .object({
            date: utcDay,
            iocs: count.meta({ description: "Indicators that were added on it.", example: 260 }),
          })
          .meta({ id: "DailyIOCs", description: "What was added on one UTC day." }),
      )
      .meta({ description: "Indicators that were added on each of the last seven UTC days, oldest first." }),
    feeds: counts([...feedHealths, "total"], 11, (health) => healthWords[health]).meta({
      description: "How many feeds are in which state of health.",
    }),
    top_cves: z
      .array(
        z
          .object({
            cve: z.string().meta({ description: "The CVE's id.", example: "CVE-2026-12345" }),
            sources: count.meta({ description: "Feeds that report it.", example: 2 }),
            articles: count.meta({ description: "Articles of the last 30 days that name it.", example: 7 }),
          })
          .meta({ id: "TopCVE", description: "A CVE and who names it." }),
      )
      .meta({ description: "CVEs by articles, then by feeds; at most 10." }),
    top_techniques: z
      .array(
        z
          .object({
            id: z.string().meta({ description: "The technique's ATT&CK id.", example: "T1566.002" }),
            name: z.string().nullable().meta({
              description: "ATT&CK's name; null where the instance does not know it.",
              example: "Phishing: Spearphishing Link",
            }),
            iocs: count.meta({ description: "Active indicators that carry it.", example: 812 }),
            articles: count.meta({ description: "Articles of the last 30 days that name it.", example: 12 }),
          })
          .meta({ id: "TopTechnique", description: "An ATT&CK technique and who names it." }),
      )
      .meta({ description: "ATT&CK techniques by indicators, then by articles; at most 10." }),
  })
  .meta({ id: "StatsData", description: "What the instance holds, in figures." });
export type StatsData = z.infer<typeof statsDataShape>;

/** How old a precomputed answer is. */
export const cacheShape = z
  .object({
    updated_at: timeOf("When it was computed."),
    age_seconds: count.meta({ description: "How long ago that was, in seconds.", example: 184 }),
    stale: z
      .boolean()
      .meta({ description: "Older than ten minutes, or overtaken: a new count is due.", example: false }),
  })
  .meta({ id: "CacheAge", description: "How old a precomputed answer is." });

export const statsShape = z
  .object({
    meta: z.object({ ...metaFields, cache: cacheShape }).meta({ description: "About the answer." }),
    data: statsDataShape,
  })
  .meta({ id: "Stats", description: "The statistics." });
export type Stats = z.infer<typeof statsShape>;
