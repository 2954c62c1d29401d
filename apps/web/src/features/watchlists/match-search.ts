import { typeOptions } from "../../components/ioc/ioc-labels";
import { choiceParam, listParam, numberParam, textParam } from "../../lib/search-params";
import { kindsOf, optionsOf } from "../../lib/tables";
import type { Inputs } from "../../lib/trpc";

type GroupInput = Inputs["watchlists"]["groups"];
type ListInput = Exclude<Inputs["watchlists"]["allMatches"], void>;
type Status = NonNullable<ListInput["status"]>;

/** Which matches are shown; `open` unless the address says otherwise. */
export const matchViews = {
  open: "Open",
  all: "All",
  acknowledged: "Acknowledged",
} as const satisfies Record<Status | "all", string>;
export type MatchView = keyof typeof matchViews;

/** What makes a row; single matches unless the address says otherwise. */
export const groupings = {
  none: "Matches",
  entry: "By entry",
  subject: "By indicator",
} as const satisfies Record<GroupInput["by"] | "none", string>;

export const lookalikeChoices = { without: "Without look-alikes", only: "Only look-alikes" } as const satisfies Record<
  NonNullable<ListInput["lookalikes"]>,
  string
>;

/** Heads of the table, and what the server calls each order; highest risk first unless the address says otherwise. */
const orders = { "-risk": "risk", "-matched_at": "newest", matched_at: "oldest" } as const;
export type MatchSort = keyof typeof orders;

export type MatchSearch = {
  group?: GroupInput["by"];
  show?: Exclude<MatchView, "open">;
  list?: string;
  type?: string;
  risk?: number;
  lookalikes?: keyof typeof lookalikeChoices;
  assigned?: string;
  /** Only matches of one entry, or of one indicator or article. */
  entry?: string;
  subject?: string;
  sort?: Exclude<MatchSort, "-risk">;
  /** The match whose drawer is open. */
  match?: string;
};

/** What the address of a page with matches says; what cannot be used is dropped. */
export function matchSearch(search: Record<string, unknown>): MatchSearch {
  return {
    ...choiceParam(search, "group", ["entry", "subject"] as const),
    ...choiceParam(
      search,
      "show",
      kindsOf(matchViews).filter((view) => view !== "open"),
    ),
    ...textParam(search, "list", 36),
    ...listParam(
      search,
      "type",
      typeOptions.map(({ value }) => value),
    ),
    ...numberParam(search, "risk", 1, 100),
    ...choiceParam(search, "lookalikes", kindsOf(lookalikeChoices)),
    ...textParam(search, "assigned", 254),
    ...textParam(search, "entry", 36),
    ...textParam(search, "subject", 36),
    ...choiceParam(search, "sort", ["-matched_at", "matched_at"] as const),
    ...textParam(search, "match", 18),
  };
}

/** The filter as the API takes it. */
export function matchFilters(search: MatchSearch) {
  const { show = "open", type, risk, lookalikes, assigned, entry, subject } = search;
  return {
    ...(show === "all" ? {} : { status: show }),
    ...(type ? { type } : {}),
    ...(risk ? { min_risk: risk } : {}),
    ...(lookalikes ? { lookalikes } : {}),
    ...(assigned ? { assigned_to: assigned } : {}),
    ...(entry ? { entry_id: entry } : {}),
    ...(subject ? { subject_id: subject } : {}),
  } satisfies ListInput;
}

export function orderOf({ sort }: MatchSearch): NonNullable<ListInput["order"]> {
  return orders[sort ?? "-risk"];
}

/** How many filters are set, beside the state. */
export function matchFilterCount({ type, risk, lookalikes, assigned, list }: MatchSearch): number {
  return [type, risk, lookalikes, assigned, list].filter((value) => value !== undefined).length;
}

export const lookalikeOptions = optionsOf(lookalikeChoices);
