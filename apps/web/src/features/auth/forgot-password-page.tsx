import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { checkEmail } from "../../components/account/account-fields";
import { AnchorLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { requestJson } from "../../lib/problem";
import { AuthFrame } from "./auth-frame";

/** Asks for a link by e-mail. The answer is the same whether the address has an account. */
export function ForgotPasswordPage() {
  const form = useForm({ initialValues: { email: "" }, validate: { email: checkEmail } });
  const request = useMutation({
    mutationFn: ({ email }: { email: string }) => requestJson("/api/account-links/request", { email: email.trim() }),
  });
  return (
    <AuthFrame
      title="Forgot your password?"
      note="A link to set a new one is sent to your address. It works once, for an hour."
      footer={<AnchorLink to="/sign-in">Back to sign-in</AnchorLink>}
    >
      {request.isSuccess ? (
        <Alert color="teal" title="Look into your mailbox" role="status">
          If the address has an account here, a link is on its way.
        </Alert>
      ) : (
        <form onSubmit={form.onSubmit((values) => request.mutate(values))} noValidate>
          <Stack gap="md">
            {request.isError && <ProblemAlert error={request.error} title="No link was sent" />}
            <TextInput
              label="Email"
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              data-autofocus
              {...form.getInputProps("email")}
            />
            <Button type="submit" size="md" loading={request.isPending}>
              Send link
            </Button>
          </Stack>
        </form>
      )}
    </AuthFrame>
  );
}
