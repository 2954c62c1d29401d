import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Feed } from "../../components/feed/run";
import { GatedButton } from "../../components/ui/gated-button";
import { Time } from "../../components/ui/time";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { useMe, whyNotOperate } from "../../lib/me";
import { trpc } from "../../lib/trpc";
import { QuarantinedFigures } from "./quarantined-figures";

/** What is held back of a feed, and the two things that an operator may say of it. */
export function QuarantineReview({ feed }: { feed: Feed }) {
  const me = useMe();
  const { held } = feed;
  const run = useQuarantinedRun(feed);
  const queries = useQueryClient();
  const review = useMutation(
    trpc.feeds.review.mutationOptions({
      onSuccess: ({ data }) =>
        toastDone(
          data.decision === "accepted"
            ? `${feed.name} is being pulled again, and this content is accepted once.`
            : `${feed.name} stays held back until its content is as usual again.`,
        ),
      onError: (error) => toastProblem(error, "The decision was not saved"),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.feeds.pathKey() }),
    }),
  );
  if (!held) return null;
  const say = (decision: "accept" | "keep") => review.mutate({ feed_id: feed.id, run_id: held.run_id, decision });
  const forbidden = whyNotOperate(me);
  return (
    <Alert color="orange" icon={<IconHandStop size={18} />} title="Held back for review">
      <Stack gap="sm">
        <Text size="sm" component="div">
          Since <Time value={held.since} as="full" />, the content of the feed differs too much from the usual. Nothing
          of it was merged; indicators from earlier pulls are unchanged.
        </Text>
        {run?.held && <QuarantinedFigures files={run.held} />}
        {held.decision === "accepted" ? (
          <Text size="sm">Accepted. The next pull merges it.</Text>
        ) : (
          <Group gap="xs">
            <GatedButton size="xs" forbidden={forbidden} loading={review.isPending} onClick={() => say("accept")}>
              Accept once
            </GatedButton>
            {held.decision === null && (
              <GatedButton
                size="xs"
                variant="default"
                forbidden={forbidden}
                loading={review.isPending}
                onClick={() => say("keep")}
              >
                Keep held back
              </GatedButton>
            )}
          </Group>
        )}
        {held.decision === "kept" && (
          <Text size="sm" c="dimmed">
            An operator decided to keep it held back. Every pull checks it again.
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

function useQuarantinedRun({ id, held }: Feed) {
  const query = useInfiniteQuery({
    ...trpc.feeds.runs.infiniteQueryOptions(
      { feed_id: id, limit: 20 },
      { getNextPageParam: (page) => page.meta.next_cursor },
    ),
    enabled: held !== null,
  });
  return query.data?.pages.flatMap((page) => page.data).find((run) => run.id === held?.run_id);
}
