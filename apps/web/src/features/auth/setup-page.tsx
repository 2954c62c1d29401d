import { Button, PasswordInput, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { checkEmail, checkName, checkPassword, passwordHint } from "../../components/account/account-fields";
import { AnchorLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { enter } from "../../lib/enter";
import { fieldErrors } from "../../lib/field-errors";
import { requestJson } from "../../lib/problem";
import { trpc } from "../../lib/trpc";
import { AuthFrame } from "./auth-frame";
import { setupState } from "./require-session";

const route = getRouteApi("/setup");
const names = { name: "name", email: "email", password: "password", workspace: "workspace" } as const;

/** The first account of an instance and its workspace, by the one-time link that the server printed. */
export function SetupPage() {
  const { token } = route.useSearch();
  const state = useQuery(setupState());
  const form = useForm({
    initialValues: { name: "", email: "", password: "", workspace: "Security team", sample: false },
    validate: { name: checkName, email: checkEmail, password: checkPassword, workspace: checkName },
  });
  const loadSample = useMutation(trpc.sample.load.mutationOptions());
  const setUp = useMutation({
    mutationFn: async ({ sample, ...values }: typeof form.values) => {
      await requestJson("/api/setup", { ...values, token });
      // The account stands, whatever comes of this: the overview offers it again.
      if (sample) await loadSample.mutateAsync().catch(() => {});
    },
    onSuccess: () => enter(),
    onError: (error) => form.setErrors(fieldErrors(error, names)),
  });
  if (state.data?.needed === false && !setUp.isSuccess) return <SetUpAlready />;
  return (
    <AuthFrame
      title="Set up this instance"
      note="The first account is the operator of this instance and the owner of the first workspace."
    >
      <form onSubmit={form.onSubmit((values) => setUp.mutate(values))} noValidate>
        <Stack gap="md">
          {setUp.isError && <ProblemAlert error={setUp.error} title="Setup failed" />}
          <TextInput label="Name" autoComplete="name" required {...form.getInputProps("name")} />
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            description="Used to sign in."
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            autoComplete="new-password"
            required
            description={passwordHint}
            {...form.getInputProps("password")}
          />
          <TextInput
            label="Workspace"
            required
            description="The team that owns the API keys, for example “Security operations”."
            autoComplete="organization"
            {...form.getInputProps("workspace")}
          />
          <Switch
            label="Load sample data"
            description="Indicators, articles and keys to look around with, marked as samples. You can remove them at any time."
            {...form.getInputProps("sample", { type: "checkbox" })}
          />
          <Button type="submit" size="md" loading={setUp.isPending || setUp.isSuccess}>
            Create account
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}

function SetUpAlready() {
  return (
    <AuthFrame title="Already set up" note="This instance already has an account.">
      <AnchorLink to="/sign-in" size="sm">
        Sign in
      </AnchorLink>
    </AuthFrame>
  );
}
