import { severities } from "../../components/article/severity";
import { choiceParam, listParam, textParam } from "../../lib/search-params";
import { industryOptions, topicOptions } from "./article-labels";

/** How far back the list reaches, in days, by its word in the address. */
export const sinceDays = { "24h": 1, "7d": 7, "30d": 30, "90d": 90 } as const;
export type Since = keyof typeof sinceDays;

export const sorts = ["published:desc", "modified:desc", "severity:desc"] as const;
export type Sort = (typeof sorts)[number];

/** What the address of the page of articles says. */
export type ArticleSearch = {
  q?: string;
  category?: string;
  severity?: string;
  industry?: string;
  source?: string;
  threat_actor?: string;
  mitre_technique?: string;
  since?: Since;
  has_iocs?: "true" | "false";
  sort?: Sort;
};

export function articleSearch(search: Record<string, unknown>): ArticleSearch {
  return {
    ...textParam(search, "q", 300),
    ...listParam(search, "category", valuesOf(topicOptions)),
    ...listParam(search, "severity", severities),
    ...listParam(search, "industry", valuesOf(industryOptions)),
    ...textParam(search, "source", 100),
    ...textParam(search, "threat_actor", 100),
    ...techniqueParam(search.mitre_technique),
    ...choiceParam(search, "since", Object.keys(sinceDays) as Since[]),
    ...choiceParam({ has_iocs: String(search.has_iocs) }, "has_iocs", ["true", "false"] as const),
    ...choiceParam(search, "sort", sorts),
  };
}

function techniqueParam(value: unknown): Pick<ArticleSearch, "mitre_technique"> {
  return typeof value === "string" && /^T\d{4}(?:\.\d{3})?$/.test(value) ? { mitre_technique: value } : {};
}

function valuesOf(options: readonly { value: string }[]): string[] {
  return options.map(({ value }) => value);
}
