import { ActionIcon, Anchor, Tooltip } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { RiskMeter } from "../../components/charts/risk-meter";
import { typeLabels } from "../../components/ioc/ioc-labels";
import type { TableColumn } from "../../components/table/column";
import { Time } from "../../components/ui/time";
import { count } from "../../lib/numbers";
import type { Inputs, Outputs } from "../../lib/trpc";
import { nameOfMatch } from "./match-cells";
import { entryKinds } from "./watch-words";

export type Group = Outputs["watchlists"]["groups"]["data"][number];
export type GroupBy = Inputs["watchlists"]["groups"]["by"];

type Act = {
  by: GroupBy;
  onOpen: (group: Group) => void;
  onAcknowledge: (group: Group) => void;
  forbidden: string | null;
};

export function nameOfGroup(by: GroupBy, { latest }: Group): string {
  return by === "entry" ? latest.entry.value : nameOfMatch(latest);
}

function kindOf(by: GroupBy, { latest: { entry, ioc, article } }: Group): string {
  if (by === "entry") return entryKinds[entry.kind].label;
  if (ioc) return typeLabels[ioc.type];
  return article ? "Article" : "";
}

/** What a list of groups shows of each. */
export function groupColumns({ by, onOpen, onAcknowledge, forbidden }: Act): TableColumn<Group>[] {
  return [
    nameColumn(by, onOpen),
    {
      id: "kind",
      label: by === "entry" ? "Kind" : "Type",
      width: 96,
      shown: "md",
      cell: (group) => kindOf(by, group),
      text: (group) => kindOf(by, group),
    },
    {
      id: "risk",
      label: "Highest risk",
      width: 136,
      shown: "always",
      sort: { field: "risk", first: "down" },
      cell: ({ risk }) => (risk === null ? "–" : <RiskMeter score={risk} />),
      text: ({ risk }) => String(risk ?? ""),
    },
    number("open", "Open", ({ open }) => open),
    number("matches", "Matches", ({ matches }) => matches),
    number("partners", by === "entry" ? "Indicators" : "Entries", ({ partners }) => partners),
    {
      id: "list",
      label: "Watchlist",
      width: 190,
      shown: "lg",
      cell: ({ latest }) => (
        <span className="cut" title={latest.watchlist.name}>
          {latest.watchlist.name}
        </span>
      ),
      text: ({ latest }) => latest.watchlist.name,
    },
    {
      id: "last",
      label: "Last change",
      width: 128,
      shown: "sm",
      cell: ({ last_at }) => <Time value={last_at} />,
      text: ({ last_at }) => last_at,
    },
    {
      id: "acknowledge",
      label: "Acknowledge",
      bare: true,
      width: 50,
      shown: "always",
      cell: (group) => (
        <Tooltip label={forbidden ?? "Acknowledge all of it"}>
          <ActionIcon
            aria-label={`Acknowledge all: ${nameOfGroup(by, group)}`}
            disabled={forbidden !== null || group.open === 0}
            onClick={() => onAcknowledge(group)}
          >
            <IconChecks size={17} />
          </ActionIcon>
        </Tooltip>
      ),
      text: () => "",
    },
  ];
}

function nameColumn(by: GroupBy, onOpen: (group: Group) => void): TableColumn<Group> {
  return {
    id: "name",
    label: by === "entry" ? "Entry" : "Indicator or article",
    least: 190,
    shown: "always",
    cell: (group) => (
      <Anchor
        component="button"
        type="button"
        size="sm"
        className={`cut ${by === "entry" && !entryKinds[group.latest.entry.kind].mono ? "" : "mono"}`}
        display="block"
        maw="100%"
        ta="left"
        title={nameOfGroup(by, group)}
        onClick={() => onOpen(group)}
      >
        {nameOfGroup(by, group)}
      </Anchor>
    ),
    text: (group) => nameOfGroup(by, group),
  };
}

function number(id: string, label: string, of: (group: Group) => number): TableColumn<Group> {
  return {
    id,
    label,
    width: 92,
    align: "right",
    shown: id === "open" ? "always" : "md",
    cell: (group) => <span className="numbers">{count(of(group))}</span>,
    text: (group) => String(of(group)),
  };
}
