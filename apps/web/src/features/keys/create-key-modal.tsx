import { Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toastDone } from "../../components/ui/toast";
import { useMe } from "../../lib/me";
import { trpc } from "../../lib/trpc";
import { CreateKeyForm } from "./create-key-form";
import { FirstRequest } from "./first-request";
import { NewKeySecret } from "./new-key-secret";

/** First the form, then, in the same place, the secret: this one time. */
export function CreateKeyModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { workspace } = useMe();
  const queries = useQueryClient();
  const create = useMutation(
    trpc.keys.create.mutationOptions({
      // The answer holds the secret: it must not outlive this dialog.
      gcTime: 0,
      onSuccess: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: trpc.keys.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.overview.get.pathKey() }),
        ]),
    }),
  );
  const request = useMutation(
    trpc.keyRequests.create.mutationOptions({
      onSuccess: async ({ data }) => {
        await queries.invalidateQueries({ queryKey: trpc.keyRequests.pathKey() });
        toastDone(`${data.name} was requested. Once somebody has approved it, you collect it here.`);
        onClose();
      },
    }),
  );
  const policy = workspace.key_policy;
  const asks = policy?.require_approval === true;
  const ask = asks ? request : create;
  const created = create.data?.data;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={ask.reset}
      title={created ? "Store this key now" : asks ? "Request key" : "Create key"}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!created && !ask.isPending}
      withCloseButton={!created}
    >
      {created ? (
        <NewKeySecret id={created.id} name={created.name} secret={created.key} onStored={onClose}>
          <FirstRequest keyId={created.id} />
        </NewKeySecret>
      ) : (
        <CreateKeyForm
          scopes={workspace.plan.scopes}
          tier={workspace.tier}
          policy={policy}
          busy={ask.isPending}
          error={ask.error}
          onSubmit={(input) => ask.mutate(input)}
          onCancel={onClose}
        />
      )}
    </Modal>
  );
}
