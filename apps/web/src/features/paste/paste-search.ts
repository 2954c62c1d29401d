import { typeLabels } from "../../components/ioc/ioc-labels";
import { choiceParam, textParam } from "../../lib/search-params";
import { kindsOf } from "../../lib/tables";
import type { Found } from "./use-analysis";

export const roleLabels = {
  indicator: "Indicators",
  mention: "Mentions",
  reference: "References",
} as const satisfies Record<Found["role"], string>;

export const statusLabels = { known: "On record", risky: "Risk 40 or higher", unknown: "Not found" } as const;

export const orderLabels = { risk: "Risk", text: "Place in the text" } as const;

/** What the address says of the table. */
export type PasteSearch = {
  q?: string;
  type?: keyof typeof typeLabels;
  role?: keyof typeof roleLabels;
  status?: keyof typeof statusLabels;
  order?: keyof typeof orderLabels;
};

export function pasteSearch(search: Record<string, unknown>): PasteSearch {
  return {
    ...textParam(search, "q", 200),
    ...choiceParam(search, "type", kindsOf(typeLabels)),
    ...choiceParam(search, "role", kindsOf(roleLabels)),
    ...choiceParam(search, "status", kindsOf(statusLabels)),
    ...choiceParam(search, "order", kindsOf(orderLabels)),
  };
}

const score = ({ looked }: Found) => looked?.risk?.score ?? -1;

/** The rows that the filters leave, the riskiest first unless the place in the text is asked for. */
export function rowsFor(
  values: readonly Found[],
  { q = "", type, role, status, order = "risk" }: PasteSearch,
): Found[] {
  const asked = q.toLowerCase();
  const kept = values.filter(
    (found) =>
      found.value.toLowerCase().includes(asked) &&
      (type === undefined || found.type === type) &&
      (role === undefined || found.role === role) &&
      (status === undefined || hasStatus(found, status)),
  );
  return order === "text" ? kept : kept.sort((a, b) => score(b) - score(a) || a.line - b.line);
}

function hasStatus(found: Found, status: keyof typeof statusLabels): boolean {
  if (status === "risky") return score(found) >= 40;
  return (found.looked?.found ?? false) === (status === "known");
}
