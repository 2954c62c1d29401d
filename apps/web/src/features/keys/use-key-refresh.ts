import { useQueryClient } from "@tanstack/react-query";
import { trpc } from "../../lib/trpc";

/** Reads again whatever shows keys, after one of them has changed. */
export function useKeyRefresh(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.keys.pathKey() }),
      queries.invalidateQueries({ queryKey: trpc.overview.get.pathKey() }),
      queries.invalidateQueries({ queryKey: trpc.audit.pathKey() }),
    ]);
}
