import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CopyBlock } from "../../components/ui/copy";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { toastDone } from "../../components/ui/toast";
import { type Outputs, trpc, trpcClient } from "../../lib/trpc";

export type Person = Outputs["people"]["list"]["data"][number];

export type Task = {
  title: string;
  /** What it does, for whoever is about to. */
  words: string;
  grave?: true;
  /** Whether it asks about the person's keys, too. */
  asksKeys?: true;
  offered: (person: Person, isMe: boolean) => boolean;
  /** Answers with a link where it makes one. */
  run: (personId: string, endKeys: boolean) => Promise<{ url: string; expires_at: string } | null>;
};

const nothing = async (work: Promise<unknown>) => {
  await work;
  return null;
};

/** What an operator does for and with a person. */
export const tasks = {
  password: {
    title: "Link for a new password",
    words: "Makes a link by which they set a new password, once, within an hour. Their sessions end when they use it.",
    offered: ({ disabled_at }) => disabled_at === null,
    run: (personId) => trpcClient.people.createLink.mutate({ personId, kind: "password" }),
  },
  second_factor: {
    title: "Link to drop the second factor",
    words:
      "Makes a link by which they remove their second factor and their passkeys, once, within an hour. They still need their password.",
    offered: ({ disabled_at, two_factor_enabled, passkeys }) =>
      disabled_at === null && (two_factor_enabled || passkeys > 0),
    run: (personId) => trpcClient.people.createLink.mutate({ personId, kind: "second_factor" }),
  },
  sessions: {
    title: "End sessions",
    words: "Signs them out everywhere.",
    offered: ({ sessions }) => sessions > 0,
    run: (personId) => nothing(trpcClient.people.endSessions.mutate({ personId })),
  },
  promote: {
    title: "Make an operator",
    words: "They may run this instance: feeds, workspaces and people.",
    offered: ({ operator, disabled_at }) => !operator && disabled_at === null,
    run: (personId) => nothing(trpcClient.people.setOperator.mutate({ personId, operator: true })),
  },
  demote: {
    title: "Make no operator",
    words: "They keep their workspaces and may no longer run this instance.",
    offered: ({ operator }) => operator,
    run: (personId) => nothing(trpcClient.people.setOperator.mutate({ personId, operator: false })),
  },
  enable: {
    title: "Enable",
    words: "They may sign in again. Keys that have ended stay ended.",
    offered: ({ disabled_at }) => disabled_at !== null,
    run: (personId) => nothing(trpcClient.people.setDisabled.mutate({ personId, disabled: false })),
  },
  disable: {
    title: "Disable",
    words: "Their sessions end and they can no longer sign in, until somebody enables them.",
    grave: true,
    asksKeys: true,
    offered: ({ disabled_at }, isMe) => disabled_at === null && !isMe,
    run: (personId, endKeys) => nothing(trpcClient.people.setDisabled.mutate({ personId, disabled: true, endKeys })),
  },
  remove: {
    title: "Delete account",
    words:
      "Deletes the account for good. The audit log says a pseudonym in the place of their name. Keys that they made go on, unless they end now.",
    grave: true,
    asksKeys: true,
    offered: (_person, isMe) => !isMe,
    run: (personId, endKeys) => nothing(trpcClient.people.delete.mutate({ personId, endKeys })),
  },
} as const satisfies Record<string, Task>;

export type PersonTask = { action: keyof typeof tasks; person: Person };

/** Says what is about to be done with a person, does it, and shows the link where one is made. */
export function PersonDialogs({ task, onClose }: { task: PersonTask | null; onClose: () => void }) {
  const [shown, setShown] = useState(task);
  const [endKeys, setEndKeys] = useState(false);
  if (task && task !== shown) {
    setShown(task);
    setEndKeys(false);
  }
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: ({ action, person }: PersonTask) => tasks[action].run(person.id, endKeys),
    gcTime: 0,
    onSuccess: async (link, { action, person }) => {
      await queries.invalidateQueries({ queryKey: trpc.people.pathKey() });
      if (link) return;
      toastDone(`${tasks[action].title}: ${person.name}.`);
      onClose();
    },
  });
  const entry: Task | null = shown && tasks[shown.action];
  return (
    <Modal
      opened={task !== null}
      onClose={onClose}
      onExitTransitionEnd={run.reset}
      title={entry ? `${entry.title}: ${shown?.person.name}` : ""}
    >
      {run.data ? (
        <Stack gap="md">
          <Text size="sm">
            Give it to {shown?.person.email} over a channel that you trust. It works once, until{" "}
            <Time value={run.data.expires_at} />, and is shown only now.
          </Text>
          <CopyBlock value={run.data.url} label="Copy link" />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <Text size="sm">{entry?.words}</Text>
          {entry?.asksKeys && (
            <Checkbox
              label="End the keys and management tokens that they made, in every workspace"
              description="Programs that use them stop working at once. They cannot be brought back."
              checked={endKeys}
              onChange={(event) => setEndKeys(event.currentTarget.checked)}
            />
          )}
          {run.isError && <ProblemAlert error={run.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={run.isPending}>
              Cancel
            </Button>
            <Button
              {...(entry?.grave ? { color: "red" } : {})}
              loading={run.isPending}
              onClick={() => shown && run.mutate(shown)}
            >
              {entry?.title}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
