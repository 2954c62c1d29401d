import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { AnchorLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { answered, auth } from "../../lib/auth";
import { enter } from "../../lib/enter";
import { isSessionEnd } from "../../lib/problem";
import { trpc } from "../../lib/trpc";
import { AuthFrame } from "./auth-frame";
import { PasskeyButton } from "./passkey-button";
import { setupState } from "./require-session";
import { safePath } from "./safe-path";
import { SignOnProblem, SingleSignOnButton } from "./single-sign-on-button";
import { TwoFactorStep } from "./two-factor-step";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { redirect, problem } = route.useSearch();
  const target = safePath(redirect);
  const [needsCode, setNeedsCode] = useState(false);
  return needsCode ? (
    <TwoFactorStep onDone={() => enter(target)} onBack={() => setNeedsCode(false)} />
  ) : (
    <PasswordStep
      onDone={() => enter(target)}
      onCode={() => setNeedsCode(true)}
      returning={redirect !== undefined}
      target={target}
      problem={problem}
    />
  );
}

type StepProps = {
  onDone: () => void;
  onCode: () => void;
  returning: boolean;
  target: string;
  problem: string | undefined;
};

function PasswordStep({ onDone, onCode, returning, target, problem }: StepProps) {
  const setup = useQuery(setupState());
  const form = useForm({ initialValues: { email: "", password: "" } });
  const signIn = useMutation({
    mutationFn: (values: { email: string; password: string }) => answered(auth.signIn.email(values)),
    onSuccess: (answer) => ("twoFactorRedirect" in answer && answer.twoFactorRedirect ? onCode() : onDone()),
  });
  const footer = setup.data?.needed ? (
    <>
      This instance has no account yet. <AnchorLink to="/setup">Set it up</AnchorLink>
    </>
  ) : setup.data?.signup === "open" ? (
    <>
      No account yet? <AnchorLink to="/sign-up">Sign up</AnchorLink>
    </>
  ) : (
    "Accounts are created by invitation. Ask an owner of your workspace."
  );
  return (
    <AuthFrame
      title="Sign in"
      note={returning ? "Sign in to continue." : "To your threat-intelligence workspace."}
      footer={footer}
    >
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack gap="md">
          {!signIn.isPending && <NoWorkspace />}
          {signIn.isIdle && <SignOnProblem problem={problem} />}
          {signIn.isError && <ProblemAlert error={signIn.error} title="Sign-in failed" />}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            data-autofocus
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.getInputProps("password")}
          />
          <AnchorLink to="/forgot-password" size="sm">
            Forgot your password?
          </AnchorLink>
          <Button type="submit" size="md" loading={signIn.isPending || signIn.isSuccess}>
            Sign in
          </Button>
          <SingleSignOnButton
            email={form.values.email}
            redirect={target}
            onMissing={() => form.setFieldError("email", "Enter the address that your organisation gave you")}
          />
          <PasskeyButton onDone={onDone} />
        </Stack>
      </form>
    </AuthFrame>
  );
}

/** For someone whom the server knows but who was sent here all the same: without a workspace there is no way in. */
function NoWorkspace() {
  const session = auth.useSession();
  const user = session.data?.user;
  const me = useQuery(trpc.me.get.queryOptions(undefined, { enabled: user !== undefined, retry: false }));
  if (!user || !me.isError || !isSessionEnd(me.error)) return null;
  return (
    <Alert color="yellow" title="You are not a member of a workspace">
      You are signed in as {user.email}. Ask an owner of a workspace for an invitation, or sign in with another account.
    </Alert>
  );
}
