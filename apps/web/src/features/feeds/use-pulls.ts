import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Feed } from "../../components/feed/run";
import { toastProblem } from "../../components/ui/toast";
import { useEvery } from "../../lib/live";
import { trpc } from "../../lib/trpc";
import { isDue, isPulling, type Pull } from "./feed-health";

const quick = 1_500;
const slow = 30_000;

export type FeedActions = {
  pulling: (feed: Feed) => boolean;
  pull: (feed: Feed) => void;
  switching: (feed: Feed) => boolean;
  setEnabled: (feed: Feed, enabled: boolean) => void;
};

/** The feeds, asked for often while one of them is being pulled, and what can be done with them. */
export function usePulls() {
  const [pulls, setPulls] = useState<Readonly<Record<string, Pull>>>({});
  const every = useEvery(slow);
  const client = useQueryClient();
  const pulling = (feed: Feed) => isPulling(feed, pulls[feed.id], Date.now());
  const query = useQuery(
    trpc.feeds.list.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data?.data.some((feed) => pulling(feed) || isDue(feed, Date.now())) ? quick : every,
    }),
  );
  const changed = () =>
    Promise.all([
      client.invalidateQueries(trpc.feeds.list.queryFilter()),
      client.invalidateQueries(trpc.feeds.runs.infiniteQueryFilter()),
    ]);
  const run = useMutation(
    trpc.feeds.run.mutationOptions({
      onSettled: changed,
      onError: (error) => toastProblem(error, "The pull was not started"),
    }),
  );
  const toggle = useMutation(
    trpc.feeds.setEnabled.mutationOptions({
      onSettled: changed,
      onError: (error) => toastProblem(error, "The feed was not changed"),
    }),
  );
  const actions: FeedActions = {
    pulling,
    pull: (feed) => {
      const forget = () => setPulls(({ [feed.id]: _, ...rest }) => rest);
      setPulls((before) => ({ ...before, [feed.id]: { lastRun: feed.last_run?.id ?? null, at: Date.now() } }));
      run.mutate({ feed_id: feed.id }, { onError: forget });
    },
    switching: (feed) => toggle.isPending && toggle.variables.feed_id === feed.id,
    setEnabled: (feed, enabled) => toggle.mutate({ feed_id: feed.id, enabled }),
  };
  return { query, actions };
}
