import { choiceParam, textParam } from "../../lib/search-params";
import type { Outputs } from "../../lib/trpc";

export type Key = Outputs["keys"]["list"]["data"][number];
export type KeyStatus = Key["status"];

export const keyStatuses = ["active", "expiring", "expired", "revoked"] as const satisfies readonly KeyStatus[];

/** The address of the list of keys: what is searched, in which state, and whether the form for a new one is open. */
export function keySearch(search: Record<string, unknown>) {
  return {
    ...textParam(search, "q", 100),
    ...choiceParam(search, "status", keyStatuses),
    ...(search.create === true || search.create === "true" ? { create: true as const } : {}),
  };
}
