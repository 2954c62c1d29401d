import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { trpc } from "../../lib/trpc";

const newList = "new";

/** Puts the value on a watchlist: one that there is, or a new one. */
export function WatchDialog({ value, onClose }: { value: string; onClose: () => void }) {
  const client = useQueryClient();
  const lists = useQuery(trpc.watchlists.list.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState("Watched values");
  const create = useMutation(trpc.watchlists.create.mutationOptions());
  const add = useMutation(trpc.watchlists.addEntries.mutationOptions());
  const rows = lists.data?.data ?? [];
  const list = chosen ?? rows[0]?.id ?? newList;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const watchlistId = list === newList ? (await create.mutateAsync({ name })).data.id : list;
    await add.mutateAsync({ watchlistId, text: value });
    await client.invalidateQueries({ queryKey: trpc.watchlists.pathKey() });
    onClose();
    toastDone("The value is watched from now on.");
  };
  const error = create.error ?? add.error ?? lists.error;
  return (
    <Modal opened onClose={onClose} title="Watch this value">
      <form onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <Stack gap="md">
          {error && <ProblemAlert error={error} title="The value is not watched" />}
          <Select
            label="Watchlist"
            description="You get a match when a feed or an article names the value, as the list's notices say."
            allowDeselect={false}
            value={list}
            data={[
              ...rows.map(({ id, name: label }) => ({ value: id, label })),
              { value: newList, label: "A new watchlist" },
            ]}
            onChange={setChosen}
            disabled={lists.isPending}
          />
          {list === newList && !lists.isPending && (
            <TextInput
              label="Name"
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending || add.isPending} disabled={lists.isPending}>
              Watch
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
