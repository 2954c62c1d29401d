import { Alert, Button, PasswordInput, Skeleton, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { z } from "zod";
import { checkPassword, passwordHint } from "../../components/account/account-fields";
import { ButtonLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { fieldErrors } from "../../lib/field-errors";
import { requestJson } from "../../lib/problem";
import { AuthFrame } from "./auth-frame";

const kinds = ["password", "second_factor", "email"] as const;
type Kind = (typeof kinds)[number];
const linkShape = z.object({ kind: z.enum(kinds), email: z.string() });

const words = {
  password: { title: "Set a new password", button: "Set password", done: "Your new password is set." },
  second_factor: {
    title: "Remove your second factor",
    button: "Remove second factor",
    done: "Your second factor is removed. Sign in and set up a new one.",
  },
  email: { title: "Confirm your address", button: "Confirm address", done: "Your address is changed." },
} as const satisfies Record<Kind, { title: string; button: string; done: string }>;

/** What a one-time link is for. Its token is in the fragment, which the browser keeps to itself. */
export function AccountLinkPage() {
  const [token] = useState(() => window.location.hash.slice(1));
  const link = useQuery({
    queryKey: ["account-link", token],
    queryFn: async () => linkShape.parse(await requestJson("/api/account-links/read", { token })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (link.isPending) {
    return (
      <AuthFrame title="One moment" note="The link is being checked.">
        <Skeleton height={120} />
      </AuthFrame>
    );
  }
  if (link.isError) {
    return (
      <AuthFrame title="This link does not work">
        <Stack gap="md">
          <ProblemAlert error={link.error} />
          <ButtonLink to="/sign-in" variant="light">
            Back to sign-in
          </ButtonLink>
        </Stack>
      </AuthFrame>
    );
  }
  return <UseLink token={token} {...link.data} />;
}

function UseLink({ token, kind, email }: { token: string; kind: Kind; email: string }) {
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: (value) => (kind === "password" ? checkPassword(value) : null) },
  });
  const use = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      requestJson("/api/account-links/use", { token, ...(kind === "password" ? { password } : {}) }),
    onError: (error) => form.setErrors(fieldErrors(error, { password: "password" })),
  });
  const { title, button, done } = words[kind];
  if (use.isSuccess) {
    return (
      <AuthFrame title={title}>
        <Stack gap="md">
          <Alert color="teal" role="status">
            {done}
          </Alert>
          <ButtonLink to="/sign-in">Sign in</ButtonLink>
        </Stack>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={title} note={`For ${email}.`}>
      <form onSubmit={form.onSubmit((values) => use.mutate(values))} noValidate>
        <Stack gap="md">
          {use.isError && <ProblemAlert error={use.error} title="That did not work" />}
          {kind === "password" && (
            <PasswordInput
              label="New password"
              autoComplete="new-password"
              required
              withAsterisk={false}
              data-autofocus
              description={passwordHint}
              {...form.getInputProps("password")}
            />
          )}
          {kind !== "email" && (
            <Text size="sm" c="dimmed">
              Every session of this account ends.
            </Text>
          )}
          <Button type="submit" size="md" loading={use.isPending}>
            {button}
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
