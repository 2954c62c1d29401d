import { Button, Group, Modal, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { trpc } from "../../lib/trpc";
import { useWatchRefresh } from "./use-watch-refresh";
import type { Watchlist } from "./watchlist-rows";

type Props = { opened: boolean; list: Watchlist | null; onClose: () => void };

/** Makes a watchlist, or changes the one that is given. */
export function WatchlistModal({ opened, list, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={list ? "Edit watchlist" : "Create watchlist"} size="md">
      {opened && <WatchlistForm list={list} onClose={onClose} />}
    </Modal>
  );
}

function WatchlistForm({ list, onClose }: Omit<Props, "opened">) {
  const refresh = useWatchRefresh();
  const navigate = useNavigate();
  const create = useMutation(
    trpc.watchlists.create.mutationOptions({
      onSuccess: async ({ data }) => {
        await refresh();
        await navigate({
          to: "/watchlists/$watchlistId",
          params: { watchlistId: data.id },
          search: { tab: "entries" },
        });
      },
    }),
  );
  const update = useMutation(
    trpc.watchlists.update.mutationOptions({
      onSuccess: async ({ data }) => {
        await refresh();
        toastDone(`${data.name} is changed.`);
        onClose();
      },
    }),
  );
  const form = useForm({
    initialValues: {
      name: list?.name ?? "",
      description: list?.description ?? "",
      enabled: list?.enabled ?? true,
      notify: list?.notify ?? true,
    },
    validate: { name: (name) => (name.trim() === "" ? "Enter a name" : null) },
  });
  const { error } = list ? update : create;
  const busy = create.isPending || update.isPending;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        list ? update.mutate({ watchlistId: list.id, ...values }) : create.mutate(values),
      )}
    >
      <Stack gap="md">
        {error && (
          <ProblemAlert
            error={error}
            title={list ? "The watchlist was not changed" : "The watchlist was not created"}
          />
        )}
        <TextInput
          label="Name"
          placeholder="Head office"
          maxLength={100}
          data-autofocus
          withAsterisk
          {...form.getInputProps("name")}
        />
        <Textarea label="Description" autosize minRows={2} maxLength={500} {...form.getInputProps("description")} />
        <Switch
          label="Enabled"
          description="New and changed indicators and articles are compared with the entries"
          {...form.getInputProps("enabled", { type: "checkbox" })}
        />
        <Switch
          label="Notices"
          description="Matches create notices, which are also sent by webhook and email"
          disabled={!form.values.enabled}
          {...form.getInputProps("notify", { type: "checkbox" })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            {list ? "Save" : "Create watchlist"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
