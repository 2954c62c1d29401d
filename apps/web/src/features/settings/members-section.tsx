import { Badge, Group, Select, Skeleton, Stack, Text } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { roleCatalog } from "@tocsin/core/access";
import { useState } from "react";
import { GatedButton } from "../../components/ui/gated-button";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { type Role, roleName, useMe, whyNot } from "../../lib/me";
import { membersOf, workspaceAccounts } from "../../lib/members";
import { kindIn } from "../../lib/tables";
import { Invitations } from "./invitations";
import { InviteDialog } from "./invite-dialog";
import { rolesGivenBy } from "./members";
import { RemoveMemberDialog } from "./remove-member-dialog";
import { RoleOption } from "./role-option";

type Member = { id: string; userId: string; role: string; user: { name: string; email: string } };

export function MembersSection() {
  const me = useMe();
  const forbidden = whyNot(me, "members:write");
  const members = useQuery(membersOf(me.workspace.id));
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Member | null>(null);
  const owners = members.data?.filter((member) => member.role === "owner").length ?? 0;
  return (
    <Stack gap="md">
      <Section
        title="Members"
        maw={880}
        note={`Members of ${me.workspace.name}.`}
        action={
          <GatedButton forbidden={forbidden} leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
            Invite member
          </GatedButton>
        }
      >
        {members.isError && <ProblemAlert error={members.error} onRetry={() => void members.refetch()} />}
        {members.isPending && <Skeleton height={60} />}
        <Stack component="ul" gap={0} className="plain-list">
          {members.data?.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              forbidden={forbidden ?? whyNotTouch(member, me.role, owners)}
              isMe={member.userId === me.user.id}
              data={offered(member, me.role)}
              onRemove={() => setRemoving(member)}
            />
          ))}
        </Stack>
      </Section>
      {!forbidden && <Invitations workspaceId={me.workspace.id} />}
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} />
      <RemoveMemberDialog member={removing} onClose={() => setRemoving(null)} />
    </Stack>
  );
}

function whyNotTouch(member: Member, role: Role, owners: number): string | null {
  if (member.role !== "owner") return null;
  if (role !== "owner") return "Only an owner can change or remove an owner.";
  return owners < 2 ? "A workspace needs an owner. Make another member an owner first." : null;
}

/** What may be given, and in any case what the member has. */
function offered(member: Member, role: Role) {
  const given = rolesGivenBy(role);
  const current = kindIn(roleCatalog, member.role);
  if (!current || given.some(({ value }) => value === current)) return given;
  return [{ value: current, label: roleCatalog[current].label }, ...given];
}

type RowProps = {
  member: Member;
  forbidden: string | null;
  isMe: boolean;
  data: { value: string; label: string }[];
  onRemove: () => void;
};

function MemberRow({ member, forbidden, isMe, data, onRemove }: RowProps) {
  const { workspace } = useMe();
  const queries = useQueryClient();
  const setRole = useMutation({
    mutationFn: (role: Role) =>
      answered(auth.organization.updateMemberRole({ memberId: member.id, role, organizationId: workspace.id })),
    onSuccess: (_, role) => toastDone(`${member.user.name} is now ${roleName({ role })}.`),
    onError: (error) => toastProblem(error, "The role was not changed"),
    onSettled: () => queries.invalidateQueries({ queryKey: workspaceAccounts }),
  });
  return (
    <Group component="li" justify="space-between" py="xs" gap="sm">
      <div style={{ minWidth: 0, flex: "1 1 220px" }}>
        <Group gap="xs">
          <Text size="sm" fw={560} className="wrap-anywhere">
            {member.user.name}
          </Text>
          {isMe && <Badge size="sm">You</Badge>}
        </Group>
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          {member.user.email}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Select
          aria-label={`Role of ${member.user.name}`}
          size="xs"
          w={128}
          comboboxProps={{ width: 300, position: "bottom-end" }}
          data={data}
          value={member.role}
          renderOption={({ option }) => <RoleOption value={option.value} />}
          allowDeselect={false}
          disabled={forbidden !== null || setRole.isPending}
          onChange={(value) => {
            const role = kindIn(roleCatalog, value);
            if (role && role !== member.role) setRole.mutate(role);
          }}
        />
        <GatedButton
          forbidden={forbidden}
          size="xs"
          variant="default"
          aria-label={`Remove ${member.user.name}`}
          onClick={onRemove}
        >
          Remove
        </GatedButton>
      </Group>
    </Group>
  );
}
