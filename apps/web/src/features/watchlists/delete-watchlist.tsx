import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { useWatchRefresh } from "./use-watch-refresh";
import type { Watchlist } from "./watchlist-rows";

type Props = { list: Watchlist; opened: boolean; onClose: () => void };

export function DeleteWatchlist({ list, opened, onClose }: Props) {
  const refresh = useWatchRefresh();
  const navigate = useNavigate();
  const remove = useMutation(
    trpc.watchlists.delete.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: "/watchlists" });
        await refresh();
        toastDone(`${list.name} is deleted.`);
      },
    }),
  );
  return (
    <Modal opened={opened} onClose={onClose} title="Delete watchlist" size="md">
      <Stack gap="md">
        {remove.isError && <ProblemAlert error={remove.error} title="The watchlist was not deleted" />}
        <Text size="sm" className="wrap-anywhere">
          <strong>{list.name}</strong> is deleted with {plural(list.entries.total, "entry", "entries")} and{" "}
          {plural(list.matches.total, "match", "matches")}. This cannot be undone.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={remove.isPending} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ watchlistId: list.id })}>
            Delete watchlist
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
