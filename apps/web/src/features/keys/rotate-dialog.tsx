import { Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../lib/trpc";
import { NewKeySecret } from "./new-key-secret";
import { PreviousSecret } from "./previous-secret";
import { RotateForm, type RotateTarget } from "./rotate-form";
import { useKeyRefresh } from "./use-key-refresh";

/** First the question how long the old secret stays, then, in the same place, the new one: this one time. */
export function RotateDialog({ target, onClose }: { target: RotateTarget | null; onClose: () => void }) {
  const refresh = useKeyRefresh();
  // The last one stays while the dialog fades out, and as it was asked about: its row is read again meanwhile.
  const [shown, setShown] = useState(target);
  if (target && target.id !== shown?.id) setShown(target);
  // The answer holds the secret: it must not outlive this dialog.
  const rotate = useMutation(trpc.keys.rotate.mutationOptions({ gcTime: 0, onSuccess: () => refresh() }));
  const rotated = rotate.data?.data;
  return (
    <Modal
      opened={target !== null}
      onClose={onClose}
      onExitTransitionEnd={() => {
        rotate.reset();
        setShown(null);
      }}
      title={rotated ? "Store the new secret now" : "Rotate key"}
      size={rotated ? "lg" : "md"}
      closeOnClickOutside={false}
      closeOnEscape={!rotated && !rotate.isPending}
      withCloseButton={!rotated && !rotate.isPending}
    >
      {rotated ? (
        <NewKeySecret
          id={rotated.id}
          name={rotated.name}
          secret={rotated.key}
          warning={rotate.data?.meta.warning}
          onStored={onClose}
        >
          <PreviousSecret row={rotated} fallback={`${shown?.key_prefix ?? ""}… is refused from now on.`} />
        </NewKeySecret>
      ) : (
        shown && (
          <RotateForm
            key={shown.id}
            target={shown}
            busy={rotate.isPending}
            error={rotate.error}
            onCancel={onClose}
            onRotate={(seconds) => rotate.mutate({ keyId: shown.id, grace_seconds: seconds })}
          />
        )
      )}
    </Modal>
  );
}
