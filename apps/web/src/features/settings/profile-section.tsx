import { Button, Checkbox, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { checkName, checkPassword, passwordHint } from "../../components/account/account-fields";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { toastDone } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { useMe } from "../../lib/me";
import { trpc } from "../../lib/trpc";
import { AccountEnd } from "./account-end";
import { EmailForm } from "./email-form";

export function ProfileSection() {
  return (
    <Stack gap="md">
      <NameForm />
      <EmailForm />
      <PasswordForm />
      <AccountEnd />
    </Stack>
  );
}

function NameForm() {
  const { user } = useMe();
  const queries = useQueryClient();
  const form = useForm({ initialValues: { name: user.name }, validate: { name: checkName } });
  const save = useMutation({
    mutationFn: ({ name }: { name: string }) => answered(auth.updateUser({ name: name.trim() })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: trpc.me.get.pathKey() });
      toastDone("Your name is saved.");
    },
  });
  return (
    <Section title="Profile" note="Your name is shown in the audit log.">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack gap="md" maw={420}>
          {save.isError && <ProblemAlert error={save.error} title="The name was not saved" />}
          <TextInput label="Name" autoComplete="name" required {...form.getInputProps("name")} />
          <Group>
            <Button type="submit" loading={save.isPending} disabled={form.values.name === user.name}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

type Passwords = { currentPassword: string; newPassword: string; revokeOtherSessions: boolean };

function PasswordForm() {
  const queries = useQueryClient();
  const form = useForm<Passwords>({
    initialValues: { currentPassword: "", newPassword: "", revokeOtherSessions: true },
    validate: { newPassword: checkPassword, currentPassword: (value) => (value === "" ? "Enter your password" : null) },
  });
  const change = useMutation({
    mutationFn: (values: Passwords) => answered(auth.changePassword(values)),
    onSuccess: async () => {
      form.reset();
      toastDone("Your password is changed.");
      await queries.invalidateQueries({ queryKey: trpc.me.get.pathKey() });
    },
  });
  return (
    <Section title="Password">
      <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <Stack gap="md" maw={420}>
          {change.isError && <ProblemAlert error={change.error} title="The password was not changed" />}
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            required
            {...form.getInputProps("currentPassword")}
          />
          <PasswordInput
            label="New password"
            autoComplete="new-password"
            description={passwordHint}
            required
            {...form.getInputProps("newPassword")}
          />
          <Checkbox
            label="End all other sessions"
            {...form.getInputProps("revokeOtherSessions", { type: "checkbox" })}
          />
          <Group>
            <Button type="submit" loading={change.isPending}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
