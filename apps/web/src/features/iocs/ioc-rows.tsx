import { Box, Card, Group, Paper, Stack, Table, Text, UnstyledButton } from "@mantine/core";
import { RiskMeter } from "../../components/charts/risk-meter";
import { ConfidenceBadge } from "../../components/ioc/confidence-badge";
import { categoryLabels, typeLabels } from "../../components/ioc/ioc-labels";
import type { Ioc } from "../../components/ioc/ioc-query";
import { ValueCopies } from "../../components/ioc/value-copies";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { TagList } from "../../components/ui/tag-list";
import { Time } from "../../components/ui/time";
import { plural } from "../../lib/numbers";
import classes from "./ioc-rows.module.css";
import { WarningBadge } from "./warning-badge";

type Props = { rows: readonly Ioc[] | undefined; onOpen: (ioc: Ioc) => void };

/** The IOCs: a table where there is room for one, else a card each. */
export function IocRows({ rows, onOpen }: Props) {
  return (
    <>
      <Paper visibleFrom="md" className="scroll-x">
        <IocTable rows={rows} onOpen={onOpen} />
      </Paper>
      <Stack hiddenFrom="md" gap="xs">
        {rows?.map((ioc) => (
          <IocCard key={ioc.id} ioc={ioc} onOpen={onOpen} />
        ))}
      </Stack>
    </>
  );
}

function IocTable({ rows, onOpen }: Props) {
  return (
    <Table layout="fixed" miw={640}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Value</Table.Th>
          <Table.Th scope="col" w={92}>
            Type
          </Table.Th>
          <Table.Th scope="col" w={116}>
            Risk
          </Table.Th>
          <Table.Th scope="col" w={124} className={classes.roomy}>
            Confidence
          </Table.Th>
          <Table.Th scope="col" w={168}>
            Source
          </Table.Th>
          <Table.Th scope="col" w={190} className={classes.tags}>
            Tags
          </Table.Th>
          <Table.Th scope="col" w={132}>
            Last seen
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows === undefined && <RowsSkeleton rows={12} columns={7} />}
        {rows?.map((ioc) => (
          <IocRow key={ioc.id} ioc={ioc} onOpen={onOpen} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function IocRow({ ioc, onOpen }: { ioc: Ioc; onOpen: (ioc: Ioc) => void }) {
  return (
    <Table.Tr className={classes.row} onClick={() => onOpen(ioc)}>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <OpenButton ioc={ioc} onOpen={onOpen} className="cut" />
          <WarningBadge warnings={ioc.warnings} />
          <ValueCopies type={ioc.type} value={ioc.value} />
        </Group>
      </Table.Td>
      <Table.Td>{typeLabels[ioc.type]}</Table.Td>
      <Table.Td>
        <RiskMeter score={ioc.risk_score} />
      </Table.Td>
      <Table.Td className={classes.roomy}>
        <ConfidenceBadge confidence={ioc.confidence} />
      </Table.Td>
      <Table.Td>
        <SourceCell ioc={ioc} />
      </Table.Td>
      <Table.Td className={classes.tags}>
        <Box style={{ overflow: "hidden" }}>
          <TagList tags={ioc.tags} most={2} />
        </Box>
      </Table.Td>
      <Table.Td>
        <Time value={ioc.last_seen} />
      </Table.Td>
    </Table.Tr>
  );
}

type OpenProps = { ioc: Ioc; onOpen: (ioc: Ioc) => void; className: string };

function OpenButton({ ioc, onOpen, className }: OpenProps) {
  return (
    <UnstyledButton
      className={`mono ${className}`}
      fz="0.8125rem"
      title={ioc.value}
      aria-haspopup="dialog"
      onClick={(event) => {
        event.stopPropagation();
        onOpen(ioc);
      }}
    >
      {ioc.value}
    </UnstyledButton>
  );
}

function SourceCell({ ioc }: { ioc: Ioc }) {
  return (
    <>
      <Text size="sm" className="cut" title={ioc.source.feed_name}>
        {ioc.source.feed_name}
      </Text>
      <Text size="xs" c="dimmed" className="cut">
        {ioc.sources_count > 1 ? plural(ioc.sources_count, "source") : categoryLabels[ioc.source.category]}
      </Text>
    </>
  );
}

function IocCard({ ioc, onOpen }: { ioc: Ioc; onOpen: (ioc: Ioc) => void }) {
  return (
    <Card withBorder radius="md" padding="sm" component="article" aria-label={ioc.value}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <OpenButton ioc={ioc} onOpen={onOpen} className="wrap-anywhere" />
        <ValueCopies type={ioc.type} value={ioc.value} />
      </Group>
      <Group justify="space-between" gap="xs" mt="xs">
        <Group gap="xs">
          <Text size="sm">{typeLabels[ioc.type]}</Text>
          <ConfidenceBadge confidence={ioc.confidence} />
          <WarningBadge warnings={ioc.warnings} />
        </Group>
        <RiskMeter score={ioc.risk_score} />
      </Group>
      <Group justify="space-between" gap="xs" mt={6} wrap="nowrap">
        <Text size="xs" c="dimmed" className="cut">
          {ioc.source.feed_name}
          {ioc.sources_count > 1 && `, ${plural(ioc.sources_count, "source")}`}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <Time value={ioc.last_seen} />
        </Text>
      </Group>
    </Card>
  );
}
