import { ActionIcon, Badge, Card, Group, Paper, Stack, Table, Text, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { severityOptions } from "../../components/article/severity";
import { SeverityBadge } from "../../components/article/severity-badge";
import { RiskMeter } from "../../components/charts/risk-meter";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { AnchorLink } from "../../components/ui/links";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { Time } from "../../components/ui/time";
import type { Outputs } from "../../lib/trpc";
import { entryKinds, isLookalike, reasonLabels } from "./watch-words";

type Match = Outputs["watchlists"]["matches"]["data"][number];
type Act = (id: string, acknowledged: boolean) => void;
type Props = { rows: readonly Match[] | undefined; busy: boolean; onAcknowledge: Act };

/** The matches: a table where there is room for one, else a card each. */
export function MatchRows(props: Props) {
  return (
    <>
      <Paper visibleFrom="md" className="scroll-x">
        <MatchTable {...props} />
      </Paper>
      <Stack hiddenFrom="md" gap="xs">
        {props.rows?.map((match) => (
          <MatchCard key={match.id} match={match} busy={props.busy} onAcknowledge={props.onAcknowledge} />
        ))}
      </Stack>
    </>
  );
}

function MatchTable({ rows, busy, onAcknowledge }: Props) {
  return (
    <Table layout="fixed" miw={760}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Match</Table.Th>
          <Table.Th scope="col" w={136}>
            Risk
          </Table.Th>
          <Table.Th scope="col">Entry</Table.Th>
          <Table.Th scope="col" w={244}>
            Reason
          </Table.Th>
          <Table.Th scope="col" w={130}>
            Matched
          </Table.Th>
          <Table.Th scope="col" w={56} aria-label="Acknowledge" />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows === undefined && <RowsSkeleton rows={8} columns={6} height={32} />}
        {rows?.map((match) => (
          <Table.Tr key={match.id} style={{ opacity: match.acknowledged_at ? 0.65 : 1 }}>
            <Table.Td>
              <Found match={match} />
            </Table.Td>
            <Table.Td>
              <Risk match={match} />
            </Table.Td>
            <Table.Td>
              <Entry match={match} />
            </Table.Td>
            <Table.Td>
              <Why match={match} />
            </Table.Td>
            <Table.Td>
              <Time value={match.matched_at} />
            </Table.Td>
            <Table.Td>
              <Acknowledge match={match} busy={busy} onAcknowledge={onAcknowledge} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

type RowProps = { match: Match; busy: boolean; onAcknowledge: Act };

function MatchCard({ match, busy, onAcknowledge }: RowProps) {
  return (
    <Card withBorder radius="md" padding="sm" component="article" aria-label={match.ioc?.value ?? match.article?.title}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Found match={match} />
        </div>
        <Acknowledge match={match} busy={busy} onAcknowledge={onAcknowledge} />
      </Group>
      <Group justify="space-between" gap="xs" mt="xs">
        <Why match={match} />
        <Risk match={match} />
      </Group>
      <Group justify="space-between" gap="xs" mt={6} wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Entry match={match} />
        </div>
        <Text size="xs" c="dimmed" component="div">
          <Time value={match.matched_at} />
        </Text>
      </Group>
    </Card>
  );
}

function Found({ match: { ioc, article } }: { match: Match }) {
  if (article) {
    return (
      <>
        <Text size="sm" component="div" className="wrap-anywhere">
          <AnchorLink to="/articles/$articleId" params={{ articleId: article.id }} size="sm">
            {article.title}
          </AnchorLink>
        </Text>
        <Text size="xs" c="dimmed">
          Article
        </Text>
      </>
    );
  }
  if (!ioc) {
    return (
      <Text size="sm" c="dimmed">
        No longer stored
      </Text>
    );
  }
  return (
    <>
      <AnchorLink
        to="/lookup"
        search={{ value: ioc.value }}
        size="sm"
        className="mono cut"
        display="block"
        title={ioc.value}
      >
        {ioc.value}
      </AnchorLink>
      <Text size="xs" c="dimmed" className="cut">
        {[typeLabels[ioc.type], ioc.malware_family ?? ioc.threat_type, ioc.withdrawn_at ? "withdrawn" : null]
          .filter(Boolean)
          .join(", ")}
      </Text>
    </>
  );
}

function Risk({ match: { ioc, article } }: { match: Match }) {
  if (ioc) return <RiskMeter score={ioc.risk_score} />;
  const severity = severityOptions.find(({ value }) => value === article?.severity_label);
  return article && severity ? <SeverityBadge label={severity.value} score={article.severity_score} /> : null;
}

function Entry({ match: { entry } }: { match: Match }) {
  return (
    <>
      <Text size="sm" className={entryKinds[entry.kind].mono ? "mono cut" : "cut"} title={entry.value}>
        {entry.value}
      </Text>
      <Text size="xs" c="dimmed" className="cut">
        {entry.note ?? entryKinds[entry.kind].label}
      </Text>
    </>
  );
}

function Why({ match: { reason, held, ioc } }: { match: Match }) {
  return (
    <Group gap={4}>
      <Badge color={isLookalike(reason) ? "orange" : "gray"}>{reasonLabels[reason]}</Badge>
      {held && (
        <Tooltip label="Already stored when the entry was added; no notice was sent">
          <Badge color="blue" variant="outline">
            Already stored
          </Badge>
        </Tooltip>
      )}
      {ioc && ioc.warnings.length > 0 && (
        <Tooltip label={`On a warninglist: ${ioc.warnings.join(", ")}`} multiline maw={320}>
          <Badge color="yellow">Warninglist</Badge>
        </Tooltip>
      )}
    </Group>
  );
}

function Acknowledge({ match, busy, onAcknowledge }: RowProps) {
  const done = match.acknowledged_at !== null;
  const label = done ? `Reopen (acknowledged by ${match.acknowledged_by ?? "someone"})` : "Acknowledge";
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={`${label}: ${match.ioc?.value ?? match.article?.title ?? match.entry.value}`}
        disabled={busy}
        onClick={() => onAcknowledge(match.id, !done)}
      >
        {done ? <IconArrowBackUp size={17} /> : <IconCheck size={17} />}
      </ActionIcon>
    </Tooltip>
  );
}
