import { Badge, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconRefresh, IconSend } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { noticeChannelCatalog, noticeChannels } from "@tocsin/core/notices/channels";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { Time } from "../../components/ui/time";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { duration } from "../../lib/dates";
import { plural } from "../../lib/numbers";
import { type Outputs, trpc } from "../../lib/trpc";

type Delivery = Outputs["webhooks"]["deliveries"]["data"][number];

const looks = {
  pending: { word: "Waiting", color: "yellow" },
  delivered: { word: "Delivered", color: "teal" },
  failed: { word: "Failed", color: "red" },
} as const satisfies Record<Delivery["status"], object>;

const channels = new Intl.ListFormat("en").format(noticeChannels);

/** What was sent of late, with how each attempt went. */
export function DeliveryLog({ webhook }: { webhook: boolean }) {
  const queries = useQueryClient();
  const log = useQuery(
    trpc.webhooks.deliveries.queryOptions(
      {},
      // While something is on its way one waits for it.
      { refetchInterval: ({ state }) => (state.data?.data.some((each) => each.attempts === 0) ? 2_000 : 30_000) },
    ),
  );
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.webhooks.deliveries.pathKey() });
  const test = useMutation(
    trpc.webhooks.test.mutationOptions({
      onSuccess: async () => {
        toastDone("A test message is being sent.");
        await refresh();
      },
      onError: (error) => toastProblem(error, "The test message was not sent"),
    }),
  );
  const replay = useMutation(
    trpc.webhooks.replay.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toastProblem(error, "The message was not sent again"),
    }),
  );
  return (
    <Section
      title="Deliveries"
      note={`The latest 20 deliveries by ${channels}.`}
      action={
        <Button
          variant="default"
          leftSection={<IconSend size={15} />}
          disabled={!webhook}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          Send test message
        </Button>
      }
    >
      {log.isError && <ProblemAlert error={log.error} onRetry={() => void log.refetch()} />}
      {log.isPending && <Skeleton height={60} />}
      {log.data?.data.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing has been sent yet.
        </Text>
      )}
      <Stack component="ul" gap={0} className="plain-list">
        {log.data?.data.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            busy={replay.isPending}
            onReplay={
              webhook || !noticeChannelCatalog[delivery.channel].needsWebhook
                ? () => replay.mutate({ id: delivery.id })
                : null
            }
          />
        ))}
      </Stack>
    </Section>
  );
}

type RowProps = { delivery: Delivery; busy: boolean; onReplay: (() => void) | null };

function DeliveryRow({ delivery, busy, onReplay }: RowProps) {
  const { word, color } = looks[delivery.status];
  const last = delivery.tries.at(-1);
  return (
    <li style={{ padding: "10px 0" }}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Stack gap={2} style={{ minWidth: 0 }}>
          <Group gap={8}>
            <Badge color={color}>{word}</Badge>
            <Text size="sm" fw={560} className="wrap-anywhere">
              {delivery.kind}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              <Time value={delivery.created_at} />
            </Text>
          </Group>
          <Text size="xs" c="dimmed" component="div" className="wrap-anywhere">
            {delivery.recipient ?? <span className="mono">{delivery.message_id}</span>}
          </Text>
          {last && (
            <Text size="xs" c="dimmed" component="div" className="wrap-anywhere">
              {plural(delivery.attempts, "attempt")}, the last took {duration(last.ms)}:{" "}
              {last.error ?? (last.status === null ? "accepted" : `HTTP ${last.status}`)}
              {delivery.next_at && delivery.attempts > 0 && (
                <>
                  {" "}
                  Next attempt <Time value={delivery.next_at} />.
                </>
              )}
            </Text>
          )}
        </Stack>
        {delivery.status !== "pending" && onReplay && (
          <Button
            size="compact-sm"
            variant="subtle"
            className="whole"
            leftSection={<IconRefresh size={14} />}
            disabled={busy}
            onClick={onReplay}
          >
            Send again
          </Button>
        )}
      </Group>
    </li>
  );
}
