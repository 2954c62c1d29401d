import { Group, Text } from "@mantine/core";
import { Sparkline } from "../../components/charts/sparkline";
import type { Key } from "../../components/key/key";
import { KeyStatusBadge, statusLabel } from "../../components/key/key-status";
import { SampleBadge } from "../../components/sample/sample-badge";
import { useSample } from "../../components/sample/use-sample";
import type { TableColumn } from "../../components/table/column";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { count, plural } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";
import { KeyMenu, type KeyMenuProps } from "./key-menu";
import { share } from "./usage-figures";

export type KeyActivity = Outputs["keys"]["activity"]["data"][number];
/** A key and, once that is read, how it was used of late. */
export type KeyRow = Key & { activity?: KeyActivity | undefined };

/** What the list of keys can show of each. */
export function keyColumns(menu: Omit<KeyMenuProps, "row">): TableColumn<KeyRow>[] {
  return [
    ...plainColumns,
    {
      id: "menu",
      label: "Actions",
      bare: true,
      width: 56,
      shown: "always",
      cell: (row) => <KeyMenu row={row} {...menu} />,
      text: () => "",
    },
  ];
}

const plainColumns: readonly TableColumn<KeyRow>[] = [
  {
    id: "name",
    label: "Name",
    least: 150,
    shown: "always",
    sort: { field: "name" },
    cell: (row) => <KeyName row={row} />,
    text: (row) => row.name,
  },
  {
    id: "prefix",
    label: "Secret",
    width: 140,
    shown: "xl",
    cell: (row) => <span className="mono">{row.key_prefix}…</span>,
    text: (row) => row.key_prefix,
  },
  {
    id: "status",
    label: "State",
    width: 112,
    shown: "always",
    cell: (row) => <KeyStatusBadge status={row.status} />,
    text: (row) => statusLabel(row.status),
  },
  {
    id: "trend",
    label: "14 days",
    width: 124,
    shown: "md",
    cell: ({ activity, name }) =>
      activity && (
        <Sparkline values={activity.daily} label={`${name}: ${plural(activity.requests, "request")} in 14 days`} />
      ),
    text: ({ activity }) => String(activity?.requests ?? ""),
  },
  {
    id: "errors",
    label: "Errors",
    width: 82,
    align: "right",
    shown: "lg",
    cell: ({ activity }) => <ErrorShare activity={activity} />,
    text: ({ activity }) => (activity ? errorShare(activity) : ""),
  },
  {
    id: "last_used",
    label: "Last used",
    width: 136,
    shown: "sm",
    sort: { field: "last_used_at", first: "down" },
    cell: (row) => <MaybeTime value={row.last_used_at} />,
    text: (row) => row.last_used_at ?? "",
  },
  {
    id: "requests",
    label: "Requests",
    width: 104,
    align: "right",
    shown: "md",
    sort: { field: "total_requests", first: "down" },
    cell: (row) => <span className="numbers">{count(row.total_requests)}</span>,
    text: (row) => String(row.total_requests),
  },
  {
    id: "networks",
    label: "Networks",
    width: 90,
    align: "right",
    shown: "xl",
    cell: ({ activity }) => (activity ? count(activity.networks) : ""),
    text: ({ activity }) => String(activity?.networks ?? ""),
  },
  {
    id: "expires",
    label: "Expires",
    width: 124,
    shown: "sm",
    sort: { field: "expires_at" },
    cell: (row) => <End row={row} />,
    text: (row) => row.revoked_at ?? row.expires_at ?? "",
  },
  {
    id: "creator",
    label: "Creator",
    width: 170,
    shown: "xl",
    cell: (row) => <span title={row.created_by ?? undefined}>{row.created_by ?? "–"}</span>,
    text: (row) => row.created_by ?? "",
  },
  {
    id: "created",
    label: "Created",
    width: 116,
    shown: "chosen",
    sort: { field: "created_at", first: "down" },
    cell: (row) => <Time value={row.created_at} as="date" />,
    text: (row) => row.created_at,
  },
  {
    id: "scopes",
    label: "Scopes",
    width: 220,
    shown: "chosen",
    cell: (row) => <span title={row.scopes.join(", ")}>{row.scopes.join(", ")}</span>,
    text: (row) => row.scopes.join(" "),
  },
];

function KeyName({ row }: { row: Key }) {
  const sample = useSample();
  return (
    <Group gap={6} wrap="nowrap">
      <AnchorLink to="/keys/$keyId" params={{ keyId: row.id }} fw={560} size="sm" className="cut" title={row.name}>
        {row.name}
      </AnchorLink>
      {sample?.key_ids.includes(row.id) && <SampleBadge />}
    </Group>
  );
}

function errorShare({ requests, errors }: KeyActivity): string {
  return requests === 0 ? "–" : share(errors / requests);
}

function ErrorShare({ activity }: { activity: KeyActivity | undefined }) {
  if (!activity) return null;
  const many = activity.requests > 0 && activity.errors / activity.requests >= 0.1;
  return (
    <Text span inherit className="numbers" {...(many ? { c: "red", fw: 560 } : {})}>
      {errorShare(activity)}
    </Text>
  );
}

function MaybeTime({ value }: { value: string | null }) {
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
  return <MaybeTime value={null} />;
}
