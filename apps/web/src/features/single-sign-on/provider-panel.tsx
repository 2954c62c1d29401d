import { Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { ProviderDomains } from "./provider-domains";
import { ProviderForm } from "./provider-form";
import { type ProviderOf, proceduresOf } from "./use-provider";

/** The one provider of a workspace or of the instance. */
export function ProviderPanel({ of, forbidden }: { of: ProviderOf; forbidden: string | null }) {
  const query = useQuery(proceduresOf[of].get.queryOptions());
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={420} maw={720} radius="md" />;
  const { data: provider, callback_url } = query.data;
  return (
    <Stack gap="md">
      <ProviderForm
        key={provider?.updated_at ?? "new"}
        of={of}
        provider={provider}
        callbackUrl={callback_url}
        forbidden={forbidden}
      />
      {provider && of === "workspace" && <ProviderDomains domains={provider.domains} forbidden={forbidden} />}
    </Stack>
  );
}
