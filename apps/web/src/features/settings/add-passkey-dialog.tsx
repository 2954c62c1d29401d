import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import type { makePasskey } from "../../lib/passkeys";
import { passkeysKey } from "./passkeys-query";

type Made = Awaited<ReturnType<typeof makePasskey>>;

/** A name and the password, then whatever the browser and the device ask. */
export function AddPasskeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  // Where the password was wrong, the one that the device has made is taken again.
  const made = useRef<Made | null>(null);
  const form = useForm({
    initialValues: { name: "", password: "" },
    validate: {
      name: (name) => (name.trim() === "" ? "Enter a name" : null),
      password: (password) => (password === "" ? "Enter your password" : null),
    },
  });
  const add = useMutation({
    mutationFn: async ({ name, password }: { name: string; password: string }) => {
      const { makePasskey, storePasskey } = await import("../../lib/passkeys");
      made.current ??= await makePasskey();
      await storePasskey({ response: made.current, name: name.trim(), password });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: passkeysKey });
      toastDone("The passkey was added. You can sign in with it from now on.");
      onClose();
    },
  });
  const reset = () => {
    made.current = null;
    form.reset();
    add.reset();
  };
  return (
    <Modal opened={opened} onClose={onClose} onExitTransitionEnd={reset} title="Add passkey">
      <form onSubmit={form.onSubmit((values) => add.mutate(values))} noValidate>
        <Stack gap="md">
          <Text size="sm">Your browser asks next where to keep it: this device, a phone, or a security key.</Text>
          {add.isError && <ProblemAlert error={add.error} title="The passkey was not added" />}
          <TextInput
            label="Name"
            placeholder="Laptop"
            required
            data-autofocus
            maxLength={100}
            {...form.getInputProps("name")}
          />
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            required
            {...form.getInputProps("password")}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={add.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending}>
              Continue
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
