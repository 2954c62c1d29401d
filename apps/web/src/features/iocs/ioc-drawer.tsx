import { Badge, Button, DataList, Drawer, Group, Stack, Text } from "@mantine/core";
import { IconZoomScan } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { RiskMeter } from "../../components/charts/risk-meter";
import { ConfidenceBadge } from "../../components/ioc/confidence-badge";
import { canDefang, defang } from "../../components/ioc/defang";
import { categoryLabels, typeLabels } from "../../components/ioc/ioc-labels";
import type { Ioc } from "../../components/ioc/ioc-query";
import { ReferenceLink } from "../../components/ioc/reference-link";
import { ValueCopies } from "../../components/ioc/value-copies";
import { CopyIcon } from "../../components/ui/copy";
import { AnchorLink, ButtonLink } from "../../components/ui/links";
import { TagList } from "../../components/ui/tag-list";
import { Time } from "../../components/ui/time";
import { plural } from "../../lib/numbers";
import { TechniqueTags } from "./technique-tags";

type Props = { ioc: Ioc | null; onClose: () => void };

/** All that the list knows of one IOC. */
export function IocDrawer({ ioc, onClose }: Props) {
  return (
    <Drawer opened={ioc !== null} onClose={onClose} title={ioc && <DrawerTitle ioc={ioc} />}>
      {ioc && <IocDetails ioc={ioc} onClose={onClose} />}
    </Drawer>
  );
}

function DrawerTitle({ ioc }: { ioc: Ioc }) {
  return (
    <Group gap="xs">
      <Badge>{typeLabels[ioc.type]}</Badge>
      <Text fw={600}>Indicator</Text>
    </Group>
  );
}

function IocDetails({ ioc, onClose }: { ioc: Ioc; onClose: () => void }) {
  return (
    <Stack gap="md">
      <div>
        <Text className="mono wrap-anywhere" fw={600}>
          {ioc.value}
        </Text>
        <ValueCopies type={ioc.type} value={ioc.value} />
      </div>
      <Group gap="xs">
        <ButtonLink to="/lookup" search={{ value: ioc.value }} size="xs" leftSection={<IconZoomScan size={15} />}>
          Look up
        </ButtonLink>
        <Button size="xs" variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
      <DataList labelWidth="112px">
        {detailsOf(ioc).map(([label, shown]) => (
          <DataList.Item key={label}>
            <DataList.ItemLabel>{label}</DataList.ItemLabel>
            <DataList.ItemValue className="wrap-anywhere">{shown}</DataList.ItemValue>
          </DataList.Item>
        ))}
      </DataList>
    </Stack>
  );
}

function detailsOf(ioc: Ioc): [string, ReactNode][] {
  const { source } = ioc;
  const rows: [string, ReactNode][] = [
    ["Risk", <RiskMeter key="risk" score={ioc.risk_score} width={96} />],
    ["Confidence", <ConfidenceBadge key="confidence" confidence={ioc.confidence} />],
    ["First seen", <Time key="first" value={ioc.first_seen} as="full" />],
    ["Last seen", <Time key="last" value={ioc.last_seen} as="full" />],
    ["Last changed", <Time key="updated" value={ioc.updated_at} as="full" />],
  ];
  if (ioc.valid_until) rows.push(["Valid until", <Time key="valid" value={ioc.valid_until} as="full" />]);
  rows.push(["Source", `${source.feed_name} (${categoryLabels[source.category]})`]);
  rows.push(["Reported by", plural(ioc.sources_count, "source")]);
  if (source.reference_url) {
    rows.push(["Reference", <ReferenceLink key="reference" reference={source.reference_url} value={ioc.value} />]);
  }
  if (source.article_id) {
    rows.push([
      "Article",
      <AnchorLink key="article" to="/articles/$articleId" params={{ articleId: source.article_id }} size="sm">
        {source.article_title}
      </AnchorLink>,
    ]);
  }
  if (ioc.warnings.length > 0) rows.push(["Warninglists", <TagList key="warnings" tags={ioc.warnings} />]);
  if (ioc.context) rows.push(["Context", ioc.context]);
  if (ioc.tags.length > 0) rows.push(["Tags", <TagList key="tags" tags={ioc.tags} />]);
  if (ioc.mitre_techniques.length > 0) {
    rows.push(["Techniques", <TechniqueTags key="techniques" ids={ioc.mitre_techniques} />]);
  }
  rows.push(["TLP", `TLP:${ioc.tlp.toUpperCase()}`]);
  if (canDefang(ioc.type)) {
    const safe = defang(ioc.type, ioc.value);
    rows.push([
      "Defanged",
      <span key="defanged" className="mono">
        {safe}
      </span>,
    ]);
  }
  rows.push([
    "ID",
    <Group key="id" gap={4} wrap="nowrap">
      <span className="mono">{ioc.id}</span>
      <CopyIcon value={ioc.id} label="Copy ID" size="xs" />
    </Group>,
  ]);
  return rows;
}
