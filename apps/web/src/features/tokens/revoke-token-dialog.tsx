import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { trpc } from "../../lib/trpc";
import type { Token } from "./token-form";

export function RevokeTokenDialog({ token, onClose }: { token: Token | null; onClose: () => void }) {
  const queries = useQueryClient();
  // The last one stays while the dialog fades out.
  const [shown, setShown] = useState(token);
  if (token && token !== shown) setShown(token);
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSuccess: async ({ data }) => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: trpc.tokens.list.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.audit.pathKey() }),
        ]);
        toastDone(`${data.name} is revoked. Requests with it are refused from now on.`);
        onClose();
      },
    }),
  );
  return (
    <Modal opened={token !== null} onClose={onClose} onExitTransitionEnd={revoke.reset} title="Revoke management token">
      <Stack gap="md">
        <Text size="sm">
          <strong className="wrap-anywhere">{shown?.name}</strong> stops working immediately and permanently. Keys
          created with it stay.
        </Text>
        {revoke.isError && <ProblemAlert error={revoke.error} title="The token was not revoked" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={revoke.isPending}>
            Cancel
          </Button>
          <Button color="red" loading={revoke.isPending} onClick={() => shown && revoke.mutate({ token_id: shown.id })}>
            Revoke token
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
