import { useQueryClient } from "@tanstack/react-query";
import { trpc } from "../../lib/trpc";

/** Reads watchlists anew after something was changed in one. */
export function useWatchRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: trpc.watchlists.pathKey() });
}
