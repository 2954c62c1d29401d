import { useEffect } from "react";
import { atBase } from "../../lib/base";
import { liveState } from "../../lib/live";
import { queryClient } from "../../lib/query-client";
import { askWhetherAway, serverState } from "../../lib/server-state";
import { trpc } from "../../lib/trpc";

/** What the server tells of, and what of it is read anew. */
const topics = {
  feeds: () => [trpc.feeds, trpc.overview, trpc.taxii, trpc.warninglists].map((part) => part.pathKey()),
  notices: () => [trpc.notices.pathKey()],
  matches: () => [trpc.watchlists.pathKey()],
  keys: () => [trpc.keys.pathKey()],
  // What a colleague changes is seen at once.
  acts: () => [trpc.watchlists.pathKey(), trpc.keys.pathKey(), trpc.audit.pathKey()],
} as const;
type Topic = keyof typeof topics;

/** Milliseconds in which one topic is read anew once, however often it changes. */
const apartMs = 3_000;
/** After a refusal, such as one of too many streams. */
const againMs = 60_000;

/** Listens to the server while the page is seen: a hidden one keeps no connection, of which a browser has few. */
export function useLive(): void {
  useEffect(() => {
    const live = createLive();
    const onVisible = () => (document.hidden ? live.close() : live.open());
    document.addEventListener("visibilitychange", onVisible);
    const offBack = serverState.onBack(onVisible);
    onVisible();
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      offBack();
      live.close();
    };
  }, []);
}

function createLive() {
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  // What changed while nobody listened is not told of afterwards.
  let missed = false;
  const refresh = createRefresh();
  const close = () => {
    clearTimeout(again);
    source?.close();
    source = null;
    liveState.set(false);
    missed = true;
  };
  const open = () => {
    if (source && source.readyState !== EventSource.CLOSED) return;
    clearTimeout(again);
    const own = new EventSource(atBase("/api/live"));
    source = own;
    own.addEventListener("ready", () => {
      liveState.set(true);
      if (missed) for (const topic of Object.keys(topics)) refresh(topic);
      missed = false;
    });
    own.addEventListener("changed", ({ data }: MessageEvent<string>) => {
      const changed: unknown = JSON.parse(data);
      if (Array.isArray(changed)) for (const topic of changed) refresh(String(topic));
    });
    own.addEventListener("error", () => {
      if (source !== own) return;
      liveState.set(false);
      missed = true;
      askWhetherAway();
      // The browser comes again by itself after a broken line, and not after a refusal.
      if (own.readyState === EventSource.CLOSED) again = setTimeout(open, againMs);
    });
  };
  return { open, close };
}

/** Reads a topic anew, once for all changes of a moment. */
function createRefresh(): (topic: string) => void {
  const waiting = new Set<string>();
  const lately = new Set<string>();
  const read = (topic: Topic) => {
    for (const queryKey of topics[topic]()) void queryClient.invalidateQueries({ queryKey });
    lately.add(topic);
    setTimeout(() => {
      lately.delete(topic);
      if (waiting.delete(topic)) read(topic);
    }, apartMs);
  };
  return (topic) => {
    if (!isTopic(topic)) return;
    if (lately.has(topic)) waiting.add(topic);
    else read(topic);
  };
}

function isTopic(text: string): text is Topic {
  return Object.hasOwn(topics, text);
}
