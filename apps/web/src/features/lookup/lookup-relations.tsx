import { Group, Stack, Text, Title } from "@mantine/core";
import { IconAffiliate } from "@tabler/icons-react";
import { BriefIocTable } from "../../components/ioc/brief-ioc-table";
import { EmptyState } from "../../components/ui/empty-state";
import { AnchorLink } from "../../components/ui/links";
import { plural } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";
import { pivotWords } from "./pivot-words";

export type RelationGroups = Outputs["lookup"]["relations"]["data"]["groups"];

/** Other indicators, a table for each thing that they have in common with the value. */
export function LookupRelations({ groups }: { groups: RelationGroups }) {
  if (groups.length === 0) {
    return (
      <EmptyState icon={<IconAffiliate size={22} />} title="No relations">
        Nothing else that is stored shares a network, host, article, malware or tag with the value.
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      {groups.map((group) => (
        <section key={`${group.pivot} ${group.label}`} aria-label={`${pivotWords[group.pivot]} ${group.label}`}>
          <Group justify="space-between" mb={6} gap="xs" wrap="nowrap">
            <Title order={2} fz="sm" className="cut" title={group.label}>
              {pivotWords[group.pivot]} {group.label}
            </Title>
            <Text size="sm" c="dimmed" className="whole">
              {plural(group.total, "indicator")}
              {group.total_exact ? "" : " or more"}
              {group.total > group.data.length && `, the latest ${group.data.length} here`} <All group={group} />
            </Text>
          </Group>
          <BriefIocTable rows={group.data} label={`${pivotWords[group.pivot]} ${group.label}`} />
        </section>
      ))}
    </Stack>
  );
}

/** Where a list has all of them. */
function All({ group }: { group: RelationGroups[number] }) {
  if (group.pivot === "tag") {
    return (
      <AnchorLink to="/iocs" search={{ tag: group.label }} size="sm">
        All
      </AnchorLink>
    );
  }
  if (group.pivot !== "family") return null;
  return (
    <AnchorLink to="/attack/$kind/$id" params={{ kind: "malware", id: group.label }} size="sm">
      About {group.label}
    </AnchorLink>
  );
}
