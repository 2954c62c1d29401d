import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { Time } from "../../components/ui/time";
import { toastProblem } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { roleName } from "../../lib/me";
import { workspaceAccounts } from "../../lib/members";
import { invitationsOf } from "./members";

/** The invitations that nobody has accepted yet. */
export function Invitations({ workspaceId }: { workspaceId: string }) {
  const invitations = useQuery(invitationsOf(workspaceId));
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (invitationId: string) => answered(auth.organization.cancelInvitation({ invitationId })),
    onError: (error) => toastProblem(error, "The invitation was not withdrawn"),
    onSettled: () => queries.invalidateQueries({ queryKey: workspaceAccounts }),
  });
  if (invitations.isError) return <ProblemAlert error={invitations.error} />;
  if (!invitations.data?.length) return null;
  return (
    <Section
      title="Open invitations"
      maw={880}
      note="Each link is shown once, when it is made, and works once, until it expires or is withdrawn. To get a new link, invite the address again: the link before it ends."
    >
      <Stack component="ul" gap={0} className="plain-list">
        {invitations.data.map((invitation) => (
          <Group component="li" key={invitation.id} justify="space-between" py="xs" gap="sm">
            <div style={{ minWidth: 0, flex: "1 1 220px" }}>
              <Text size="sm" fw={560} className="wrap-anywhere">
                {invitation.email}
              </Text>
              <Text size="xs" c="dimmed" component="div">
                {roleName(invitation)}, expires <Time value={new Date(invitation.expiresAt).toISOString()} />
              </Text>
            </div>
            <Button
              size="xs"
              variant="default"
              aria-label={`Withdraw the invitation of ${invitation.email}`}
              loading={withdraw.isPending && withdraw.variables === invitation.id}
              onClick={() => withdraw.mutate(invitation.id)}
            >
              Withdraw
            </Button>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
