import { Badge, Card, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { auditCatalog, isAuditAction } from "@tocsin/core/audit/actions";
import type { Key } from "../../components/key/key";
import { CopyIcon } from "../../components/ui/copy";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { may, useMe } from "../../lib/me";
import { trpc } from "../../lib/trpc";
import { usedScopes } from "./used-scopes";

const shown = 12;
const scopeLooks = {
  used: { color: "teal", words: "used" },
  unused: { color: "gray", words: "not used in 30 days" },
  unknown: { color: "gray", words: "use is not counted" },
} as const;

/** From where a key is used, which of its scopes it uses, and what was done to it. */
export function KeyBackground({ row }: { row: Key }) {
  const me = useMe();
  return (
    <SimpleGrid cols={{ base: 1, md: 2, lg: may(me, "audit:read") ? 3 : 2 }} spacing="md">
      <Networks keyId={row.id} />
      <Scopes row={row} />
      {may(me, "audit:read") && <Trail keyId={row.id} />}
    </SimpleGrid>
  );
}

function Networks({ keyId }: { keyId: string }) {
  const { data } = useQuery(trpc.keys.facts.queryOptions({ keyId }));
  const networks = data?.data.networks ?? [];
  return (
    <Card withBorder radius="md" component="section" aria-label="Networks">
      <Title order={2} mb="sm">
        Networks
      </Title>
      {networks.length === 0 && (
        <Text size="sm" c="dimmed">
          The key has not been used yet.
        </Text>
      )}
      <Stack gap={6}>
        {networks.slice(0, shown).map(({ network, first_at, last_at }) => (
          <Group key={network} justify="space-between" gap="xs" wrap="nowrap">
            <Group gap={4} wrap="nowrap">
              <span className="mono">{network}</span>
              <CopyIcon value={network} label="Copy network" size="xs" />
            </Group>
            <Text size="xs" c="dimmed" component="div" ta="right">
              <Time value={first_at} as="date" /> to <Time value={last_at} as="date" />
            </Text>
          </Group>
        ))}
        {networks.length > shown && (
          <Text size="xs" c="dimmed">
            The last {shown} of {networks.length}.
          </Text>
        )}
      </Stack>
    </Card>
  );
}

function Scopes({ row }: { row: Key }) {
  const { data } = useQuery(trpc.keys.usage.queryOptions({ keyId: row.id, days: 30 }));
  const paths = data?.data.top_endpoints.map(({ path }) => path) ?? [];
  return (
    <Card withBorder radius="md" component="section" aria-label="Scopes">
      <Title order={2} mb="sm">
        Scopes
      </Title>
      <Stack gap={6}>
        {usedScopes(row.scopes, paths).map(({ scope, use }) => (
          <Group key={scope} justify="space-between" gap="xs">
            <Badge color={scopeLooks[use].color}>{scope}</Badge>
            <Text size="xs" c="dimmed">
              {scopeLooks[use].words}
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function Trail({ keyId }: { keyId: string }) {
  const { data } = useQuery(trpc.audit.list.queryOptions({ target: keyId, limit: 8 }));
  return (
    <Card withBorder radius="md" component="section" aria-label="Audit trail">
      <Group justify="space-between" mb="sm">
        <Title order={2}>Audit trail</Title>
        <AnchorLink to="/audit" search={{ target: keyId }} size="sm">
          All
        </AnchorLink>
      </Group>
      <Stack gap={6}>
        {data?.data.map(({ id, action, at, actor }) => (
          <Group key={id} justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm" className="cut">
              {isAuditAction(action) ? auditCatalog[action].label : action}
              {actor.name ? ` by ${actor.name}` : ""}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              <Time value={at} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
