import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { answered, auth } from "../../lib/auth";
import { type Passkey, passkeysKey } from "./passkeys-query";

type Props = { passkey: Passkey | null; onClose: () => void };

export function RenamePasskeyDialog({ passkey, onClose }: Props) {
  const [name, setName] = useState("");
  const rename = useChange("update-passkey", onClose);
  return (
    <Modal opened={passkey !== null} onClose={onClose} onExitTransitionEnd={rename.reset} title="Rename passkey">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (passkey) rename.mutate({ id: passkey.id, name: name.trim() });
        }}
      >
        <Stack gap="md">
          {rename.isError && <ProblemAlert error={rename.error} title="The passkey was not renamed" />}
          <TextInput
            label="New name"
            placeholder={passkey?.name ?? ""}
            value={name}
            maxLength={100}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={rename.isPending} disabled={name.trim() === ""}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function RemovePasskeyDialog({ passkey, onClose }: Props) {
  const remove = useChange("delete-passkey", onClose);
  return (
    <Modal opened={passkey !== null} onClose={onClose} onExitTransitionEnd={remove.reset} title="Remove passkey">
      <Stack gap="md">
        <Text size="sm" className="wrap-anywhere">
          Nobody signs in with {passkey?.name || "this passkey"} any more. Delete it on the device as well.
        </Text>
        {remove.isError && <ProblemAlert error={remove.error} title="The passkey was not removed" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => passkey && remove.mutate({ id: passkey.id })}>
            Remove
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function useChange(endpoint: "update-passkey" | "delete-passkey", onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { id: string; name?: string }) =>
      answered(auth.$fetch(`/passkey/${endpoint}`, { method: "POST", body })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: passkeysKey });
      onDone();
    },
  });
}
