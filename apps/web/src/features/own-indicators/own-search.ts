import { choiceParam } from "../../lib/search-params";
import { kindsOf } from "../../lib/tables";
import type { Outputs } from "../../lib/trpc";

type Status = Outputs["indicators"]["list"]["data"][number]["status"] | "all";

/** Which of them are shown; `active` unless the address says otherwise. */
export const ownStates = {
  active: "Active",
  expired: "Expired",
  withdrawn: "Withdrawn",
  all: "All",
} as const satisfies Record<Status, string>;

const choices = kindsOf(ownStates).filter((state) => state !== "active");

export function ownSearch(search: Record<string, unknown>): { status?: Exclude<Status, "active"> } {
  return choiceParam(search, "status", choices);
}
