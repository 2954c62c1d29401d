import { Accordion, ActionIcon, Box, Group, Paper, Stack, Table, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { Time } from "../../components/ui/time";
import { type AuditEvent, actionLabel } from "./audit-query";
import type { AuditSearch } from "./audit-search";
import { EventDetails } from "./event-details";
import { OutcomeBadge } from "./outcome-badge";

type Filter = (change: Partial<Record<keyof AuditSearch, string>>) => void;
type Props = { events: readonly AuditEvent[] | undefined; onFilter: Filter };

/** The events: a table where there is room for one, else a list; each opens to its details. */
export function AuditRows({ events, onFilter }: Props) {
  return (
    <>
      <Paper visibleFrom="md" className="scroll-x">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" w={44} aria-label="Details" />
              <Table.Th scope="col">Time</Table.Th>
              <Table.Th scope="col">Action</Table.Th>
              <Table.Th scope="col">Outcome</Table.Th>
              <Table.Th scope="col">Actor</Table.Th>
              <Table.Th scope="col">Target</Table.Th>
              <Table.Th scope="col">Reason</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {events === undefined && <RowsSkeleton rows={10} columns={7} />}
            {events?.map((event) => (
              <EventRow key={event.id} event={event} onFilter={onFilter} />
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      <Box hiddenFrom="md">
        {events && (
          <Accordion variant="contained">
            {events.map((event) => (
              <EventItem key={event.id} event={event} onFilter={onFilter} />
            ))}
          </Accordion>
        )}
      </Box>
    </>
  );
}

function EventRow({ event, onFilter }: { event: AuditEvent; onFilter: Filter }) {
  const [open, setOpen] = useState(false);
  return (
    <Fragment>
      <Table.Tr style={{ cursor: "pointer" }} onClick={() => setOpen(!open)}>
        <Table.Td pr={0}>
          <ActionIcon
            size="sm"
            aria-expanded={open}
            aria-label={`Details of ${actionLabel(event.action)}`}
            onClick={(click) => {
              click.stopPropagation();
              setOpen(!open);
            }}
          >
            {open ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
          </ActionIcon>
        </Table.Td>
        <Table.Td>
          <Time value={event.at} />
        </Table.Td>
        <Table.Td style={{ whiteSpace: "nowrap" }}>{actionLabel(event.action)}</Table.Td>
        <Table.Td>
          <OutcomeBadge outcome={event.outcome} />
        </Table.Td>
        <Table.Td maw={220}>
          <Named named={event.actor} />
        </Table.Td>
        <Table.Td maw={220}>
          <Named named={event.target} />
        </Table.Td>
        <Table.Td maw={260}>
          <Text size="sm" className="cut" title={event.reason ?? ""}>
            {event.reason}
          </Text>
        </Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr bg="var(--tocsin-canvas)">
          <Table.Td />
          <Table.Td colSpan={6} py="sm">
            <EventDetails event={event} onFilter={onFilter} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}

function EventItem({ event, onFilter }: { event: AuditEvent; onFilter: Filter }) {
  return (
    <Accordion.Item value={event.id}>
      <Accordion.Control>
        <Stack gap={2} pr="xs">
          <Group justify="space-between" gap="xs">
            <Text size="sm" fw={560}>
              {actionLabel(event.action)}
            </Text>
            <OutcomeBadge outcome={event.outcome} />
          </Group>
          <Text size="xs" c="dimmed" component="div" className="wrap-anywhere">
            {nameOf(event.actor)} · <Time value={event.at} />
          </Text>
          {event.target && (
            <Text size="xs" className="wrap-anywhere">
              {nameOf(event.target)}
            </Text>
          )}
        </Stack>
      </Accordion.Control>
      <Accordion.Panel>
        <EventDetails event={event} onFilter={onFilter} />
      </Accordion.Panel>
    </Accordion.Item>
  );
}

type NamedThing = { type: string; id: string | null; name: string | null };

function Named({ named }: { named: NamedThing | null }) {
  if (!named) return null;
  const name = nameOf(named);
  return (
    <>
      <Text size="sm" className="cut" title={name}>
        {name}
      </Text>
      {name !== named.type && (
        <Text size="xs" c="dimmed">
          {named.type.replaceAll("_", " ")}
        </Text>
      )}
    </>
  );
}

function nameOf({ type, id, name }: NamedThing): string {
  return name ?? id ?? type;
}
