import { ActionIcon, Group, Text, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconMessage } from "@tabler/icons-react";
import { typeLabels } from "../../components/ioc/ioc-labels";
import type { TableColumn } from "../../components/table/column";
import { Time } from "../../components/ui/time";
import { count } from "../../lib/numbers";
import { Entry, Found, type Match, nameOfMatch, Risk, Why } from "./match-cells";
import { reasonLabels } from "./watch-words";

export type Act = { onAcknowledge: (match: Match) => void; forbidden: string | null };

/** What the list of matches can show of each; `named`: with the watchlist, where there are several. */
export function matchColumns(act: Act, named: boolean): TableColumn<Match>[] {
  return [...columns.filter(({ id }) => named || id !== "list"), acknowledgeColumn(act)];
}

const columns: readonly TableColumn<Match>[] = [
  {
    id: "found",
    label: "Match",
    least: 190,
    shown: "always",
    cell: (match) => <Found match={match} />,
    text: nameOfMatch,
  },
  {
    id: "type",
    label: "Type",
    width: 84,
    shown: "xl",
    cell: ({ ioc }) => (ioc ? typeLabels[ioc.type] : "Article"),
    text: ({ ioc }) => ioc?.type ?? "article",
  },
  {
    id: "risk",
    label: "Risk",
    width: 136,
    shown: "always",
    sort: { field: "risk", first: "down" },
    cell: (match) => <Risk match={match} />,
    text: ({ ioc, article }) => String(ioc?.risk_score ?? article?.severity_score ?? ""),
  },
  {
    id: "entry",
    label: "Entry",
    least: 150,
    shown: "sm",
    cell: (match) => <Entry match={match} />,
    text: ({ entry }) => entry.value,
  },
  {
    id: "list",
    label: "Watchlist",
    width: 170,
    shown: "xl",
    cell: ({ watchlist }) => (
      <span className="cut" title={watchlist.name}>
        {watchlist.name}
      </span>
    ),
    text: ({ watchlist }) => watchlist.name,
  },
  {
    id: "why",
    label: "Reason",
    width: 244,
    shown: "md",
    cell: (match) => <Why match={match} />,
    text: ({ reason }) => reasonLabels[reason],
  },
  {
    id: "family",
    label: "Malware",
    width: 140,
    shown: "xl",
    cell: ({ ioc }) => ioc?.malware_family ?? ioc?.threat_type ?? "",
    text: ({ ioc }) => ioc?.malware_family ?? ioc?.threat_type ?? "",
  },
  {
    id: "matched",
    label: "Matched",
    width: 116,
    shown: "sm",
    sort: { field: "matched_at", first: "down" },
    cell: ({ matched_at }) => <Time value={matched_at} />,
    text: ({ matched_at }) => matched_at,
  },
  {
    id: "assigned",
    label: "Assigned to",
    width: 170,
    shown: "lg",
    cell: ({ assigned_to, comments }) => <Assigned assigned={assigned_to} comments={comments} />,
    text: ({ assigned_to }) => assigned_to ?? "",
  },
];

function Assigned({ assigned, comments }: { assigned: string | null; comments: number }) {
  return (
    <Group gap={6} wrap="nowrap" justify="space-between">
      <span className="cut" title={assigned ?? undefined}>
        {assigned ?? "–"}
      </span>
      {comments > 0 && (
        <Text span size="xs" c="dimmed" className="numbers" style={{ whiteSpace: "nowrap" }}>
          <IconMessage size={13} aria-label="Comments:" style={{ verticalAlign: "-2px" }} /> {count(comments)}
        </Text>
      )}
    </Group>
  );
}

function acknowledgeColumn({ onAcknowledge, forbidden }: Act): TableColumn<Match> {
  return {
    id: "acknowledge",
    label: "Acknowledge",
    bare: true,
    width: 50,
    shown: "always",
    cell: (match) => {
      const done = match.acknowledged_at !== null;
      const label = done ? `Reopen (acknowledged by ${match.acknowledged_by ?? "someone"})` : "Acknowledge";
      return (
        <Tooltip label={forbidden ?? label}>
          <ActionIcon
            aria-label={`${label}: ${nameOfMatch(match)}`}
            disabled={forbidden !== null}
            onClick={() => onAcknowledge(match)}
          >
            {done ? <IconArrowBackUp size={17} /> : <IconCheck size={17} />}
          </ActionIcon>
        </Tooltip>
      );
    },
    text: ({ acknowledged_at }) => acknowledged_at ?? "",
  };
}
