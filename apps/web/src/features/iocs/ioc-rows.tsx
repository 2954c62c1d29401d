import { Group, UnstyledButton } from "@mantine/core";
import { useMemo } from "react";
import { RiskMeter } from "../../components/charts/risk-meter";
import { ConfidenceBadge } from "../../components/ioc/confidence-badge";
import { categoryLabels, confidenceLabels, typeLabels } from "../../components/ioc/ioc-labels";
import type { Ioc } from "../../components/ioc/ioc-query";
import { ValueCopies } from "../../components/ioc/value-copies";
import type { TableColumn, TableProps } from "../../components/table/column";
import { DataTable } from "../../components/table/data-table";
import { TagList } from "../../components/ui/tag-list";
import { Time } from "../../components/ui/time";
import { WarningBadge } from "./warning-badge";

type Props = Pick<TableProps<Ioc>, "total" | "onEnd" | "busy"> & {
  rows: readonly Ioc[] | undefined;
  label?: string;
  onOpen: (ioc: Ioc) => void;
};

/** Indicators as a table; nothing in it leads to one. */
export function IocRows({ rows, label = "Indicators", onOpen, ...rest }: Props) {
  const columns = useMemo(() => [valueColumn(onOpen), ...plainColumns], [onOpen]);
  return (
    <DataTable<Ioc>
      name="iocs"
      label={label}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      nameOf={({ value }) => value}
      onOpen={onOpen}
      {...rest}
    />
  );
}

function valueColumn(onOpen: (ioc: Ioc) => void): TableColumn<Ioc> {
  return {
    id: "value",
    label: "Value",
    least: 210,
    shown: "always",
    cell: (ioc) => (
      <Group gap={6} wrap="nowrap">
        <UnstyledButton
          className="mono cut"
          fz="0.8125rem"
          title={ioc.value}
          aria-haspopup="dialog"
          onClick={() => onOpen(ioc)}
        >
          {ioc.value}
        </UnstyledButton>
        <WarningBadge warnings={ioc.warnings} />
        <ValueCopies type={ioc.type} value={ioc.value} />
      </Group>
    ),
    text: ({ value }) => value,
  };
}

const plainColumns: readonly TableColumn<Ioc>[] = [
  {
    id: "type",
    label: "Type",
    width: 84,
    shown: "sm",
    cell: ({ type }) => typeLabels[type],
    text: ({ type }) => type,
  },
  {
    id: "risk",
    label: "Risk",
    width: 116,
    shown: "always",
    cell: ({ risk_score }) => <RiskMeter score={risk_score} />,
    text: ({ risk_score }) => String(risk_score),
  },
  {
    id: "confidence",
    label: "Confidence",
    width: 108,
    shown: "lg",
    cell: ({ confidence }) => <ConfidenceBadge confidence={confidence} />,
    text: ({ confidence }) => confidenceLabels[confidence],
  },
  {
    id: "source",
    label: "Source",
    width: 160,
    shown: "md",
    cell: ({ source }) => (
      <span title={`${source.feed_name}, ${categoryLabels[source.category]}`}>{source.feed_name}</span>
    ),
    text: ({ source }) => source.feed_name,
  },
  {
    id: "sources",
    label: "Sources",
    width: 84,
    align: "right",
    shown: "xl",
    cell: ({ sources_count }) => <span className="numbers">{sources_count}</span>,
    text: ({ sources_count }) => String(sources_count),
  },
  {
    id: "tags",
    label: "Tags",
    width: 216,
    shown: "lg",
    cell: ({ tags }) => <TagList tags={tags} most={2} />,
    text: ({ tags }) => tags.join(" "),
  },
  {
    id: "category",
    label: "Category",
    width: 130,
    shown: "chosen",
    cell: ({ source }) => categoryLabels[source.category],
    text: ({ source }) => source.category,
  },
  {
    id: "first_seen",
    label: "First seen",
    width: 128,
    shown: "xl",
    cell: ({ first_seen }) => <Time value={first_seen} as="date" />,
    text: ({ first_seen }) => first_seen,
  },
  {
    id: "last_seen",
    label: "Last seen",
    width: 118,
    shown: "sm",
    cell: ({ last_seen }) => <Time value={last_seen} />,
    text: ({ last_seen }) => last_seen,
  },
];
