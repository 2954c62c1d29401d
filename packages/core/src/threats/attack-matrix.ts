import { allTechniques, type Technique, tacticsOfMatrix } from "../attack";
import { lookbackFloor, passedOnSql, type Reader, withholds } from "../iocs";
import { dayMs } from "../lib";
import { mentionedOf } from "./mentions";
import { articleFloor, mentionsSql } from "./select-articles";
import { type AttackMatrix, type MatrixInput, trendDays } from "./shape";

/** Indicators and articles that are counted, the latest, at most. */
const mostIocs = 50_000;
const mostArticles = 20_000;

type Counts = ReadonlyMap<string, number>;

/** A matrix with how much the last 30 days say of each technique. A sub-technique counts for its technique too. */
export async function attackMatrix(ctx: Reader, { matrix }: MatrixInput): Promise<AttackMatrix> {
  const now = ctx.now();
  const since = new Date(now.getTime() - trendDays * dayMs).toISOString();
  const articles = await countArticles(ctx, since);
  const iocs = await countIocs(ctx, since);
  const techniques = allTechniques(matrix);
  const of = heatOf(articles.techniques, iocs.techniques);
  return {
    meta: {
      ...{ generated_at: now.toISOString(), feed_version: "1.0", source: ctx.instance.name },
      ...{ matrix, days: trendDays, iocs_exact: iocs.exact },
    },
    data: tacticsOfMatrix(matrix).map(({ id, name, shortName }) => ({
      ...{ id, name },
      techniques: techniques
        .filter((one) => !one.id.includes(".") && one.tactics.includes(shortName))
        .map((one) => ({ ...of(one), children: childrenOf(one, techniques).map(of) })),
    })),
    leading: {
      groups: mentionedOf(articles.mentions, "group"),
      malware: mentionedOf(articles.mentions, "malware"),
      cves: mentionedOf(articles.mentions, "cve"),
    },
  };
}

function heatOf(articles: Counts, iocs: Counts) {
  return ({ id, name }: Technique) => ({ id, name, articles: articles.get(id) ?? 0, iocs: iocs.get(id) ?? 0 });
}

function childrenOf({ id }: Technique, all: readonly Technique[]): readonly Technique[] {
  return all.filter((one) => one.id.startsWith(`${id}.`));
}

/** Each id once for a row, and the technique above it. */
const withParents = (column: string) =>
  `(SELECT DISTINCT word FROM (SELECT unnest(${column}) AS word UNION ALL
     SELECT split_part(unnest(${column}), '.', 1)) AS words)`;

async function countArticles(ctx: Reader, since: string) {
  const rows = await ctx.sql.query<{ kind: string; word: string; articles: number }>(
    `WITH recent AS MATERIALIZED (
       SELECT mitre_techniques, threat_actors, malware_families, cve_ids FROM article
       WHERE published_at >= $1::timestamptz AND modified_at >= $2::timestamptz AND archived_at IS NULL
       ORDER BY published_at DESC LIMIT ${mostArticles})
     (SELECT 'heat' AS kind, word, count(*) AS articles
      FROM recent CROSS JOIN LATERAL ${withParents("mitre_techniques")} AS ids GROUP BY word)
     UNION ALL ${mentionsSql("recent")}`,
    [since, articleFloor(ctx)],
  );
  const heat = rows.filter(({ kind }) => kind === "heat");
  return { techniques: new Map(heat.map(({ word, articles }) => [word, Number(articles)])), mentions: rows };
}

async function countIocs(ctx: Reader, since: string): Promise<{ techniques: Counts; exact: boolean }> {
  const passedOn = withholds(ctx) ? ` AND ${passedOnSql}` : "";
  const rows = await ctx.sql.query<{ word: string | null; n: number }>(
    `WITH recent AS MATERIALIZED (
       SELECT mitre_techniques FROM ioc
       WHERE mitre_techniques <> '{}' AND last_seen >= $1::timestamptz AND updated_at >= $2::timestamptz
         AND withdrawn_at IS NULL AND (warnings IS NULL OR warnings = '{}')${passedOn}
       ORDER BY last_seen DESC LIMIT ${mostIocs + 1}
     ), sets AS (SELECT mitre_techniques, count(*) AS n FROM recent GROUP BY mitre_techniques)
     SELECT word, sum(n) AS n FROM sets CROSS JOIN LATERAL ${withParents("mitre_techniques")} AS ids GROUP BY word
     UNION ALL SELECT NULL, count(*) FROM recent`,
    [since, lookbackFloor(ctx).toISOString()],
  );
  const total = rows.find(({ word }) => word === null);
  return {
    techniques: new Map(rows.flatMap(({ word, n }) => (word === null ? [] : [[word, Number(n)] as const]))),
    exact: Number(total?.n ?? 0) <= mostIocs,
  };
}
