import { keyStatuses } from "../../components/key/key-status";
import { choiceParam, textParam } from "../../lib/search-params";

/** The address of the list of keys: what is searched, in which state, and whether the form for a new one is open. */
export function keySearch(search: Record<string, unknown>) {
  return {
    ...textParam(search, "q", 100),
    ...choiceParam(search, "status", keyStatuses),
    ...(search.create === true || search.create === "true" ? { create: true as const } : {}),
  };
}
