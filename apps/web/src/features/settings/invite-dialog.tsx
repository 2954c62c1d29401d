import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { checkEmail } from "../../components/account/account-fields";
import { CopyBlock } from "../../components/ui/copy";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { answered, auth } from "../../lib/auth";
import { type Role, roleName, useMe } from "../../lib/me";
import { workspaceAccounts } from "../../lib/members";
import { invitationLink, rolesGivenBy } from "./members";
import { RoleOption } from "./role-option";

type Values = { email: string; role: Role };

/** Makes an invitation and shows its link: nothing is sent by mail, whoever invites passes it on. */
export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { workspace, role } = useMe();
  const queries = useQueryClient();
  const form = useForm<Values>({ initialValues: { email: "", role: "analyst" }, validate: { email: checkEmail } });
  const invite = useMutation({
    mutationFn: (values: Values) =>
      answered(
        auth.organization.inviteMember({
          email: values.email.trim(),
          role: values.role,
          organizationId: workspace.id,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: workspaceAccounts }),
  });
  const reset = () => {
    invite.reset();
    form.reset();
  };
  return (
    <Modal opened={opened} onClose={onClose} onExitTransitionEnd={reset} title="Invite member">
      {invite.data ? (
        <Stack gap="md">
          <Text size="sm">
            Send this link to <strong className="wrap-anywhere">{invite.data.email}</strong> over a channel that you
            trust. Anyone who has it can join as {roleName(invite.data)}. It is shown only now.
          </Text>
          <CopyBlock value={invitationLink(invite.data.id)} label="Copy invitation link" />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((values) => invite.mutate(values))} noValidate>
          <Stack gap="md">
            {invite.isError && <ProblemAlert error={invite.error} title="The invitation was not created" />}
            <TextInput
              label="Email"
              type="email"
              required
              data-autofocus
              autoComplete="off"
              {...form.getInputProps("email")}
            />
            <Select
              label="Role"
              allowDeselect={false}
              data={rolesGivenBy(role)}
              renderOption={({ option }) => <RoleOption value={option.value} />}
              {...form.getInputProps("role")}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={invite.isPending}>
                Create invitation
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
