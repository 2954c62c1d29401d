import { Grid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { RankedBars, type RankedRow } from "../../components/charts/ranked-bars";
import { categoryLabels, typeLabels } from "../../components/ioc/ioc-labels";
import { AnchorLink } from "../../components/ui/links";
import { rowsOf } from "../../lib/tables";
import type { Overview } from "./first-steps";
import { Panel } from "./panel";

type Stats = Overview["stats"]["data"];

/** Rows of a panel: the rest is one link away. */
const shown = 8;

/** What the instance holds, by type, source and category, and what stands out of it. */
export function IndicatorStats({ stats }: { stats: Stats }) {
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>
        <Bars id="types" title="Indicators by type" to="/iocs" rows={typeRows(stats)} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>
        <Bars id="sources" title="Indicators by source" to="/feeds" rows={sourceRows(stats)} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>
        <Bars id="categories" title="Indicators by category" rows={categoryRows(stats)} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>
        <Stack gap="md" h="100%">
          <Bars id="cves" title="CVEs in articles" rows={cveRows(stats)} none="No recent article mentions a CVE." />
          <Bars
            id="techniques"
            title="ATT&CK techniques"
            rows={techniqueRows(stats)}
            none="No indicator has a technique."
          />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

type Rows = { id: string; title: string; rows: RankedRow[]; to?: "/iocs" | "/feeds"; none?: string };

function Bars({ id, title, rows, to, none = "None yet." }: Rows) {
  const link = to ? (
    <AnchorLink to={to} size="sm">
      All
    </AnchorLink>
  ) : null;
  return (
    <Panel id={id} title={title} link={link}>
      {rows.length > 0 ? (
        <RankedBars rows={rows} label={title} />
      ) : (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      )}
    </Panel>
  );
}

function typeRows({ by_type }: Stats): RankedRow[] {
  return topOf(rowsOf(by_type), (type) => (
    <AnchorLink to="/iocs" search={{ type }} size="sm">
      {typeLabels[type]}
    </AnchorLink>
  ));
}

function categoryRows({ by_category }: Stats): RankedRow[] {
  return topOf(rowsOf(by_category), (category) => (
    <AnchorLink to="/iocs" search={{ category }} size="sm">
      {categoryLabels[category]}
    </AnchorLink>
  ));
}

function sourceRows({ by_source }: Stats): RankedRow[] {
  const names = new Map(by_source.map(({ id, name }) => [id, name]));
  const counts = by_source.map(({ id, iocs }): [string, number] => [id, iocs]);
  return topOf(counts, (id) => (
    <AnchorLink to="/feeds" search={{ feed: id }} size="sm">
      {names.get(id)}
    </AnchorLink>
  ));
}

function cveRows({ top_cves }: Stats): RankedRow[] {
  const named = top_cves.map(({ cve, articles }): [string, number] => [cve, articles]);
  return topOf(
    named,
    (cve) => (
      <AnchorLink to="/lookup" search={{ value: cve }} size="sm">
        {cve}
      </AnchorLink>
    ),
    4,
  );
}

function techniqueRows({ top_techniques }: Stats): RankedRow[] {
  const names = new Map(top_techniques.map(({ id, name }) => [id, name]));
  const counts = top_techniques.map(({ id, iocs }): [string, number] => [id, iocs]);
  return topOf(counts, (id) => <span title={names.get(id) ?? id}>{`${id} ${names.get(id) ?? ""}`.trim()}</span>, 4);
}

function topOf<K extends string>(
  counts: readonly [K, number][],
  labelOf: (name: K) => ReactNode,
  most = shown,
): RankedRow[] {
  return counts
    .filter(([, value]) => value > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([name, value]) => ({ key: name, value, label: labelOf(name) }));
}
