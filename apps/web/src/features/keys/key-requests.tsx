import { Badge, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { Time } from "../../components/ui/time";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { trpc } from "../../lib/trpc";
import { DeclineDialog, type KeyRequest } from "./decline-dialog";
import { FirstRequest } from "./first-request";
import { NewKeySecret } from "./new-key-secret";

/** Requests for keys that wait: for a second person, or to be collected by whoever asked. */
export function KeyRequests({ forbidden }: { forbidden: string | null }) {
  const requests = useQuery(trpc.keyRequests.list.queryOptions());
  const [declining, setDeclining] = useState<KeyRequest | null>(null);
  const queries = useQueryClient();
  const collect = useMutation(
    trpc.keyRequests.collect.mutationOptions({
      // The answer holds the secret: it must not outlive its dialog.
      gcTime: 0,
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.keys.pathKey() }),
      onError: (error) => toastProblem(error, "The key was not made"),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.keyRequests.pathKey() }),
    }),
  );
  const made = collect.data?.data;
  const open = (requests.data?.data ?? []).filter(isOpen);
  if (requests.isError) return <ProblemAlert error={requests.error} onRetry={() => void requests.refetch()} />;
  return (
    <>
      {open.length > 0 && (
        <Section title="Requests for keys" note="The key policy wants a second person to approve new keys." maw={1200}>
          <Stack component="ul" gap="sm" className="plain-list">
            {open.map((request) => (
              <Group key={request.id} component="li" justify="space-between" align="flex-start" gap="sm">
                <About request={request} />
                {forbidden === null && (
                  <Actions
                    request={request}
                    collecting={collect.isPending}
                    onCollect={() => collect.mutate({ requestId: request.id })}
                    onDecline={() => setDeclining(request)}
                  />
                )}
              </Group>
            ))}
          </Stack>
        </Section>
      )}
      <DeclineDialog request={declining} onClose={() => setDeclining(null)} />
      <Modal
        opened={made !== undefined}
        onClose={collect.reset}
        title="Store this key now"
        size="lg"
        closeOnClickOutside={false}
        closeOnEscape={false}
        withCloseButton={false}
      >
        {made && (
          <NewKeySecret id={made.id} name={made.name} secret={made.key} onStored={collect.reset}>
            <FirstRequest keyId={made.id} />
          </NewKeySecret>
        )}
      </Modal>
    </>
  );
}

const isOpen = ({ status, mine }: KeyRequest) => status === "pending" || (status === "approved" && mine);

function About({ request }: { request: KeyRequest }) {
  const { name, status, mine, requested_by, created_at, scopes, allowed_ips, expires_at, reason } = request;
  return (
    <Stack gap={2} style={{ flex: "1 1 320px", minWidth: 0 }}>
      <Group gap="xs">
        <Text size="sm" fw={560} className="wrap-anywhere">
          {name}
        </Text>
        <Badge color={status === "approved" ? "teal" : "orange"}>{status}</Badge>
      </Group>
      <Text size="xs" c="dimmed" component="div" className="wrap-anywhere">
        Requested by {mine ? "you" : requested_by} <Time value={created_at} />: {scopes.join(", ")}; from{" "}
        {allowed_ips?.join(", ") ?? "any address"}; expires {expires_at ? <Time value={expires_at} /> : "never"}
      </Text>
      {reason && (
        <Text size="sm" className="wrap-anywhere">
          {reason}
        </Text>
      )}
    </Stack>
  );
}

type ActionsProps = { request: KeyRequest; collecting: boolean; onCollect: () => void; onDecline: () => void };

function Actions({ request, collecting, onCollect, onDecline }: ActionsProps) {
  const { id: requestId, name, status, mine } = request;
  const { withdraw, approve } = useDecisions(request);
  if (status === "approved") {
    return (
      <Button size="xs" loading={collecting} onClick={onCollect} aria-label={`Collect ${name}`}>
        Collect
      </Button>
    );
  }
  if (mine) {
    return (
      <Button
        size="xs"
        variant="default"
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ requestId })}
        aria-label={`Withdraw ${name}`}
      >
        Withdraw
      </Button>
    );
  }
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" onClick={onDecline} aria-label={`Decline ${name}`}>
        Decline
      </Button>
      <Button
        size="xs"
        loading={approve.isPending}
        onClick={() => approve.mutate({ requestId, approve: true })}
        aria-label={`Approve ${name}`}
      >
        Approve
      </Button>
    </Group>
  );
}

function useDecisions({ name, requested_by }: KeyRequest) {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.keyRequests.pathKey() });
  const withdraw = useMutation(
    trpc.keyRequests.withdraw.mutationOptions({
      onError: (error) => toastProblem(error, "The request was not withdrawn"),
      onSettled,
    }),
  );
  const approve = useMutation(
    trpc.keyRequests.decide.mutationOptions({
      onSuccess: () => toastDone(`${name} is approved. ${requested_by} can collect it now.`),
      onError: (error) => toastProblem(error, "The request was not approved"),
      onSettled,
    }),
  );
  return { withdraw, approve };
}
