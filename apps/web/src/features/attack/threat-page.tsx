import { Badge, Group, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { severityOptions } from "../../components/article/severity";
import { SeverityBadge } from "../../components/article/severity-badge";
import { BriefIocTable } from "../../components/ioc/brief-ioc-table";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { TagList } from "../../components/ui/tag-list";
import { Time } from "../../components/ui/time";
import { count, plural } from "../../lib/numbers";
import { kindIn, rowsOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";
import { kindLabels, type Threat, type ThreatKind } from "./threat-words";
import { TrendBars } from "./trend-bars";

const route = getRouteApi("/inside/attack/$kind/$id");

/** A technique, group, malware or CVE: its trend, indicators, articles and what goes with it. */
export function ThreatPage() {
  const { kind: given, id } = route.useParams();
  const kind = kindIn(kindLabels, given) ?? "technique";
  const query = useQuery(trpc.threats.show.queryOptions({ kind, id }, { staleTime: 60_000 }));
  const threat = query.data?.data;
  return (
    <Page
      title={threat?.name ?? id}
      note={
        <AnchorLink to="/attack" size="sm" className="back-link">
          <IconArrowLeft size={15} /> ATT&CK
        </AnchorLink>
      }
    >
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} radius="md" />}
      {threat && <ThreatView threat={threat} />}
    </Page>
  );
}

function ThreatView({ threat }: { threat: Threat }) {
  const { trend } = threat;
  return (
    <Stack gap="md">
      <About threat={threat} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Paper p="md">
          <TrendBars
            title="Articles"
            unit="article"
            days={trend.map(({ date, articles }) => ({ date, value: articles }))}
            color="var(--tocsin-series-ok)"
          />
        </Paper>
        <Paper p="md">
          <TrendBars
            title="Indicators added"
            unit="indicator"
            days={trend.map(({ date, iocs }) => ({ date, value: iocs }))}
            color="var(--tocsin-series-bad)"
          />
        </Paper>
      </SimpleGrid>
      <Related threat={threat} />
      <Indicators iocs={threat.iocs} />
      <Articles articles={threat.articles} />
    </Stack>
  );
}

function About({ threat }: { threat: Threat }) {
  return (
    <Paper p="md">
      <Group gap="xs">
        <Badge>{kindLabels[threat.kind]}</Badge>
        {threat.id !== threat.name && <Badge color="gray">{threat.id}</Badge>}
        {threat.tactics.map(({ id, name }) => (
          <Badge key={id} color="gray">
            {name}
          </Badge>
        ))}
        {!threat.known && (
          <Text size="sm" c="dimmed">
            Neither ATT&CK nor this instance's list has it; feeds and articles may name it.
          </Text>
        )}
      </Group>
      {threat.parent && (
        <Text size="sm" mt="xs">
          Part of <Named kind="technique" of={threat.parent} />
        </Text>
      )}
      {threat.children.length > 0 && (
        <Group gap={10} mt="xs">
          {threat.children.map((child) => (
            <Named key={child.id} kind="technique" of={child} />
          ))}
        </Group>
      )}
      {threat.aliases.length > 0 && (
        <Group gap="xs" mt="xs">
          <Text size="sm" c="dimmed">
            Also
          </Text>
          <TagList tags={threat.aliases} />
        </Group>
      )}
      {threat.kind === "cve" && (
        <Text size="sm" mt="xs">
          <AnchorLink to="/lookup" search={{ value: threat.id }} size="sm">
            Look it up
          </AnchorLink>{" "}
          for what feeds say of it.
        </Text>
      )}
    </Paper>
  );
}

function Named({ kind, of }: { kind: ThreatKind; of: { id: string; name: string } }) {
  return (
    <AnchorLink to="/attack/$kind/$id" params={{ kind, id: of.id }} size="sm">
      {of.id === of.name ? of.name : `${of.id} ${of.name}`}
    </AnchorLink>
  );
}

const relatedTitles = {
  techniques: ["technique", "Techniques"],
  groups: ["group", "Groups"],
  malware: ["malware", "Malware"],
  cves: ["cve", "CVEs"],
} as const satisfies Record<keyof Threat["related"], readonly [ThreatKind, string]>;

function Related({ threat: { related } }: { threat: Threat }) {
  const lists = rowsOf(relatedTitles).filter(([name]) => related[name].length > 0);
  if (lists.length === 0) return null;
  return (
    <Paper p="md" component="section" aria-labelledby="together">
      <Title order={2} id="together" mb="sm">
        Named by the same articles
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: lists.length }}>
        {lists.map(([name, [kind, title]]) => (
          <Stack key={name} gap={2}>
            <Text size="sm" fw={600}>
              {title}
            </Text>
            {related[name].map((one) => (
              <Group key={one.id} justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm" component="div" className="cut">
                  <Named kind={kind} of={one} />
                </Text>
                <Text size="xs" c="dimmed" className="numbers">
                  {count(one.articles)}
                </Text>
              </Group>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Paper>
  );
}

function Indicators({ iocs }: { iocs: Threat["iocs"] }) {
  const types = iocs.by_type.map(({ type, count: n }) => `${count(n)} ${typeLabels[type]}`).join(", ");
  return (
    <Counted id="indicators" title="Indicators" noun="indicator" of={iocs} parts={types}>
      {iocs.data.length > 0 && <BriefIocTable rows={iocs.data} label="Indicators" />}
    </Counted>
  );
}

function Articles({ articles }: { articles: Threat["articles"] }) {
  return (
    <Counted id="articles" title="Articles" noun="article" of={articles}>
      {articles.data.length > 0 && (
        <Paper component="ul" className="plain-list">
          {articles.data.map((article) => {
            const severity = severityOptions.find(({ value }) => value === article.severity_label);
            return (
              <li key={article.id} style={{ padding: "8px 16px" }}>
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <div style={{ minWidth: 0 }}>
                    <AnchorLink to="/articles/$articleId" params={{ articleId: article.id }} size="sm">
                      {article.title}
                    </AnchorLink>
                    <Text size="xs" c="dimmed" component="div">
                      {article.source_name}, <Time value={article.published_at} as="date" />
                    </Text>
                  </div>
                  {severity && <SeverityBadge label={severity.value} score={article.severity_score} />}
                </Group>
              </li>
            );
          })}
        </Paper>
      )}
    </Counted>
  );
}

type CountedProps = {
  id: string;
  title: string;
  noun: string;
  of: { total: number; total_exact: boolean };
  /** What the total is made of. */
  parts?: string;
  children: ReactNode;
};

/** A section under its title, with how many there are of what it shows. */
function Counted({ id, title, noun, of: { total, total_exact }, parts = "", children }: CountedProps) {
  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" mb="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {plural(total, noun)}
          {total_exact ? "" : " or more"}
          {parts && `: ${parts}`}
        </Text>
      </Group>
      {children}
    </section>
  );
}
