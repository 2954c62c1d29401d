import { Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Key } from "../../components/key/key";
import { toastDone } from "../../components/ui/toast";
import { useMe } from "../../lib/me";
import { trpc } from "../../lib/trpc";
import { EditKeyForm } from "./edit-key-form";
import { scopesWithin } from "./policy-form";
import { useKeyRefresh } from "./use-key-refresh";

/** Changes what a key is called and what it may do; closes when every node goes by it. */
export function EditKeyDialog({ target, onClose }: { target: Key | null; onClose: () => void }) {
  const { workspace } = useMe();
  const refresh = useKeyRefresh();
  // The last one stays while the dialog fades out.
  const [shown, setShown] = useState(target);
  if (target && target !== shown) setShown(target);
  const update = useMutation(
    trpc.keys.update.mutationOptions({
      onSuccess: async ({ data }) => {
        await refresh();
        toastDone(`${data.name} was changed. The change applies to all requests from now on.`);
        close();
      },
    }),
  );
  const close = () => {
    update.reset();
    onClose();
  };
  const busy = update.isPending;
  return (
    <Modal
      opened={target !== null}
      onClose={close}
      title="Edit key"
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!busy}
      withCloseButton={!busy}
    >
      {shown && (
        <EditKeyForm
          key={shown.id}
          target={shown}
          scopes={editableScopes(workspace, shown)}
          tier={workspace.tier}
          busy={busy}
          error={update.error}
          onSubmit={(changes) => update.mutate({ keyId: shown.id, ...changes })}
          onCancel={close}
        />
      )}
    </Modal>
  );
}

/** Those that the policy allows, and those that the key has already. */
function editableScopes({ plan, key_policy }: ReturnType<typeof useMe>["workspace"], key: Key) {
  const within = scopesWithin(key_policy, plan.scopes);
  return plan.scopes.filter((scope) => within.includes(scope) || key.scopes.includes(scope));
}
