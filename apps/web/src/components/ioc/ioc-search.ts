import { minuteMs } from "@tocsin/core/lib/durations";
import { choiceParam, listParam, numberParam, textParam } from "../../lib/search-params";
import { kindsOf } from "../../lib/tables";
import { categoryLabels, confidenceLabels, typeLabels } from "./ioc-labels";

/** How far back `since` reaches, by its word in the address. */
export const sinceChoices = {
  "1h": { hours: 1, label: "Last hour" },
  "24h": { hours: 24, label: "Last 24 hours" },
  "7d": { hours: 168, label: "Last 7 days" },
  "30d": { hours: 720, label: "Last 30 days" },
  "90d": { hours: 2160, label: "Last 90 days" },
} as const;
export type Since = keyof typeof sinceChoices;

/** What the address of the IOC page says: the filters, or `q` to search. */
export type IocSearch = {
  q?: string;
  type?: string;
  confidence?: string;
  category?: string;
  source?: string;
  tag?: string;
  min_risk?: number;
  since?: Since;
  /** `yes`: with what is on a warninglist. */
  harmless?: "yes";
  /** The id of the one whose drawer is open. */
  open?: string;
};

export function iocSearch(search: Record<string, unknown>): IocSearch {
  return {
    ...textParam(search, "q"),
    ...listParam(search, "type", kindsOf(typeLabels)),
    ...listParam(search, "confidence", kindsOf(confidenceLabels)),
    ...listParam(search, "category", kindsOf(categoryLabels)),
    ...textParam(search, "source", 100),
    ...textParam(search, "tag", 100),
    ...numberParam(search, "min_risk", 1, 100),
    ...choiceParam(search, "since", kindsOf(sinceChoices)),
    ...choiceParam(search, "harmless", ["yes"] as const),
    ...textParam(search, "open", 36),
  };
}

/** The moment that `since` names, at a whole minute, so that a question asked twice is the same question. */
export function sinceTime(since: Since, now: Date): string {
  const at = now.getTime() - sinceChoices[since].hours * 60 * minuteMs;
  return new Date(Math.floor(at / minuteMs) * minuteMs).toISOString();
}
