import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { enter } from "../../lib/enter";
import { useMe } from "../../lib/me";
import { workspaceAccounts } from "../../lib/members";

type Member = { id: string; userId: string; user: { name: string } };

export function RemoveMemberDialog({ member, onClose }: { member: Member | null; onClose: () => void }) {
  const { user, workspace } = useMe();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: ({ id }: Member) =>
      answered(auth.organization.removeMember({ memberIdOrEmail: id, organizationId: workspace.id })),
    onSuccess: async (_, removed) => {
      if (removed.userId === user.id) return enter();
      await queries.invalidateQueries({ queryKey: workspaceAccounts });
      toastDone(`${removed.user.name} is no longer a member.`);
      onClose();
    },
  });
  return (
    <Modal opened={member !== null} onClose={onClose} onExitTransitionEnd={remove.reset} title="Remove member">
      <Stack gap="md">
        <Text size="sm">
          <strong>{member?.user.name}</strong> loses access to {workspace.name} immediately. Keys that they created
          stay, because keys belong to the workspace.
        </Text>
        {remove.isError && <ProblemAlert error={remove.error} title="The member was not removed" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => member && remove.mutate(member)}>
            Remove member
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
