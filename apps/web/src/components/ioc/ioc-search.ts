import { choiceParam, listParam, numberParam, textParam } from "../../lib/search-params";
import { categoryOptions, confidenceOptions, typeOptions } from "./ioc-labels";

/** How far back `since` reaches, by its word in the address. */
export const sinceHours = { "1h": 1, "24h": 24, "7d": 168, "30d": 720, "90d": 2160 } as const;
export type Since = keyof typeof sinceHours;
const sinces = Object.keys(sinceHours) as Since[];

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
};

export function iocSearch(search: Record<string, unknown>): IocSearch {
  return {
    ...textParam(search, "q"),
    ...listParam(search, "type", valuesOf(typeOptions)),
    ...listParam(search, "confidence", valuesOf(confidenceOptions)),
    ...listParam(search, "category", valuesOf(categoryOptions)),
    ...textParam(search, "source", 100),
    ...textParam(search, "tag", 100),
    ...numberParam(search, "min_risk", 1, 100),
    ...choiceParam(search, "since", sinces),
    ...choiceParam(search, "harmless", ["yes"] as const),
  };
}

/** The moment that `since` names, at a whole minute, so that a question asked twice is the same question. */
export function sinceTime(since: Since, now: Date): string {
  const minute = 60_000;
  const at = now.getTime() - sinceHours[since] * 60 * minute;
  return new Date(Math.floor(at / minute) * minute).toISOString();
}

function valuesOf<V extends string>(options: readonly { value: V }[]): V[] {
  return options.map((option) => option.value);
}
