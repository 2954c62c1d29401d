import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { type Outputs, trpc } from "../../lib/trpc";

export type KeyRequest = Outputs["keyRequests"]["list"]["data"][number];

/** Declines what somebody asked for, with a reason for them. */
export function DeclineDialog({ request, onClose }: { request: KeyRequest | null; onClose: () => void }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const decline = useMutation(
    trpc.keyRequests.decide.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.keyRequests.pathKey() });
        setReason("");
        onClose();
      },
    }),
  );
  return (
    <Modal opened={request !== null} onClose={onClose} onExitTransitionEnd={decline.reset} title="Decline request">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (request) decline.mutate({ requestId: request.id, approve: false, ...(reason ? { reason } : {}) });
        }}
      >
        <Stack gap="md">
          {decline.isError && <ProblemAlert error={decline.error} title="The request was not declined" />}
          <Textarea
            label="Reason"
            description="Whoever asked reads it."
            value={reason}
            maxLength={500}
            rows={2}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={decline.isPending}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={decline.isPending}>
              Decline
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
