import { Alert, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { checkEmail, checkName, checkPassword, passwordHint } from "../../components/account/account-fields";
import { AnchorLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { answered, auth } from "../../lib/auth";
import { enter } from "../../lib/enter";
import { problemOf } from "../../lib/problem";
import { AuthFrame } from "./auth-frame";
import { setupState } from "./require-session";

type Values = { name: string; email: string; password: string };

export function SignUpPage() {
  const state = useQuery(setupState());
  const form = useForm<Values>({
    initialValues: { name: "", email: "", password: "" },
    validate: { name: checkName, email: checkEmail, password: checkPassword },
  });
  // Signing up is answered alike whether the address has an account already; signing in is what tells.
  const signUp = useMutation({
    mutationFn: async (values: Values) => {
      await answered(auth.signUp.email(values));
      const { email, password } = values;
      const signIn = answered(auth.signIn.email({ email, password }));
      const signedIn = await signIn.then(
        () => true,
        (error: unknown) => {
          if (problemOf(error).status === 401) return false;
          throw error;
        },
      );
      return { signedIn };
    },
    onSuccess: ({ signedIn }) => (signedIn ? enter() : undefined),
  });
  const footer = (
    <>
      Have an account? <AnchorLink to="/sign-in">Sign in</AnchorLink>
    </>
  );
  if (state.data && state.data.signup !== "open") {
    return (
      <AuthFrame title="Sign-up is closed" footer={footer}>
        <Text size="sm">This instance does not accept sign-ups. Ask an owner of a workspace for an invitation.</Text>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title="Sign up" note="A new workspace is created for you." footer={footer}>
      <form onSubmit={form.onSubmit((values) => signUp.mutate(values))} noValidate>
        <Stack gap="md">
          {signUp.isError && <ProblemAlert error={signUp.error} title="Sign-up failed" />}
          {signUp.data?.signedIn === false && (
            <Alert color="orange" title="You are not signed in" role="alert">
              This address may have an account already. If it is yours, sign in with its password.
            </Alert>
          )}
          <TextInput label="Name" autoComplete="name" required {...form.getInputProps("name")} />
          <TextInput label="Email" type="email" autoComplete="username" required {...form.getInputProps("email")} />
          <PasswordInput
            label="Password"
            autoComplete="new-password"
            required
            description={passwordHint}
            {...form.getInputProps("password")}
          />
          <Button type="submit" size="md" loading={signUp.isPending || signUp.data?.signedIn === true}>
            Sign up
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
