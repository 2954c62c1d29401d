import { Badge, Button, DataList, Drawer, Group, Skeleton, Stack, Text, Textarea, Title } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { GatedButton } from "../../components/ui/gated-button";
import { AnchorLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { plural } from "../../lib/numbers";
import { type Outputs, trpc } from "../../lib/trpc";
import { AssignMenu } from "./assign-menu";
import { Found, type Match, Risk, Why } from "./match-cells";
import type { Triage } from "./use-triage";
import { useWatchRefresh } from "./use-watch-refresh";

type Props = { matchId: string | undefined; triage: Triage; forbidden: string | null; onClose: () => void };

/** One match: what it found and why, who looks into it, and what is said of it. */
export function MatchDrawer({ matchId, triage, forbidden, onClose }: Props) {
  return (
    <Drawer opened={matchId !== undefined} onClose={onClose} title={<Text fw={600}>Match</Text>}>
      {matchId !== undefined && <Opened matchId={matchId} triage={triage} forbidden={forbidden} />}
    </Drawer>
  );
}

function Opened({ matchId, triage, forbidden }: Omit<Props, "onClose" | "matchId"> & { matchId: string }) {
  const query = useQuery(trpc.watchlists.match.queryOptions({ matchId }));
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={240} radius="md" />;
  const { data: match, comments } = query.data;
  const open = match.acknowledged_at === null;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <GatedButton
          forbidden={forbidden}
          size="compact-sm"
          variant={open ? "filled" : "default"}
          leftSection={open ? <IconCheck size={14} /> : <IconArrowBackUp size={14} />}
          disabled={triage.busy}
          onClick={() => triage.acknowledge({ ids: [match.id] }, open)}
        >
          {open ? "Acknowledge" : "Reopen"}
        </GatedButton>
        {forbidden === null && (
          <AssignMenu
            assigned={match.assigned_to}
            disabled={triage.busy}
            onAssign={(email) => triage.assign({ ids: [match.id] }, email)}
          />
        )}
      </Group>
      <Facts match={match} />
      <Comments comments={comments} />
      {forbidden === null && <Say key={match.id} matchId={match.id} />}
    </Stack>
  );
}

function Facts({ match }: { match: Match }) {
  const { ioc, entry, watchlist, acknowledged_at, acknowledged_by } = match;
  const rows: [string, ReactNode][] = [
    [ioc ? typeLabels[ioc.type] : "Article", <Found key="found" match={match} whole />],
    ["Risk", <Risk key="risk" match={match} />],
    ["Reason", <Why key="why" match={match} />],
    ["Entry", entry.note ? `${entry.value} (${entry.note})` : entry.value],
    [
      "Watchlist",
      <AnchorLink key="list" to="/watchlists/$watchlistId" params={{ watchlistId: watchlist.id }} size="sm">
        {watchlist.name}
      </AnchorLink>,
    ],
    ["Matched", <Time key="matched" value={match.matched_at} as="full" />],
    ["Last change", <Time key="last" value={match.last_at} as="full" />],
  ];
  if (ioc?.malware_family) rows.splice(2, 0, ["Malware", ioc.malware_family]);
  if (acknowledged_at) {
    rows.push([
      "Acknowledged",
      <span key="done">
        <Time value={acknowledged_at} /> by {acknowledged_by ?? "someone"}
      </span>,
    ]);
  }
  return (
    <DataList labelWidth="112px">
      {rows.map(([label, shown]) => (
        <DataList.Item key={label}>
          <DataList.ItemLabel>{label}</DataList.ItemLabel>
          <DataList.ItemValue className="wrap-anywhere">{shown}</DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  );
}

type CommentsProps = Pick<Outputs["watchlists"]["match"], "comments">;

function Comments({ comments }: CommentsProps) {
  return (
    <Stack gap="xs" component="section" aria-label="Comments">
      <Group gap={6}>
        <Title order={3} size="h5">
          Comments
        </Title>
        {comments.length > 0 && <Badge color="gray">{comments.length}</Badge>}
      </Group>
      {comments.length === 0 && (
        <Text size="sm" c="dimmed">
          Nobody has said anything yet.
        </Text>
      )}
      {comments.map(({ id, author, text, created_at }) => (
        <div key={id}>
          <Text size="xs" c="dimmed" component="div">
            {author} · <Time value={created_at} />
          </Text>
          <Text size="sm" className="wrap-anywhere" style={{ whiteSpace: "pre-wrap" }}>
            {text}
          </Text>
        </div>
      ))}
    </Stack>
  );
}

const longest = 2_000;

function Say({ matchId }: { matchId: string }) {
  const refresh = useWatchRefresh();
  const [text, setText] = useState("");
  const comment = useMutation(
    trpc.watchlists.comment.mutationOptions({
      onSuccess: async () => {
        setText("");
        await refresh();
      },
    }),
  );
  const empty = text.trim() === "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty) comment.mutate({ matchId, text: text.trim() });
      }}
    >
      <Stack gap="xs">
        {comment.isError && <ProblemAlert error={comment.error} title="The comment was not kept" />}
        <Textarea
          aria-label="Comment"
          placeholder="What did you find out?"
          description={text.length > 1_800 ? `${plural(longest - text.length, "character")} left` : undefined}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={longest}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" size="compact-sm" loading={comment.isPending} disabled={empty}>
            Comment
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
