import type { Tier } from "../access";
import type { FieldProblem } from "../errors";
import { dayMs } from "../lib";
import { type ArticlePosition, decodeArticleCursor } from "./cursor";
import type { EchoedArticleFilters, ListArticlesInput } from "./shape";

/** What is asked for once the tier has had its say; absent = no such filter. */
export type ArticleFilters = Omit<ListArticlesInput, "since" | "industry_tags" | "cursor" | "format"> & {
  /** By `time_field`, never before the tier's lookback; null = not asked for. */
  readonly since: Date | null;
  /** The tier's lookback, which counts from when an article was added or last changed here, whatever its publisher dates it. */
  readonly floor: Date;
  readonly after: ArticlePosition | null;
};

export type DecidedArticles =
  | { ok: true; filters: ArticleFilters; echoed: EchoedArticleFilters }
  | { ok: false; problem: FieldProblem };

/** The earliest time that a tier sees of articles. PostgreSQL knows no year 0, and nothing of ours is older than 1970. */
export function articleFloor(tier: Pick<Tier, "articleLookbackDays">, now: Date): Date {
  return new Date(Math.max(0, now.getTime() - tier.articleLookbackDays * dayMs));
}

export function decideArticles(input: ListArticlesInput, tier: Tier, now: Date): DecidedArticles {
  const { industry_tags: tags, cursor, format: _, ...asked } = input;
  if (input.industry && tags && input.industry.toSorted().join() !== tags.toSorted().join()) {
    return refuse("industry_tags", "differs from industry, of which it is another name", "one of the two");
  }
  const decoded = cursor === undefined ? null : decodeArticleCursor(cursor, input);
  if (decoded?.ok === false) {
    return refuse("cursor", decoded.problem, "meta.next_cursor of the page before, with the same query");
  }
  const floor = articleFloor(tier, now);
  const industry = input.industry ?? tags;
  const filters: ArticleFilters = {
    ...asked,
    ...(industry ? { industry } : {}),
    ...(input.modified_since ? { modified_since: latest(input.modified_since, floor) } : {}),
    since: input.since ? latest(input.since, floor) : null,
    floor,
    limit: Math.min(input.limit, tier.resultsPerRequest ?? input.limit),
    after: decoded?.position ?? null,
  };
  return { ok: true, filters, echoed: echo(filters) };
}

const latest = (a: Date, b: Date) => (a > b ? a : b);

function echo(filters: ArticleFilters): EchoedArticleFilters {
  return {
    q: filters.q ?? "all",
    category: filters.category?.join(",") ?? "all",
    severity: filters.severity?.join(",") ?? "all",
    min_severity: filters.min_severity ?? "all",
    since: filters.since?.toISOString() ?? "all",
    modified_since: filters.modified_since?.toISOString() ?? "all",
    time_field: filters.time_field,
    sort: filters.sort,
    has_iocs: filters.has_iocs ?? "all",
    threat_actor: filters.threat_actor ?? "all",
    industry: filters.industry?.join(",") ?? "all",
    mitre_technique: filters.mitre_technique ?? "all",
    source: filters.source ?? "all",
  };
}

function refuse(field: string, problem: string, allowed: string): DecidedArticles {
  return { ok: false, problem: { field, problem, allowed } };
}
