import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Feed } from "../../components/feed/run";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { useMe } from "../../lib/me";
import { plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { OwnFeedDialog } from "./own-feed-dialog";

/** Changing and deleting a feed that was added here; for operators. */
export function OwnFeedActions({ feed, onRemoved }: { feed: Feed; onRemoved: () => void }) {
  const { operator } = useMe();
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const stored = useQuery({ ...trpc.ownFeeds.get.queryOptions({ id: feed.id }), enabled: operator && editing });
  if (!operator) return null;
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Button size="xs" variant="default" loading={editing && stored.isPending} onClick={() => setEditing(true)}>
          Edit feed
        </Button>
        <Button size="xs" variant="subtle" color="red" onClick={() => setDeleting(true)} disabled={deleting}>
          Delete feed
        </Button>
      </Group>
      {stored.isError && <ProblemAlert error={stored.error} onRetry={() => void stored.refetch()} />}
      {deleting && <DeleteFeed feed={feed} onCancel={() => setDeleting(false)} onRemoved={onRemoved} />}
      {stored.data && (
        <OwnFeedDialog
          opened={editing}
          feed={stored.data.data}
          onClose={() => setEditing(false)}
          onSaved={() => setEditing(false)}
        />
      )}
    </Stack>
  );
}

function DeleteFeed({ feed, onCancel, onRemoved }: { feed: Feed; onCancel: () => void; onRemoved: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation(
    trpc.ownFeeds.remove.mutationOptions({
      onSuccess: async () => {
        toastDone(`${feed.name} is deleted.`);
        onRemoved();
        await queries.invalidateQueries({ queryKey: trpc.feeds.pathKey() });
      },
      onError: (error) => toastProblem(error, "The feed was not deleted"),
    }),
  );
  return (
    <Alert color="red" title={`Delete ${feed.name}?`}>
      <Stack gap="sm">
        <Text size="sm">
          The URL, mapping and secret of the feed are deleted, and it is no longer pulled. This cannot be undone.{" "}
          {feed.iocs > 0
            ? `The ${plural(feed.iocs, "indicator")} that it reported will stay until their lifetime ends, with this feed as the source.`
            : "It has reported no indicators."}
        </Text>
        <Group gap="xs">
          <Button size="xs" color="red" loading={remove.isPending} onClick={() => remove.mutate({ id: feed.id })}>
            Delete feed
          </Button>
          <Button size="xs" variant="default" disabled={remove.isPending} onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
