import { keyStatuses } from "../../components/key/key-status";
import { choiceParam, textParam } from "../../lib/search-params";
import type { Inputs } from "../../lib/trpc";

type Sort = NonNullable<Exclude<Inputs["keys"]["list"], void>["sort"]>;
/** What a head of the table can ask for; the default is not said. */
const sorts: readonly Sort[] = [
  "created_at",
  "name",
  "-name",
  "last_used_at",
  "-last_used_at",
  "total_requests",
  "-total_requests",
  "expires_at",
  "-expires_at",
];

/** `{ sort }`, or nothing for the default. */
export function sortParam(sort: string): { sort?: Sort } {
  return choiceParam({ sort }, "sort", sorts);
}

/** The address of the list of keys: what is searched, in which state and order, and whether the form for a new one is open. */
export function keySearch(search: Record<string, unknown>) {
  return {
    ...textParam(search, "q", 100),
    ...choiceParam(search, "status", keyStatuses),
    ...choiceParam(search, "sort", sorts),
    ...(search.create === true || search.create === "true" ? { create: true as const } : {}),
  };
}
