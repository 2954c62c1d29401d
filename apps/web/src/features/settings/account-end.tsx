import { Button, Checkbox, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { toastProblem } from "../../components/ui/toast";
import { enter } from "../../lib/enter";
import { requestJson } from "../../lib/problem";
import { saveJson } from "../../lib/save-json";
import { trpc } from "../../lib/trpc";

/** A copy of one's own data, and the end of one's account. */
export function AccountEnd() {
  const [deleting, setDeleting] = useState(false);
  const copy = useMutation(
    trpc.account.export.mutationOptions({
      onSuccess: (data) => saveJson(data, "tocsin-account.json"),
      onError: (error) => toastProblem(error, "Nothing was exported"),
    }),
  );
  return (
    <Section title="Your data" note="What is stored of you, and the end of your account.">
      <Group gap="xs">
        <Button variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
          Export as JSON
        </Button>
        <Button variant="subtle" color="red" onClick={() => setDeleting(true)}>
          Delete account
        </Button>
      </Group>
      <DeleteDialog opened={deleting} onClose={() => setDeleting(false)} />
    </Section>
  );
}

function DeleteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const form = useForm({ initialValues: { password: "", end_keys: false } });
  const end = useMutation({
    mutationFn: (values: typeof form.values) => requestJson("/api/account/delete", values),
    onSuccess: () => enter("/sign-in"),
  });
  return (
    <Modal opened={opened} onClose={onClose} onExitTransitionEnd={end.reset} title="Delete account">
      <form onSubmit={form.onSubmit((values) => end.mutate(values))}>
        <Stack gap="md">
          <Text size="sm">
            Your sessions and memberships end, and the audit log says a pseudonym in the place of your name. This cannot
            be undone.
          </Text>
          {end.isError && <ProblemAlert error={end.error} title="Your account was not deleted" />}
          <Checkbox
            label="End the keys and management tokens that I made, too"
            {...form.getInputProps("end_keys", { type: "checkbox" })}
          />
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            required
            data-autofocus
            {...form.getInputProps("password")}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={end.isPending}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={end.isPending}>
              Delete account
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
