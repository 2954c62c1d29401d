import { Button, Code, DataList, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyIcon } from "../../components/ui/copy";
import { Time } from "../../components/ui/time";
import type { AuditEvent } from "./audit-query";
import type { AuditSearch } from "./audit-search";

type Props = { event: AuditEvent; onFilter: (change: Partial<Record<keyof AuditSearch, string>>) => void };

/** All that the log holds of one event. */
export function EventDetails({ event, onFilter }: Props) {
  const rows: [string, ReactNode][] = [["Time", <Time key="at" value={event.at} as="full" />]];
  if (event.reason) rows.push(["Reason", event.reason]);
  if (event.actor.id) {
    const { id } = event.actor;
    rows.push(["Actor", <Id key="actor" id={id} word="actor" onFilter={() => onFilter({ actor: id })} />]);
  }
  if (event.target?.id) {
    const { id } = event.target;
    rows.push(["Target", <Id key="target" id={id} word="target" onFilter={() => onFilter({ target: id })} />]);
  }
  if (event.ip)
    rows.push([
      "IP address",
      <span key="ip" className="mono">
        {event.ip}
      </span>,
    ]);
  if (event.user_agent) rows.push(["User agent", event.user_agent]);
  if (event.request_id) rows.push(["Request ID", <Id key="request" id={event.request_id} word="request" />]);
  if (event.details && Object.keys(event.details).length > 0) {
    rows.push([
      "Details",
      <Code block key="details" fz="xs" style={{ whiteSpace: "pre-wrap" }} className="wrap-anywhere">
        {JSON.stringify(event.details, null, 2)}
      </Code>,
    ]);
  }
  return (
    <DataList labelWidth="80px">
      {rows.map(([label, shown]) => (
        <DataList.Item key={label}>
          <DataList.ItemLabel>{label}</DataList.ItemLabel>
          <DataList.ItemValue className="wrap-anywhere" style={{ minWidth: 0, flex: 1 }}>
            {shown}
          </DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  );
}

function Id({ id, word, onFilter }: { id: string; word: string; onFilter?: () => void }) {
  return (
    <Group gap={4}>
      <span className="mono wrap-anywhere">{id}</span>
      <CopyIcon value={id} label={`Copy ${word} ID`} size="xs" />
      {onFilter && (
        <Button size="compact-xs" variant="subtle" onClick={onFilter}>
          Filter by this {word}
        </Button>
      )}
    </Group>
  );
}
