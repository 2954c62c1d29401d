import { type BoundedMap, createBoundedMap } from "../lib";
import { type Confidence, confidences } from "../values";
import type { IocFilters } from "./filter";
import type { Facet, Tally } from "./tally";

/** What filters come to in facets: an IOC passes them, tags and times aside, where its facet is one of these. */
export type Matched = {
  /** Those that have any IOC. */
  readonly facets: readonly Facet[];
  /** IOCs in them, exactly. */
  readonly n: number;
  /** Whether none was left out by any filter but those on what is withdrawn and what is on a warninglist. */
  readonly whole: boolean;
};

type FacetRules = {
  /** Withdrawn ones, and those on warninglists, too. */
  readonly revoked: boolean;
  /** Ids of the feeds that `filters.source` names. */
  readonly feedIds: readonly string[];
  /** Ids of the feeds that allow nothing to be passed on, where that counts. */
  readonly withheldFeeds: readonly string[];
};

const known = new WeakMap<Tally, BoundedMap<Matched>>();

/** What filters come to, found once for each state of the figures. */
export function matchFacets(tally: Tally, filters: IocFilters, rules: FacetRules): Matched {
  const matches = known.get(tally) ?? createBoundedMap<Matched>(500);
  known.set(tally, matches);
  const { since: _, until: __, tag: ___, limit: ____, ...asked } = filters;
  const key = JSON.stringify([asked, rules]);
  const matched = matches.get(key) ?? findMatching(tally, filters, rules);
  matches.set(key, matched);
  return matched;
}

function findMatching({ facets }: Tally, filters: IocFilters, rules: FacetRules): Matched {
  const warnedToo = filters.falsePositives || rules.revoked;
  const listed = facets.filter(({ warned, withdrawn }) => (warnedToo || !warned) && (rules.revoked || !withdrawn));
  const tests = testsOf(filters, rules);
  const passed = tests.length === 0 ? listed : listed.filter((facet) => tests.every((test) => test(facet)));
  return { facets: passed, n: passed.reduce((sum, { n }) => sum + n, 0), whole: passed.length === listed.length };
}

type Test = (facet: Facet) => boolean;

function testsOf(filters: IocFilters, { feedIds, withheldFeeds }: FacetRules): Test[] {
  const { types, ranks, categories, industry, minRisk, source } = { ...filters, ranks: ranksOf(filters) };
  const tests: (Test | null)[] = [
    types && (({ type }) => types.includes(type)),
    ranks && (({ confidence }) => ranks.includes(confidence)),
    categories && ((facet) => facet.categories.some((one) => categories.some((asked) => asked === one))),
    industry === null ? null : ({ industries }) => industries.includes(industry),
    minRisk === null ? null : ({ riskScore }) => riskScore >= minRisk,
    source === null ? null : ({ sources }) => sources.some((one) => feedIds.includes(one)),
    withheldFeeds.length === 0 ? null : passedOn(withheldFeeds),
  ];
  return tests.filter((test) => test !== null);
}

const passedOn =
  (withheldFeeds: readonly string[]): Test =>
  ({ sources }) =>
    sources.length === 0 || sources.some((one) => !withheldFeeds.includes(one));

/** Confidences as the database has them. */
export function ranksOf({ confidences: asked }: Pick<IocFilters, "confidences">): number[] | null {
  return asked?.map(rankOf) ?? null;
}

const rankOf = (confidence: Confidence) => confidences.indexOf(confidence) + 1;
