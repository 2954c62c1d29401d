import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { problemOf } from "./problem";

/** Fires `lost` when the server says that the session has ended. */
export const sessionEvents = new EventTarget();

function watch(error: unknown): void {
  if (problemOf(error).status === 401) sessionEvents.dispatchEvent(new Event("lost"));
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Only what may pass by itself is worth asking again; the rest is shown at once.
      retry: (count, error) => {
        const { status } = problemOf(error);
        return count < 2 && (status === null || status >= 502);
      },
    },
  },
});
