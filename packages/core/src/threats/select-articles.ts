import type { Condition, Reader } from "../iocs";
import { dayMs } from "../lib";
import type { Threat, ThreatKind } from "./shape";
import type { ThreatSubject } from "./subject";

/** Articles that are read of one threat, at most. */
const most = 1_000;
/** Those that an answer shows. */
const shown = 20;

type Mentions = { kind: ThreatKind; word: string; articles: number };
type Days = { name: string; n: number }[];

export type ThreatArticles = {
  /** Of all that were read, the newest first. */
  ids: string[];
  list: Threat["data"]["articles"];
  days: Days;
  mentions: Mentions[];
};

const columnOf: Readonly<Record<ThreatKind, string>> = {
  technique: "mitre_techniques",
  group: "threat_actors",
  malware: "malware_families",
  cve: "cve_ids",
};

/** How often articles name each technique, group, family and CVE; `from` is what follows FROM. */
export const mentionsSql = (from: string) =>
  Object.entries(columnOf)
    .map(
      ([kind, column]) =>
        `(SELECT '${kind}' AS kind, word, count(*) AS articles FROM ${from}, unnest(${column}) AS word
          GROUP BY word ORDER BY articles DESC, word LIMIT 12)`,
    )
    .join(" UNION ALL ");

/** The newest articles that name a threat, and what else they name. */
export async function selectThreatArticles(ctx: Reader, subject: ThreatSubject): Promise<ThreatArticles> {
  const { text, values } = condition(ctx, subject);
  type Row = Threat["data"]["articles"]["data"][number];
  const [row] = await ctx.sql.query<{ found: { ids: string[]; days: Days; mentions: Mentions[]; shown: Row[] } }>(
    `WITH found AS MATERIALIZED (
       SELECT id, published_at, mitre_techniques, threat_actors, malware_families, cve_ids FROM article
       WHERE ${text} ORDER BY published_at DESC, id DESC LIMIT ${most + 1}
     ), latest AS (
       SELECT a.id, a.title, a.url, a.source_name, a.published_at, a.severity_score, a.severity_label
       FROM (SELECT id FROM found ORDER BY published_at DESC, id DESC LIMIT ${shown}) f JOIN article a ON a.id = f.id
     )
     SELECT jsonb_build_object(
       'ids', (SELECT COALESCE(jsonb_agg(id ORDER BY published_at DESC, id DESC), '[]') FROM found),
       'days', (SELECT COALESCE(jsonb_agg(jsonb_build_object('name', day, 'n', n)), '[]') FROM (
         SELECT (published_at AT TIME ZONE 'UTC')::date::text AS day, count(*) AS n FROM found GROUP BY 1) AS counted),
       'mentions', (SELECT COALESCE(jsonb_agg(to_jsonb(named)), '[]') FROM (${mentionsSql("found")}) AS named),
       'shown', (SELECT COALESCE(jsonb_agg(to_jsonb(latest) ORDER BY published_at DESC, id DESC), '[]') FROM latest)
     ) AS found`,
    values,
  );
  const { ids = [], days = [], mentions = [], shown: rows = [] } = row?.found ?? {};
  const data = rows.map((article) => ({ ...article, published_at: new Date(article.published_at).toISOString() }));
  return {
    ids: ids.slice(0, most),
    list: { total: Math.min(most, ids.length), total_exact: ids.length <= most, data },
    ...{ days, mentions },
  };
}

function condition(ctx: Reader, { kind, words }: ThreatSubject): Condition {
  return {
    text: `${columnOf[kind]} && $1::text[] AND archived_at IS NULL AND modified_at >= $2::timestamptz`,
    values: [words, articleFloor(ctx)],
  };
}

/** As far back as the caller's tier looks. */
export function articleFloor(ctx: Pick<Reader, "now" | "caller">): string {
  return new Date(Math.max(0, ctx.now().getTime() - ctx.caller.tier.articleLookbackDays * dayMs)).toISOString();
}
