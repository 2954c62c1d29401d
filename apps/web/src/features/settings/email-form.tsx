import { Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { checkEmail } from "../../components/account/account-fields";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { toastDone } from "../../components/ui/toast";
import { fieldErrors } from "../../lib/field-errors";
import { useMe } from "../../lib/me";
import { requestJson } from "../../lib/problem";
import { trpc } from "../../lib/trpc";

type Values = { email: string; password: string };

/** Another address to sign in with: it counts once the link that is sent to it was opened. */
export function EmailForm() {
  const { user } = useMe();
  const account = useQuery(trpc.account.get.queryOptions());
  const canSend = account.data?.sends_mail === true;
  const form = useForm<Values>({
    initialValues: { email: "", password: "" },
    validate: { email: checkEmail, password: (value) => (value === "" ? "Enter your password" : null) },
  });
  const change = useMutation({
    mutationFn: ({ email, password }: Values) => requestJson("/api/account/email", { email: email.trim(), password }),
    onSuccess: (_, { email }) => {
      form.reset();
      toastDone(`A link to confirm it is on its way to ${email.trim()}.`);
    },
    onError: (error) => form.setErrors(fieldErrors(error, { email: "email", password: "password" })),
  });
  return (
    <Section title="E-mail address" note={`You sign in as ${user.email}.`}>
      {account.data && !canSend ? (
        "This instance sends no e-mail, so a new address cannot be confirmed."
      ) : (
        <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
          <Stack gap="md" maw={420}>
            {change.isError && <ProblemAlert error={change.error} title="No link was sent" />}
            <TextInput
              label="New address"
              type="email"
              autoComplete="email"
              required
              {...form.getInputProps("email")}
            />
            <PasswordInput
              label="Your password"
              autoComplete="current-password"
              required
              {...form.getInputProps("password")}
            />
            <Group>
              <Button type="submit" loading={change.isPending} disabled={!canSend}>
                Send link
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Section>
  );
}
