import { choiceParam, textParam } from "../../lib/search-params";
import { kindsOf } from "../../lib/tables";
import type { Outputs } from "../../lib/trpc";

type Matrix = Outputs["threats"]["matrix"]["meta"]["matrix"];

export const matrixLabels = { enterprise: "Enterprise", mobile: "Mobile", ics: "ICS" } as const satisfies Record<
  Matrix,
  string
>;

/** What is counted, and so what colours a technique. */
export const heatLabels = { both: "Articles and indicators", articles: "Articles", iocs: "Indicators" } as const;
export type Heat = keyof typeof heatLabels;

/** What the address of the matrix says. */
export type AttackSearch = { matrix?: Matrix; heat?: Heat; q?: string; seen?: "yes" };

export function attackSearch(search: Record<string, unknown>): AttackSearch {
  return {
    ...choiceParam(search, "matrix", kindsOf(matrixLabels)),
    ...choiceParam(search, "heat", kindsOf(heatLabels)),
    ...textParam(search, "q", 100),
    ...choiceParam(search, "seen", ["yes"] as const),
  };
}
