import { Drawer, Text, UnstyledButton } from "@mantine/core";
import { useMemo } from "react";
import type { TableColumn, TableProps } from "../../components/table/column";
import { DataTable } from "../../components/table/data-table";
import { Time } from "../../components/ui/time";
import { type AuditEvent, actionLabel } from "./audit-query";
import type { AuditSearch } from "./audit-search";
import { EventDetails } from "./event-details";
import { OutcomeBadge } from "./outcome-badge";

type Props = Pick<TableProps<AuditEvent>, "total" | "onEnd" | "busy"> & {
  events: readonly AuditEvent[] | undefined;
  /** The id of the event whose details are open. */
  openId: string | undefined;
  onOpen: (id: string | null) => void;
  onFilter: (change: Partial<Record<keyof AuditSearch, string>>) => void;
};

/** The events as a table; each opens to its details. */
export function AuditRows({ events, openId, onOpen, onFilter, ...rest }: Props) {
  const columns = useMemo(() => [actionColumn((event) => onOpen(event.id)), ...plainColumns], [onOpen]);
  const open = events?.find(({ id }) => id === openId);
  return (
    <>
      <DataTable<AuditEvent>
        name="audit"
        label="Events"
        columns={columns}
        rows={events}
        idOf={({ id }) => id}
        nameOf={({ action }) => actionLabel(action)}
        onOpen={({ id }) => onOpen(id)}
        {...rest}
      />
      <Drawer
        opened={open !== undefined}
        onClose={() => onOpen(null)}
        title={open && <Text fw={600}>{actionLabel(open.action)}</Text>}
      >
        {open && <EventDetails event={open} onFilter={onFilter} />}
      </Drawer>
    </>
  );
}

function actionColumn(onOpen: (event: AuditEvent) => void): TableColumn<AuditEvent> {
  return {
    id: "action",
    label: "Action",
    least: 160,
    shown: "always",
    cell: (event) => (
      <UnstyledButton
        fz="sm"
        fw={560}
        className="cut"
        maw="100%"
        aria-haspopup="dialog"
        aria-label={`Details of ${actionLabel(event.action)}`}
        onClick={() => onOpen(event)}
      >
        {actionLabel(event.action)}
      </UnstyledButton>
    ),
    text: ({ action }) => action,
  };
}

const plainColumns: readonly TableColumn<AuditEvent>[] = [
  {
    id: "at",
    label: "Time",
    width: 132,
    shown: "always",
    cell: ({ at }) => <Time value={at} />,
    text: ({ at }) => at,
  },
  {
    id: "outcome",
    label: "Outcome",
    width: 104,
    shown: "sm",
    cell: ({ outcome }) => <OutcomeBadge outcome={outcome} />,
    text: ({ outcome }) => outcome,
  },
  {
    id: "actor",
    label: "Actor",
    least: 150,
    shown: "sm",
    cell: ({ actor }) => <Named named={actor} />,
    text: ({ actor }) => nameOf(actor),
  },
  {
    id: "target",
    label: "Target",
    least: 150,
    shown: "md",
    cell: ({ target }) => <Named named={target} />,
    text: ({ target }) => nameOf(target),
  },
  {
    id: "reason",
    label: "Reason",
    least: 150,
    shown: "md",
    cell: ({ reason }) => <span title={reason ?? undefined}>{reason}</span>,
    text: ({ reason }) => reason ?? "",
  },
];

type NamedThing = { type: string; id: string | null; name: string | null };

function Named({ named }: { named: NamedThing | null }) {
  if (!named) return null;
  const name = nameOf(named);
  const type = named.type.replaceAll("_", " ");
  return <span title={name === named.type ? name : `${name} (${type})`}>{name}</span>;
}

function nameOf(named: NamedThing | null): string {
  return named?.name ?? named?.id ?? named?.type ?? "";
}
