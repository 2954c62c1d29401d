import { Alert, Anchor, DataList, Group, List, Paper, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { LookupData } from "@tocsin/core/lookup";
import type { ReactNode } from "react";
import { ConfidenceBadge } from "../../components/ioc/confidence-badge";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { count } from "../../lib/numbers";
import classes from "./lookup.module.css";
import type { RelationGroups } from "./lookup-relations";
import type { LookupTab } from "./lookup-search";
import { pivotWords } from "./pivot-words";

type Props = { data: LookupData; groups: RelationGroups | undefined; onTab: (tab: LookupTab) => void };

/** What is known, on one screen: times, names and what it leads to. */
export function LookupSummary({ data, groups, onTab }: Props) {
  return (
    <div className={classes.columns}>
      <Paper p="md" component="section" aria-labelledby="details">
        {data.warnings.length > 0 && (
          <Alert color="yellow" title="Check before blocking" icon={<IconAlertTriangle size={18} />} mb="md">
            <List size="sm">
              {data.warnings.map((warning) => (
                <List.Item key={warning}>{warning}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Title order={2} id="details" mb="sm">
          Details
        </Title>
        <Details data={data} />
      </Paper>
      <Paper p="md" component="section" aria-labelledby="leads">
        <Title order={2} id="leads" mb="sm">
          Leads to
        </Title>
        {groups?.length === 0 && (
          <Text size="sm" c="dimmed">
            Nothing else that is stored has anything in common with it.
          </Text>
        )}
        {groups?.map((group) => (
          <Group key={`${group.pivot} ${group.label}`} justify="space-between" wrap="nowrap" gap="sm" py={4}>
            <Text size="sm" className="cut" title={group.label}>
              {pivotWords[group.pivot]} <strong>{group.label}</strong>
            </Text>
            <Anchor component="button" type="button" size="sm" className="whole" onClick={() => onTab("relations")}>
              {count(group.total)}
              {group.total_exact ? "" : "+"}
            </Anchor>
          </Group>
        ))}
      </Paper>
    </div>
  );
}

function Details({ data }: { data: LookupData }) {
  const rows: [string, ReactNode][] = [
    ["Confidence", data.confidence && <ConfidenceBadge confidence={data.confidence} />],
    ["First seen", data.first_seen && <Time value={data.first_seen} as="full" />],
    ["Last seen", data.last_seen && <Time value={data.last_seen} as="full" />],
    ["Sightings", data.found && <span className="numbers">{count(data.total_occurrences)}</span>],
    ["Threat type", data.threat_type?.replaceAll("_", " ")],
    [
      "Malware",
      data.malware_family && <ThreatLink kind="malware" id={data.malware_family} name={data.malware_family} />,
    ],
    ["Techniques", data.mitre.length > 0 && <Techniques mitre={data.mitre} />],
    ["Tags", data.tags.length > 0 && <Tags tags={data.tags} />],
  ];
  const shown = rows.filter(([, value]) => value);
  if (shown.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing is stored of the value itself.
      </Text>
    );
  }
  return (
    <DataList labelWidth="96px">
      {shown.map(([label, value]) => (
        <DataList.Item key={label}>
          <DataList.ItemLabel>{label}</DataList.ItemLabel>
          <DataList.ItemValue>{value}</DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  );
}

function Techniques({ mitre }: { mitre: LookupData["mitre"] }) {
  return (
    <>
      {mitre.map(({ id, name }) => (
        <Text key={id} size="sm" component="div">
          {!/^T\d{4}/.test(id) ? (
            [id, name].filter(Boolean).join(" ")
          ) : (
            <ThreatLink kind="technique" id={id} name={[id, name].filter(Boolean).join(" ")} />
          )}
        </Text>
      ))}
    </>
  );
}

function ThreatLink({ kind, id, name }: { kind: "technique" | "malware"; id: string; name: string }) {
  return (
    <AnchorLink to="/attack/$kind/$id" params={{ kind, id }} size="sm">
      {name}
    </AnchorLink>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <Group gap={8}>
      {tags.map((tag) => (
        <AnchorLink key={tag} to="/iocs" search={{ tag }} size="sm" className="wrap-anywhere">
          {tag}
        </AnchorLink>
      ))}
    </Group>
  );
}
