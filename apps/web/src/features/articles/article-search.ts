import { severities } from "../../components/article/severity";
import { choiceParam, listParam, textParam } from "../../lib/search-params";
import { kindsOf } from "../../lib/tables";
import { industryOptions, topicOptions } from "./article-labels";

/** How far back the list reaches, by its word in the address. */
export const sinceChoices = {
  "24h": { days: 1, label: "Last 24 hours" },
  "7d": { days: 7, label: "Last 7 days" },
  "30d": { days: 30, label: "Last 30 days" },
  "90d": { days: 90, label: "Last 90 days" },
} as const;
export type Since = keyof typeof sinceChoices;

export const sortLabels = {
  "published:desc": "Newest first",
  "modified:desc": "Last changed first",
  "severity:desc": "Most severe first",
} as const;
export type Sort = keyof typeof sortLabels;

export const iocLabels = { true: "With IOCs", false: "Without IOCs" } as const;

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
  has_iocs?: keyof typeof iocLabels;
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
    ...choiceParam(search, "since", kindsOf(sinceChoices)),
    ...choiceParam({ has_iocs: String(search.has_iocs) }, "has_iocs", kindsOf(iocLabels)),
    ...choiceParam(search, "sort", kindsOf(sortLabels)),
  };
}

function techniqueParam(value: unknown): Pick<ArticleSearch, "mitre_technique"> {
  return typeof value === "string" && /^T\d{4}(?:\.\d{3})?$/.test(value) ? { mitre_technique: value } : {};
}

function valuesOf(options: readonly { value: string }[]): string[] {
  return options.map(({ value }) => value);
}
