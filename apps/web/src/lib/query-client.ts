import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isSessionEnd, problemOf } from "./problem";
import { noteFailure, serverState } from "./server-state";

/** Fires `lost` once when the server says that the session, which there was, has ended. */
export const sessionEvents = new EventTarget();

let active = false;

/** Says that there is a session now, whose end is worth an event. */
export function beginSession(): void {
  active = true;
}

/** Forgets the session and all that was read in it. */
export function endSession(): void {
  active = false;
  queryClient.clear();
}

function watch(error: unknown): void {
  noteFailure(error);
  if (!active || !isSessionEnd(error)) return;
  active = false;
  sessionEvents.dispatchEvent(new Event("lost"));
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

serverState.onBack(() => void queryClient.invalidateQueries());
