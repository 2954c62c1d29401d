import { Badge, Button, Group, Table, Text } from "@mantine/core";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { Time } from "../../components/ui/time";
import { useMe } from "../../lib/me";
import { count } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";

export type Workspace = Outputs["workspaces"]["list"]["data"][number];

type Props = {
  rows: readonly Workspace[] | undefined;
  onChange: (workspace: Workspace) => void;
  onSuspend: (workspace: Workspace) => void;
};

export function WorkspaceRows({ rows, onChange, onSuspend }: Props) {
  const { workspace: own } = useMe();
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Name</Table.Th>
          <Table.Th scope="col">Tier</Table.Th>
          <Table.Th scope="col" ta="right">
            Active keys
          </Table.Th>
          <Table.Th scope="col" ta="right">
            All keys
          </Table.Th>
          <Table.Th scope="col" ta="right">
            Members
          </Table.Th>
          <Table.Th scope="col">Created</Table.Th>
          <Table.Th scope="col" aria-label="Actions" />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows === undefined && <RowsSkeleton rows={4} columns={7} height={28} />}
        {rows?.map((workspace) => (
          <Table.Tr key={workspace.id}>
            <Table.Td maw={320} miw={150}>
              <Text size="sm" fw={560} className="wrap-anywhere">
                {workspace.name}
              </Text>
            </Table.Td>
            <Table.Td>
              <Group gap={6} wrap="nowrap">
                <Badge className="whole" color={workspace.tier === "free" ? "gray" : "tide"}>
                  {workspace.tier}
                </Badge>
                {workspace.overrides && (
                  <Badge className="whole" color="yellow">
                    own figures
                  </Badge>
                )}
                {workspace.suspended_at && (
                  <Badge className="whole" color="red">
                    suspended
                  </Badge>
                )}
              </Group>
            </Table.Td>
            <Table.Td ta="right">{count(workspace.keys.active)}</Table.Td>
            <Table.Td ta="right">{count(workspace.keys.total)}</Table.Td>
            <Table.Td ta="right">{count(workspace.members)}</Table.Td>
            <Table.Td>
              <Time value={workspace.created_at} as="date" />
            </Table.Td>
            <Table.Td ta="right">
              <Group gap={6} wrap="nowrap" justify="flex-end">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Change tier of ${workspace.name}`}
                  onClick={() => onChange(workspace)}
                >
                  Change tier
                </Button>
                {workspace.id !== own.id && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`${workspace.suspended_at ? "Resume" : "Suspend"} ${workspace.name}`}
                    onClick={() => onSuspend(workspace)}
                  >
                    {workspace.suspended_at ? "Resume" : "Suspend"}
                  </Button>
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
