import { Button, PasswordInput, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { z } from "zod";
import { checkName, checkPassword, passwordHint } from "../../components/account/account-fields";
import { ButtonLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { answered, auth } from "../../lib/auth";
import { enter } from "../../lib/enter";
import { fieldErrors } from "../../lib/field-errors";
import { roleName } from "../../lib/me";
import { requestJson } from "../../lib/problem";
import { AuthFrame } from "./auth-frame";

const route = getRouteApi("/accept-invitation/$invitationId");
const invitationShape = z.object({
  email: z.string(),
  role: z.string(),
  workspace: z.string(),
  has_account: z.boolean(),
});
type Invitation = z.infer<typeof invitationShape>;

export function AcceptInvitationPage() {
  const { invitationId } = route.useParams();
  const invitation = useQuery({
    queryKey: ["invitation", invitationId],
    queryFn: async () =>
      invitationShape.parse(await requestJson(`/api/invitations/${encodeURIComponent(invitationId)}`)),
  });
  if (invitation.isPending) {
    return (
      <AuthFrame title="Invitation">
        <Skeleton height={140} role="status" aria-label="Loading" />
      </AuthFrame>
    );
  }
  if (invitation.isError) {
    return (
      <AuthFrame title="Invitation" footer="Ask the person who invited you for a new link.">
        <ProblemAlert error={invitation.error} title="This invitation cannot be used" />
      </AuthFrame>
    );
  }
  const { data } = invitation;
  return (
    <AuthFrame title={`Join ${data.workspace}`} note={`${data.email} is invited as ${roleName(data)}.`}>
      {data.has_account ? (
        <Join id={invitationId} invitation={data} />
      ) : (
        <JoinNew id={invitationId} invitation={data} />
      )}
    </AuthFrame>
  );
}

type Props = { id: string; invitation: Invitation };

/** For someone without an account: a name and a password are all that is missing. */
function JoinNew({ id, invitation }: Props) {
  const form = useForm({
    initialValues: { name: "", password: "" },
    validate: { name: checkName, password: checkPassword },
  });
  const accept = useMutation({
    mutationFn: (values: typeof form.values) =>
      requestJson("/api/invitations/accept", { ...values, invitation_id: id }),
    onSuccess: () => enter(),
    onError: (error) => form.setErrors(fieldErrors(error, { name: "name", password: "password" })),
  });
  return (
    <form onSubmit={form.onSubmit((values) => accept.mutate(values))} noValidate>
      <Stack gap="md">
        {accept.isError && <ProblemAlert error={accept.error} title="The invitation was not accepted" />}
        <TextInput label="Email" value={invitation.email} readOnly autoComplete="username" />
        <TextInput label="Name" autoComplete="name" required {...form.getInputProps("name")} />
        <PasswordInput
          label="Password"
          autoComplete="new-password"
          required
          description={passwordHint}
          {...form.getInputProps("password")}
        />
        <Button type="submit" size="md" loading={accept.isPending || accept.isSuccess}>
          Accept invitation
        </Button>
      </Stack>
    </form>
  );
}

/** For someone with an account: they must be signed in as the one who is invited. */
function Join({ id, invitation }: Props) {
  const session = auth.useSession();
  const accept = useMutation({
    mutationFn: async () => {
      const joined = await answered(auth.organization.acceptInvitation({ invitationId: id }));
      await answered(auth.organization.setActive({ organizationId: joined.invitation.organizationId }));
    },
    onSuccess: () => enter(),
  });
  if (session.isPending) return <Skeleton height={36} />;
  const email = session.data?.user.email;
  if (email?.toLowerCase() !== invitation.email.toLowerCase()) {
    return (
      <Stack gap="md">
        <Text size="sm">
          {email
            ? `You are signed in as ${email}. Sign in as ${invitation.email} to accept.`
            : "An account with this email address exists. Sign in to accept."}
        </Text>
        <ButtonLink to="/sign-in" search={{ redirect: `/accept-invitation/${id}` }} size="md">
          Sign in
        </ButtonLink>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      {accept.isError && <ProblemAlert error={accept.error} title="The invitation was not accepted" />}
      <Button size="md" loading={accept.isPending || accept.isSuccess} onClick={() => accept.mutate()}>
        Accept invitation
      </Button>
    </Stack>
  );
}
