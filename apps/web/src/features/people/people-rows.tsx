import { ActionIcon, Badge, Card, Group, Menu, Paper, Stack, Table, Text } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { Time } from "../../components/ui/time";
import { roleName, useMe } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { rowsOf } from "../../lib/tables";
import { type Person, type PersonTask, type Task, tasks } from "./person-dialogs";

type Props = { rows: readonly Person[] | undefined; onAct: (task: PersonTask) => void };

/** The people: a table where there is room for one, else a card each. */
export function PeopleRows({ rows, onAct }: Props) {
  return (
    <>
      <Paper visibleFrom="lg" className="scroll-x">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Name</Table.Th>
              <Table.Th scope="col">Workspaces</Table.Th>
              <Table.Th scope="col">Second factor</Table.Th>
              <Table.Th scope="col" ta="right">
                Sessions
              </Table.Th>
              <Table.Th scope="col" ta="right">
                Active keys
              </Table.Th>
              <Table.Th scope="col">Last seen</Table.Th>
              <Table.Th scope="col" aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows === undefined && <RowsSkeleton rows={4} columns={7} height={36} />}
            {rows?.map((person) => (
              <Table.Tr key={person.id}>
                <Table.Td maw={320} miw={180}>
                  <Name person={person} />
                </Table.Td>
                <Table.Td maw={280}>
                  <Workspaces person={person} />
                </Table.Td>
                <Table.Td>{factorsOf(person, "On", "Off")}</Table.Td>
                <Table.Td ta="right">{count(person.sessions)}</Table.Td>
                <Table.Td ta="right">{count(person.active_keys)}</Table.Td>
                <Table.Td>{person.seen_at ? <Time value={person.seen_at} /> : "Never"}</Table.Td>
                <Table.Td ta="right">
                  <Actions person={person} onAct={onAct} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      <Stack hiddenFrom="lg" gap="xs">
        {rows?.map((person) => (
          <PersonCard key={person.id} person={person} onAct={onAct} />
        ))}
      </Stack>
    </>
  );
}

type RowProps = { person: Person; onAct: Props["onAct"] };

function PersonCard({ person, onAct }: RowProps) {
  return (
    <Card withBorder radius="md" padding="sm" component="article" aria-label={person.name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Name person={person} />
        <Actions person={person} onAct={onAct} />
      </Group>
      <Workspaces person={person} />
      <Text size="xs" c="dimmed" mt="xs" component="div">
        Second factor {factorsOf(person, "on", "off")}, {plural(person.sessions, "session")},{" "}
        {plural(person.active_keys, "active key")}, seen {person.seen_at ? <Time value={person.seen_at} /> : "never"}
      </Text>
    </Card>
  );
}

function Name({ person }: { person: Person }) {
  const { user } = useMe();
  return (
    <div style={{ minWidth: 0 }}>
      <Group gap={6}>
        <Text size="sm" fw={560} className="wrap-anywhere">
          {person.name}
        </Text>
        {person.id === user.id && <Badge size="sm">You</Badge>}
        {person.operator && (
          <Badge size="sm" color="tide">
            Operator
          </Badge>
        )}
        {person.disabled_at && (
          <Badge size="sm" color="red">
            Disabled
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed" className="wrap-anywhere">
        {person.email}
      </Text>
    </div>
  );
}

function Workspaces({ person }: { person: Person }) {
  return (
    <Text size="xs" className="wrap-anywhere">
      {person.workspaces.length === 0
        ? "None"
        : person.workspaces.map((workspace) => `${workspace.name} (${roleName(workspace)})`).join(", ")}
    </Text>
  );
}

function Actions({ person, onAct }: RowProps) {
  const me = useMe();
  const all: Readonly<Record<PersonTask["action"], Task>> = tasks;
  const offered = rowsOf(all).filter(([, { offered }]) => offered(person, person.id === me.user.id));
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${person.name}`}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map(([action, { title, grave }]) => (
          <Menu.Item
            key={action}
            {...(grave ? { color: "var(--mantine-color-error)" } : {})}
            onClick={() => onAct({ action, person })}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function factorsOf({ two_factor_enabled, passkeys }: Person, on: string, off: string): string {
  return `${two_factor_enabled ? on : off}${passkeys > 0 ? `, ${plural(passkeys, "passkey")}` : ""}`;
}
