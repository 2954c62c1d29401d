import type { Tier } from "../access";
import type { FieldProblem } from "../errors";
import { dayMs, minuteMs } from "../lib";
import type { Category, Confidence, IocType } from "../values";
import type { EchoedFilters, ListIocsInput } from "./shape";

/** The filters that a list and every export take, as their schema gives them. */
export type IocFilterInput = Omit<ListIocsInput, "offset" | "cursor" | "format">;

/** What is asked for once the tier has had its say; null = no such filter. */
export type IocFilters = {
  readonly types: readonly IocType[] | null;
  readonly categories: readonly Category[] | null;
  readonly confidences: readonly Confidence[] | null;
  readonly industry: string | null;
  /** Never null: the tier's lookback is the least. */
  readonly since: Date;
  readonly until: Date | null;
  /** Id or name of a feed. */
  readonly source: string | null;
  readonly tag: string | null;
  readonly minRisk: number | null;
  /** Whether what is on a warninglist comes too. */
  readonly falsePositives: boolean;
  /** null = everything. */
  readonly limit: number | null;
};

export type DecidedFilters =
  | { ok: true; filters: IocFilters; echoed: EchoedFilters }
  | { ok: false; problem: FieldProblem };

export function decideFilters(input: IocFilterInput, tier: Tier, now: Date): DecidedFilters {
  const { since, until } = input;
  if (since && until && since > until) {
    return refuse("since", "is later than until", "a time that is not later than until");
  }
  const limit = decideLimit(input.limit, tier.resultsPerRequest);
  if (limit === undefined) return refuse("limit", "is not open to this tier", `1 to ${tier.resultsPerRequest}`);
  const filters = filtersOf(input, oldestOf(tier, now), limit);
  return { ok: true, filters, echoed: echo(filters, since !== undefined) };
}

/** What a tier looks back to, in ms: a whole minute, so that those who ask in one minute ask for the same. */
function oldestOf({ iocLookbackDays }: Tier, now: Date): number {
  return Math.floor((now.getTime() - iocLookbackDays * dayMs) / minuteMs) * minuteMs;
}

/** `oldest`: what the tier looks back to, in ms. */
function filtersOf(input: IocFilterInput, oldest: number, limit: number | null): IocFilters {
  return {
    types: input.type ?? null,
    categories: input.category ?? null,
    confidences: input.confidence ?? null,
    industry: input.industry ?? null,
    since: notBefore(oldest, input.since),
    until: input.until ? notBefore(0, input.until) : null,
    source: input.source ?? null,
    tag: input.tag ?? null,
    minRisk: input.min_risk ?? null,
    falsePositives: input.include_false_positives,
    limit,
  };
}

/** PostgreSQL knows no year 0, and nothing of ours is older than 1970. */
function notBefore(oldest: number, time: Date | undefined): Date {
  const floor = Math.max(0, oldest);
  return new Date(Math.max(floor, time?.getTime() ?? floor));
}

/** undefined = `all` where the tier has a maximum. */
function decideLimit(asked: number | "all", most: number | null): number | null | undefined {
  if (asked === "all") return most === null ? null : undefined;
  return most === null ? asked : Math.min(asked, most);
}

function echo(filters: IocFilters, sinceGiven: boolean): EchoedFilters {
  return {
    type: filters.types?.join(",") ?? "all",
    category: filters.categories?.join(",") ?? "all",
    confidence: filters.confidences?.join(",") ?? "all",
    industry: filters.industry ?? "all",
    since: sinceGiven ? filters.since.toISOString() : "all",
    until: filters.until?.toISOString() ?? "all",
    source: filters.source ?? "all",
    tag: filters.tag ?? "all",
    min_risk: filters.minRisk ?? "all",
    include_false_positives: filters.falsePositives,
  };
}

function refuse(field: string, problem: string, allowed: string): DecidedFilters {
  return { ok: false, problem: { field, problem, allowed } };
}
