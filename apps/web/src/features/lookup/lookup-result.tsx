import { Badge, Skeleton, Stack, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { LookupData } from "@tocsin/core/lookup";
import type { ReactNode } from "react";
import { CopyBlock } from "../../components/ui/copy";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { kindIn, rowsOf } from "../../lib/tables";
import { type Outputs, trpc } from "../../lib/trpc";
import { HuntingTabs } from "./hunting-tabs";
import { LookupArticles } from "./lookup-articles";
import { LookupHeader } from "./lookup-header";
import { LookupRelations } from "./lookup-relations";
import { type LookupTab, lookupTabs } from "./lookup-search";
import { LookupSources } from "./lookup-sources";
import { LookupSummary } from "./lookup-summary";

type Props = { data: LookupData; tab: LookupTab; onTab: (tab: LookupTab) => void };
type Relations = Outputs["lookup"]["relations"]["data"];

/** The answer: the verdict first, then everything else by tabs. */
export function LookupResult({ data, tab, onTab }: Props) {
  const relations = useQuery(trpc.lookup.relations.queryOptions({ ioc: data.ioc_value, type: data.ioc_type }));
  const related = relations.data?.data;
  const counts = countsOf(data, related);
  return (
    <Stack gap="md">
      <LookupHeader data={data} />
      {relations.error && (
        <ProblemAlert
          error={relations.error}
          title="The relations could not be read"
          onRetry={() => void relations.refetch()}
        />
      )}
      <Tabs value={tab} onChange={(next) => onTab(kindIn(lookupTabs, next) ?? "summary")} keepMounted={false}>
        <Tabs.List aria-label="About the value">
          {rowsOf(lookupTabs).map(([id, label]) => (
            <Tabs.Tab key={id} value={id} rightSection={counts[id] ? <Badge color="gray">{counts[id]}</Badge> : null}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {rowsOf(panels).map(([id, panel]) => (
          <Tabs.Panel key={id} value={id} pt="md">
            {panel({ data, related, onTab })}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

type PanelProps = Pick<Props, "data" | "onTab"> & { related: Relations | undefined };

const panels = {
  summary: ({ data, related, onTab }) => <LookupSummary data={data} groups={related?.groups} onTab={onTab} />,
  sources: ({ data }) => <LookupSources data={data} />,
  relations: ({ related }) => (related ? <LookupRelations groups={related.groups} /> : <Skeleton height={160} />),
  articles: ({ related }) => (related ? <LookupArticles articles={related.articles} /> : <Skeleton height={160} />),
  hunt: ({ data }) => <HuntingTabs hunting={data.hunting} />,
  raw: ({ data }) => <CopyBlock value={JSON.stringify(data, null, 2)} label="Copy the answer" />,
} as const satisfies Record<LookupTab, (props: PanelProps) => ReactNode>;

function countsOf(data: LookupData, related: Relations | undefined): Partial<Record<LookupTab, number>> {
  return {
    sources: data.sources.length,
    ...(related ? { relations: related.groups.length, articles: related.articles.length } : {}),
  };
}
