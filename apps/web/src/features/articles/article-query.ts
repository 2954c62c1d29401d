import { dayMs, minuteMs } from "@tocsin/core/lib/durations";
import type { Inputs, Outputs } from "../../lib/trpc";
import { type ArticleSearch, sinceChoices } from "./article-search";

/** Of a list that was asked for no fields in particular, each has all of them. */
export type Article = Required<Omit<Shown, Extra | "image_url">> & Pick<Shown, Extra | "image_url">;
type Shown = Outputs["articles"]["byId"]["data"];
type Extra = "iocs" | "cve_ids" | "mitre_techniques";
type ListInput = Exclude<Inputs["articles"]["list"], void>;

const filterNames = [
  "category",
  "severity",
  "industry",
  "source",
  "threat_actor",
  "mitre_technique",
  "since",
  "has_iocs",
] as const;

/** The filters as the API takes them; `since` at a whole minute, so that a question asked twice is the same question. */
export function articleFilters(search: ArticleSearch, now: Date): ListInput {
  const { since, ...filters } = search;
  if (since === undefined) return filters;
  const from = Math.floor((now.getTime() - sinceChoices[since].days * dayMs) / minuteMs) * minuteMs;
  return { ...filters, since: new Date(from).toISOString() };
}

export function articleFilterCount(search: ArticleSearch): number {
  return filterNames.filter((name) => search[name] !== undefined).length;
}

/** The list's rows as what they are. */
export function wholeArticle(shown: Shown): Article {
  return shown as Article;
}
