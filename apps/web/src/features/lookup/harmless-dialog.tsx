import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { trpc } from "../../lib/trpc";

/** Puts the value on the instance's list of allowed values, with the reason why it is harmless. */
export function HarmlessDialog({ value, onClose }: { value: string; onClose: () => void }) {
  const [note, setNote] = useState("");
  const client = useQueryClient();
  const allow = useMutation(
    trpc.warninglists.allow.mutationOptions({
      onSuccess: async () => {
        onClose();
        toastDone("The value is marked as harmless. Lists and exports leave it out within a minute.");
        await client.invalidateQueries({ queryKey: trpc.lookup.pathKey() });
        await client.invalidateQueries({ queryKey: trpc.warninglists.pathKey() });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (note.trim() !== "") allow.mutate({ value, note: note.trim() });
  };
  return (
    <Modal opened onClose={onClose} title="Mark as harmless">
      <form onSubmit={submit}>
        <Stack gap="md">
          {allow.isError && <ProblemAlert error={allow.error} title="The value was not marked" />}
          <Text size="sm">
            <span className="mono wrap-anywhere">{value}</span> is harmless for everybody on this instance. A domain
            includes its subdomains, a network its addresses.
          </Text>
          <TextInput
            label="Reason"
            placeholder="Our own mail server"
            required
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={allow.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={allow.isPending} disabled={note.trim() === ""}>
              Mark as harmless
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
