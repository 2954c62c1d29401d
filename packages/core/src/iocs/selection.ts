import type { Context } from "../context";
import type { Clause, Param } from "./clause";
import type { Position } from "./cursor";
import { type Matched, matchFacets, ranksOf } from "./facets";
import type { IocFilters } from "./filter";
import { publishedSql } from "./frozen";
import { callsHarmless, type OwnReader } from "./own-records";
import { readTally, type Tally } from "./tally";
import { passedOnSql } from "./withheld";

/** What filters leave of all that is stored, with all that is known of it before any of it is read. */
export type Selection = {
  /** By when it last changed here, both ends included. */
  readonly since: Date;
  readonly until: Date | null;
  /** What facets say, on the columns of `ioc`. */
  readonly plain: readonly Clause[];
  /** What they do not. */
  readonly beyond: readonly Clause[];
  readonly tagged: boolean;
  /** With what is withdrawn, as far as it was published. */
  readonly revoked: boolean;
  /** With what is on a warninglist. */
  readonly warned: boolean;
  readonly matched: Matched;
  readonly tally: Tally;
  /** What is read over the records of feeds; null where there is nothing. */
  readonly own: OwnReader | null;
};

type SelectionRules = {
  /** With the end of what has ended. */
  revoked?: boolean;
  /** Without what no source allows to pass on. */
  withheld?: boolean;
  /** The workspace whose own indicators are read over those of feeds. */
  workspaceId?: string | undefined;
};

/** What filters leave. */
export async function decideSelection(
  ctx: Pick<Context, "sql" | "now">,
  filters: IocFilters,
  { revoked = false, withheld = false, workspaceId }: SelectionRules = {},
): Promise<Selection> {
  const { tally, changes } = await readTally(ctx, workspaceId);
  const feedIds = filters.source === null ? [] : await findFeeds(ctx, filters.source);
  const withheldFeeds = withheld ? await findWithheld(ctx) : [];
  const { tag } = filters;
  return {
    since: filters.since,
    until: filters.until,
    plain: plainClauses(filters, { revoked, withheld: withheldFeeds.length > 0, feedIds }),
    beyond: [
      ...(tag === null ? [] : [(p: Param) => `tags @> ${p([tag])}::text[]`]),
      ...(revoked ? [() => publishedSql] : []),
    ],
    tagged: tag !== null,
    revoked,
    warned: revoked || filters.falsePositives,
    matched: matchFacets(tally, filters, { revoked, feedIds, withheldFeeds }),
    tally,
    own:
      changes !== null && workspaceId !== undefined
        ? { workspaceId, now: ctx.now(), changes, withheld, hides: callsHarmless(changes) && !filters.falsePositives }
        : null,
  };
}

function plainClauses(
  filters: IocFilters,
  { revoked, withheld, feedIds }: { revoked: boolean; withheld: boolean; feedIds: readonly string[] },
): Clause[] {
  const { types, categories, industry, minRisk, source } = filters;
  const ranks = ranksOf(filters);
  const clauses: (Clause | null)[] = [
    revoked ? null : () => "withdrawn_at IS NULL",
    filters.falsePositives || revoked ? null : () => "(warnings IS NULL OR warnings = '{}')",
    withheld ? () => passedOnSql : null,
    types && ((p) => `type = ANY(${p(types)}::text[])`),
    ranks && ((p) => `confidence = ANY(${p(ranks)}::int2[])`),
    categories && ((p) => `categories && ${p(categories)}::text[]`),
    industry === null ? null : (p) => `industries @> ${p([industry])}::text[]`,
    source === null ? null : (p) => `sources && ${p(feedIds)}::text[]`,
    minRisk === null ? null : (p) => `risk_score >= ${p(minRisk)}::int2`,
  ];
  return clauses.filter((clause) => clause !== null);
}

/** Ids of the feeds that a text names by id or, as the wire prints them, by name. */
async function findFeeds(ctx: Pick<Context, "sql">, source: string): Promise<string[]> {
  const rows = await ctx.sql.query<{ id: string }>("SELECT id FROM feed WHERE lower(name) = lower($1::text)", [source]);
  return [source, ...rows.map((row) => row.id)];
}

async function findWithheld(ctx: Pick<Context, "sql">): Promise<string[]> {
  const rows = await ctx.sql.query<{ id: string }>("SELECT id FROM feed WHERE redistribution = 'no'");
  return rows.map(({ id }) => id);
}

/** The times of a selection, and the place in its order after which it goes on. */
export function rangeOf({ since, until }: Pick<Selection, "since" | "until">, after: Position | null): Clause[] {
  return [
    (p) => `updated_at >= ${p(since.toISOString())}::timestamptz`,
    ...(until ? [(p: Param) => `updated_at <= ${p(until.toISOString())}::timestamptz`] : []),
    ...(after
      ? [(p: Param) => `(updated_at, id) < (${p(after.updatedAt.toISOString())}::timestamptz, ${p(after.id)}::uuid)`]
      : []),
  ];
}

/** The facet of a row of `ioc`, as the index has it. */
export const facetSql =
  "ioc_facet_of(type, confidence, risk_score, (COALESCE(cardinality(warnings), 0) > 0), (withdrawn_at IS NOT NULL), sources, categories, industries)";

/** `f(facet)`: the facets of a selection as rows. */
export const facetRows = ({ matched }: Selection, p: Param) =>
  `unnest(${p(`{${matched.facets.map(({ facet }) => facet).join()}}`)}::int8[]) AS f(facet)`;
