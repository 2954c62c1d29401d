import { Badge, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AnchorLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { type Outputs, trpc } from "../../lib/trpc";

type Proposal = Outputs["feedback"]["proposals"]["data"][number];

/** What workspaces call harmless and ask to hide from everybody: for operators, who accept or decline it. */
export function Proposals() {
  const query = useQuery(trpc.feedback.proposals.queryOptions());
  const rows = query.data?.data;
  if (!query.error && rows?.length === 0) return null;
  const waiting = rows?.filter(({ review }) => review === "pending") ?? [];
  const decided = rows?.filter(({ review }) => review !== "pending") ?? [];
  return (
    <Paper p="md" component="section" aria-labelledby="proposals">
      <Stack gap="sm">
        <Title order={2} id="proposals">
          Feedback of workspaces
        </Title>
        <Text size="sm" c="dimmed">
          Values that workspaces call harmless and ask you to hide from everybody. An accepted value joins those allowed
          by operators.
        </Text>
        {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {rows && waiting.length === 0 && <Text size="sm">Nothing waits for a decision.</Text>}
        {waiting.map((one) => (
          <Waiting key={`${one.workspace_id} ${one.indicator_id}`} proposal={one} />
        ))}
        {decided.map((one) => (
          <Group key={`${one.workspace_id} ${one.indicator_id}`} gap="xs">
            <Badge color={one.review === "accepted" ? "green" : "gray"}>{one.review}</Badge>
            <About proposal={one} />
            {one.review_note && <Text size="sm">{one.review_note}</Text>}
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}

function About({ proposal }: { proposal: Proposal }) {
  return (
    <Text size="sm" className="wrap-anywhere" component="div">
      <AnchorLink to="/lookup" search={{ value: proposal.value }} size="sm" className="mono">
        {proposal.value}
      </AnchorLink>{" "}
      {proposal.reason}{" "}
      <Text span size="xs" c="dimmed">
        {proposal.workspace_name}, <Time value={proposal.updated_at} />
        {proposal.sources.length > 0 && `; reported by ${proposal.sources.join(", ")}, score ${proposal.risk_score}`}
      </Text>
    </Text>
  );
}

function Waiting({ proposal }: { proposal: Proposal }) {
  const [note, setNote] = useState("");
  const client = useQueryClient();
  const review = useMutation(
    trpc.feedback.review.mutationOptions({
      onSuccess: async (_data, { decision }) => {
        toastDone(decision === "accept" ? "The value is hidden from everybody within minutes." : "Declined.");
        await client.invalidateQueries({ queryKey: trpc.feedback.pathKey() });
        await client.invalidateQueries({ queryKey: trpc.warninglists.pathKey() });
      },
      onError: (error) => toastProblem(error),
    }),
  );
  const decide = (decision: "accept" | "decline") =>
    review.mutate({ workspaceId: proposal.workspace_id, indicatorId: proposal.indicator_id, decision, note });
  return (
    <Group justify="space-between" gap="sm" align="flex-end">
      <div style={{ flex: "2 1 320px", minWidth: 0 }}>
        <About proposal={proposal} />
      </div>
      <TextInput
        size="xs"
        aria-label={`Note on ${proposal.value}`}
        placeholder="Note to the workspace"
        maxLength={200}
        value={note}
        style={{ flex: "1 1 160px" }}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button size="xs" loading={review.isPending} onClick={() => decide("accept")}>
          Accept for all
        </Button>
        <Button size="xs" variant="default" disabled={review.isPending} onClick={() => decide("decline")}>
          Decline
        </Button>
      </Group>
    </Group>
  );
}
