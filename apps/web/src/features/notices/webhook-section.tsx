import { Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { trpc } from "../../lib/trpc";
import { DeliveryLog } from "./delivery-log";
import { WebhookForm } from "./webhook-form";

/** Where the workspace's notices go beside the dashboard. */
export function WebhookSection() {
  const query = useQuery(trpc.webhooks.get.queryOptions());
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={320} maw={720} radius="md" />;
  const { data: webhook, email } = query.data;
  return (
    <Stack gap="md">
      <WebhookForm key={webhook?.updated_at ?? "new"} webhook={webhook} />
      <Section title="Email">
        <Text size="sm">
          {email
            ? "Owners and admins of the workspace get every notice by email."
            : "This instance sends no email, because its operator has not configured a mail server."}
        </Text>
      </Section>
      <DeliveryLog webhook={webhook?.enabled === true} />
    </Stack>
  );
}
