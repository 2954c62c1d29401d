import { Alert, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconLock, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CopyIcon } from "../../components/ui/copy";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { Time } from "../../components/ui/time";
import { useEvery } from "../../lib/live";
import { trpc } from "../../lib/trpc";
import { ClientSettings } from "./client-settings";
import { CollectionRows } from "./collection-rows";
import type { Taxii } from "./taxii";

/** Where the TAXII server is, what its collections hold, and what to type into a client. */
export function TaxiiPage() {
  const query = useQuery(trpc.taxii.get.queryOptions(undefined, { refetchInterval: useEvery(30_000) }));
  const { data } = query;
  return (
    <Page note="STIX 2.1 objects for TAXII 2.1 clients, in the order of publication. Objects that change or are revoked are published again.">
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Pending />}
      {data && <Loaded taxii={data} refreshing={query.isFetching} onRefresh={() => void query.refetch()} />}
    </Page>
  );
}

function Loaded({ taxii, refreshing, onRefresh }: { taxii: Taxii; refreshing: boolean; onRefresh: () => void }) {
  const [alias, setAlias] = useState("all");
  const collection = taxii.collections.find((one) => one.alias === alias) ?? taxii.collections[0];
  return (
    <>
      {!taxii.allowed && (
        <Alert color="gray" icon={<IconLock size={18} />} title="Your tier does not include TAXII">
          Ask the operator of this instance for another tier.
        </Alert>
      )}
      <Section title="Addresses" maw={960}>
        <Stack gap={6}>
          <Address name="Discovery" url={taxii.discovery_url} />
          <Address name="API root" url={taxii.api_root_url} />
        </Stack>
        <Text size="sm" c="dimmed" mt="sm">
          Clients authenticate with an <AnchorLink to="/keys">API key</AnchorLink> that has the scope{" "}
          <code>read:stix</code>, as the password with any user name or as a bearer token.
        </Text>
      </Section>
      <Section title="Collections" maw={960}>
        <Group justify="space-between" gap="xs" mb="xs">
          <Text size="sm" c="dimmed" role="status">
            Including revoked objects, counted <Time value={taxii.counted_at} />
          </Text>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={15} />}
            loading={refreshing}
            onClick={onRefresh}
          >
            Refresh
          </Button>
        </Group>
        <CollectionRows collections={taxii.collections} chosen={collection?.alias ?? ""} onChoose={setAlias} />
      </Section>
      {collection && <ClientSettings taxii={taxii} collection={collection} />}
    </>
  );
}

function Address({ name, url }: { name: string; url: string }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" fw={600} w={84} style={{ flexShrink: 0 }}>
        {name}
      </Text>
      <Text size="sm" className="mono wrap-anywhere">
        {url}
      </Text>
      <CopyIcon value={url} label={`Copy the URL: ${name}`} />
    </Group>
  );
}

function Pending() {
  return (
    <Stack gap="md" aria-busy role="status" aria-label="Loading">
      <Skeleton height={140} radius="md" />
      <Skeleton height={320} radius="md" />
      <Skeleton height={300} radius="md" />
    </Stack>
  );
}
