import { ActionIcon, Card, Group, Menu, Paper, Stack, Table, Text } from "@mantine/core";
import { IconDots, IconEye, IconLockOff, IconPencil, IconRotateClockwise2 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Key } from "../../components/key/key";
import { KeyStatusBadge } from "../../components/key/key-status";
import { SampleBadge } from "../../components/sample/sample-badge";
import { useSample } from "../../components/sample/use-sample";
import { AnchorLink } from "../../components/ui/links";
import { MenuLink } from "../../components/ui/menu-link";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { Time } from "../../components/ui/time";
import { count } from "../../lib/numbers";
import type { KeyAction } from "./key-dialogs";

type Act = (action: KeyAction, key: Key) => void;
type Props = { rows: readonly Key[] | undefined; onAct: Act; forbidden: string | null };

/** The keys: a table where there is room for one, else a card each. */
export function KeyRows(props: Props) {
  return (
    <>
      <Paper visibleFrom="md" className="scroll-x">
        <KeyTable {...props} />
      </Paper>
      <Stack hiddenFrom="md" gap="xs">
        {props.rows?.map((key) => (
          <KeyCard key={key.id} row={key} onAct={props.onAct} forbidden={props.forbidden} />
        ))}
      </Stack>
    </>
  );
}

function KeyTable({ rows, onAct, forbidden }: Props) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Name</Table.Th>
          <Table.Th scope="col">State</Table.Th>
          <Table.Th scope="col">Last used</Table.Th>
          <Table.Th scope="col" ta="right">
            Requests
          </Table.Th>
          <Table.Th scope="col">Expires</Table.Th>
          <Table.Th scope="col">Created</Table.Th>
          <Table.Th scope="col" w={52} aria-label="Actions" />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows === undefined && <RowsSkeleton rows={6} columns={7} height={32} />}
        {rows?.map((key) => (
          <Table.Tr key={key.id}>
            <Table.Td maw={360}>
              <KeyName row={key} />
            </Table.Td>
            <Table.Td>
              <KeyStatusBadge status={key.status} />
            </Table.Td>
            <Table.Td>
              <LastUsed value={key.last_used_at} />
            </Table.Td>
            <Table.Td ta="right">{count(key.total_requests)}</Table.Td>
            <Table.Td>
              <End row={key} />
            </Table.Td>
            <Table.Td>
              <Time value={key.created_at} as="date" />
              {key.created_by && (
                <Text size="xs" c="dimmed" className="cut" maw={160}>
                  {key.created_by}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <KeyMenu row={key} onAct={onAct} forbidden={forbidden} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

type RowProps = { row: Key; onAct: Act; forbidden: string | null };

function KeyCard({ row, onAct, forbidden }: RowProps) {
  return (
    <Card withBorder radius="md" padding="sm" component="article" aria-label={row.name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <KeyName row={row} />
        </div>
        <Group gap={4} wrap="nowrap">
          <KeyStatusBadge status={row.status} />
          <KeyMenu row={row} onAct={onAct} forbidden={forbidden} />
        </Group>
      </Group>
      <Group mt="sm" gap="md" justify="space-between" align="flex-start">
        <Labelled label="Last used">
          <LastUsed value={row.last_used_at} />
        </Labelled>
        <Labelled label="Requests">{count(row.total_requests)}</Labelled>
        <Labelled label={row.revoked_at ? "Ended" : "Expires"}>
          <End row={row} />
        </Labelled>
      </Group>
    </Card>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div style={{ minWidth: 0 }}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="div" size="sm">
        {children}
      </Text>
    </div>
  );
}

function KeyName({ row }: { row: Key }) {
  const sample = useSample();
  return (
    <>
      <AnchorLink
        to="/keys/$keyId"
        params={{ keyId: row.id }}
        fw={560}
        size="sm"
        display="block"
        className="wrap-anywhere"
        lineClamp={2}
      >
        {row.name}
      </AnchorLink>
      {sample?.key_ids.includes(row.id) && <SampleBadge />}
      <Text size="xs" c="dimmed" className="mono">
        {row.key_prefix}…{row.previous_key_prefix ? ` and ${row.previous_key_prefix}…` : ""}
      </Text>
    </>
  );
}

function LastUsed({ value }: { value: string | null }) {
  return value ? (
    <Time value={value} />
  ) : (
    <Text span inherit c="dimmed">
      Never
    </Text>
  );
}

function End({ row }: { row: Key }) {
  if (row.revoked_at) return <Time value={row.revoked_at} />;
  if (row.expires_at) return <Time value={row.expires_at} as={row.status === "active" ? "date" : "relative"} />;
  return (
    <Text span inherit c="dimmed">
      Never
    </Text>
  );
}

function KeyMenu({ row, onAct, forbidden }: RowProps) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${row.name}`}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuLink to="/keys/$keyId" params={{ keyId: row.id }} leftSection={<IconEye size={16} />}>
          Details
        </MenuLink>
        {row.status !== "revoked" && (
          <>
            {forbidden && <Menu.Label>Not for your role</Menu.Label>}
            <Menu.Item
              leftSection={<IconPencil size={16} />}
              disabled={forbidden !== null}
              onClick={() => onAct("edit", row)}
            >
              Edit key
            </Menu.Item>
            {row.status !== "expired" && (
              <Menu.Item
                leftSection={<IconRotateClockwise2 size={16} />}
                disabled={forbidden !== null}
                onClick={() => onAct("rotate", row)}
              >
                Rotate key
              </Menu.Item>
            )}
            <Menu.Item
              color="var(--mantine-color-error)"
              leftSection={<IconLockOff size={16} />}
              disabled={forbidden !== null}
              onClick={() => onAct("revoke", row)}
            >
              Revoke key
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
