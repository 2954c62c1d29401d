import { Box, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconShieldSearch } from "@tabler/icons-react";
import { useState } from "react";
import { RiskMeter } from "../../components/charts/risk-meter";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { ValueCopies } from "../../components/ioc/value-copies";
import { CopyIcon } from "../../components/ui/copy";
import { EmptyState } from "../../components/ui/empty-state";
import { AnchorLink } from "../../components/ui/links";
import { Pager } from "../../components/ui/pager";
import { plural } from "../../lib/numbers";
import type { Article } from "./article-query";

type Ioc = NonNullable<Article["iocs"]>[number];

const pageSize = 50;

/** The indicators that an article names, the riskiest first. */
export function ArticleIocs({ iocs }: { iocs: readonly Ioc[] }) {
  const [page, setPage] = useState(0);
  const shown = iocs.slice(page * pageSize, (page + 1) * pageSize);
  return (
    <Paper p="md" component="section" aria-labelledby="article-iocs">
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} id="article-iocs">
          {iocs.length === 0 ? "Indicators" : plural(iocs.length, "indicator")}
        </Title>
        {iocs.length > 0 && <CopyIcon value={iocs.map(({ value }) => value).join("\n")} label="Copy all values" />}
      </Group>
      {iocs.length === 0 && (
        <EmptyState icon={<IconShieldSearch size={22} />} title="No indicators">
          No indicators were found in the text. Images and attached files are not read.
        </EmptyState>
      )}
      <Stack gap="sm">
        {shown.map((ioc) => (
          <IocRow key={ioc.id} ioc={ioc} />
        ))}
        {iocs.length > pageSize && (
          <Pager
            summary={`${page * pageSize + 1}–${page * pageSize + shown.length} of ${iocs.length}`}
            index={page}
            hasNext={(page + 1) * pageSize < iocs.length}
            busy={false}
            onPage={setPage}
          />
        )}
      </Stack>
    </Paper>
  );
}

function IocRow({ ioc }: { ioc: Ioc }) {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
      <Box style={{ minWidth: 0 }}>
        <Group gap={4} wrap="nowrap" align="flex-start">
          <AnchorLink to="/lookup" search={{ value: ioc.value }} className="mono wrap-anywhere" size="sm">
            {ioc.value}
          </AnchorLink>
          <ValueCopies type={ioc.type} value={ioc.value} />
        </Group>
        <Text size="xs" c="dimmed" component="div" className="wrap-anywhere">
          {typeLabels[ioc.type]}
          {ioc.warnings.length > 0 && " · likely false positive"}
          {ioc.context && ` · ${ioc.context}`}
        </Text>
      </Box>
      <RiskMeter score={ioc.risk_score} />
    </Group>
  );
}
