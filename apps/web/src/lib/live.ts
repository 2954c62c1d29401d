import { useSyncExternalStore } from "react";

let live = false;
const listeners = new Set<() => void>();

/** Whether the server tells this page of changes now. */
export const liveState = {
  isLive: () => live,
  set: (value: boolean) => {
    if (live === value) return;
    live = value;
    for (const listener of listeners) listener();
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

/** How often to ask for what the server tells of by itself: not at all while it does, else every `ms`. */
export function useEvery(ms: number): number | false {
  return useSyncExternalStore(liveState.subscribe, liveState.isLive) ? false : ms;
}
