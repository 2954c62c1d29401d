import { Alert, Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { trpc } from "../../lib/trpc";
import type { Workspace } from "./workspace-rows";

/** Shuts a workspace with a reason, or opens one that is shut. */
export function SuspendDialog({ workspace, onClose }: { workspace: Workspace | null; onClose: () => void }) {
  const queries = useQueryClient();
  const [shown, setShown] = useState(workspace);
  const [reason, setReason] = useState("");
  if (workspace && workspace !== shown) {
    setShown(workspace);
    setReason("");
  }
  const change = useMutation(
    trpc.workspaces.setSuspended.mutationOptions({
      onSuccess: async (answer) => {
        await queries.invalidateQueries({ queryKey: trpc.workspaces.pathKey() });
        toastDone(
          answer.suspended_at
            ? `${answer.name} is suspended: its keys are refused.`
            : `${answer.name} is active again.`,
        );
        onClose();
      },
    }),
  );
  const suspend = !shown?.suspended_at;
  return (
    <Modal
      opened={workspace !== null}
      onClose={onClose}
      onExitTransitionEnd={change.reset}
      title={suspend ? "Suspend workspace" : "Resume workspace"}
    >
      {shown && (
        <Stack gap="md">
          <Alert color={suspend ? "red" : "tide"}>
            {suspend
              ? `Every key of ${shown.name} is refused on every node, and its members cannot act in it, until it is resumed.`
              : `The keys of ${shown.name} that are neither revoked nor expired work again, and its members may act in it.`}
          </Alert>
          {change.error ? <ProblemAlert error={change.error} /> : null}
          <Textarea
            label="Reason"
            description="Recorded in the audit log of the workspace."
            value={reason}
            maxLength={500}
            rows={2}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={change.isPending}>
              Cancel
            </Button>
            <Button
              {...(suspend ? { color: "red" } : {})}
              loading={change.isPending}
              onClick={() => change.mutate({ workspaceId: shown.id, suspended: suspend, reason: reason.trim() })}
            >
              {suspend ? "Suspend workspace" : "Resume workspace"}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
