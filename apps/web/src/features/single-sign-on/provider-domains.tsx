import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CopyBlock } from "../../components/ui/copy";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { trpc } from "../../lib/trpc";
import type { Provider } from "./use-provider";

type Domain = Provider["domains"][number];

/** The domains of a workspace's provider, and the records that prove them. */
export function ProviderDomains({ domains, forbidden }: { domains: Domain[]; forbidden: string | null }) {
  return (
    <Section title="Domains" note="People of a domain sign in once a TXT record proves that it is yours.">
      <Stack component="ul" gap="md" className="plain-list">
        {domains.map((domain) => (
          <DomainRow key={domain.domain} domain={domain} forbidden={forbidden} />
        ))}
      </Stack>
    </Section>
  );
}

function DomainRow({
  domain: { domain, verified_at, record },
  forbidden,
}: {
  domain: Domain;
  forbidden: string | null;
}) {
  const queries = useQueryClient();
  const verify = useMutation(
    trpc.singleSignOn.verifyDomain.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.singleSignOn.pathKey() }),
    }),
  );
  return (
    <Stack component="li" gap="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={560} className="wrap-anywhere">
          {domain}
        </Text>
        <Badge color={verified_at ? "teal" : "orange"}>{verified_at ? "Verified" : "Not verified"}</Badge>
      </Group>
      {!verified_at && record && (
        <>
          <CopyBlock value={record.name} label={`Copy the name of the record of ${domain}`} />
          <CopyBlock value={record.value} label={`Copy the record of ${domain}`} />
          {verify.isError && <ProblemAlert error={verify.error} title="The domain is not verified" />}
          {forbidden === null && (
            <Group>
              <Button size="xs" variant="default" loading={verify.isPending} onClick={() => verify.mutate({ domain })}>
                Verify
              </Button>
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}
