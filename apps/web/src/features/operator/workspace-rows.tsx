import { Badge, Button, Card, Group, Paper, Stack, Table, Text } from "@mantine/core";
import { TierBadge } from "../../components/key/tier-badge";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { Time } from "../../components/ui/time";
import { useMe } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";

export type Workspace = Outputs["workspaces"]["list"]["data"][number];

type Props = {
  rows: readonly Workspace[] | undefined;
  onChange: (workspace: Workspace) => void;
  onSuspend: (workspace: Workspace) => void;
};

/** The workspaces: a table where there is room for one, else a card each. */
export function WorkspaceRows({ rows, ...actions }: Props) {
  return (
    <>
      <Paper visibleFrom="lg" className="scroll-x">
        <WorkspaceTable rows={rows} {...actions} />
      </Paper>
      <Stack hiddenFrom="lg" gap="xs">
        {rows?.map((workspace) => (
          <WorkspaceCard key={workspace.id} workspace={workspace} {...actions} />
        ))}
      </Stack>
    </>
  );
}

function WorkspaceTable({ rows, ...actions }: Props) {
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
              <Name workspace={workspace} />
            </Table.Td>
            <Table.Td>
              <Marks workspace={workspace} />
            </Table.Td>
            <Table.Td ta="right">{count(workspace.keys.active)}</Table.Td>
            <Table.Td ta="right">{count(workspace.keys.total)}</Table.Td>
            <Table.Td ta="right">{count(workspace.members)}</Table.Td>
            <Table.Td>
              <Time value={workspace.created_at} as="date" />
            </Table.Td>
            <Table.Td ta="right">
              <Actions workspace={workspace} {...actions} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

type OneProps = { workspace: Workspace };
type RowProps = OneProps & Omit<Props, "rows">;

function WorkspaceCard({ workspace, ...actions }: RowProps) {
  return (
    <Card withBorder radius="md" padding="sm" component="article" aria-label={workspace.name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Name workspace={workspace} />
        <Marks workspace={workspace} />
      </Group>
      <Group justify="space-between" gap="xs" mt="xs">
        <Text size="xs" c="dimmed" component="div">
          {plural(workspace.keys.active, "active key")} of {count(workspace.keys.total)},{" "}
          {plural(workspace.members, "member")}, since <Time value={workspace.created_at} as="date" />
        </Text>
        <Actions workspace={workspace} {...actions} />
      </Group>
    </Card>
  );
}

function Name({ workspace }: OneProps) {
  return (
    <Text size="sm" fw={560} className="wrap-anywhere">
      {workspace.name}
    </Text>
  );
}

function Marks({ workspace }: OneProps) {
  return (
    <Group gap={6} wrap="nowrap">
      <TierBadge tier={workspace.tier} />
      {workspace.overrides && (
        <Badge className="whole" color="yellow">
          custom limits
        </Badge>
      )}
      {workspace.suspended_at && (
        <Badge className="whole" color="red">
          suspended
        </Badge>
      )}
    </Group>
  );
}

function Actions({ workspace, onChange, onSuspend }: RowProps) {
  const { workspace: own } = useMe();
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end" ml="auto">
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
  );
}
