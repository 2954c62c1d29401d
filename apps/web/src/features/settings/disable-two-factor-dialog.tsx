import { Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toastDone } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { trpc } from "../../lib/trpc";
import { PasswordStep } from "./password-step";

export function DisableTwoFactorDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const disable = useMutation({
    mutationFn: (password: string) => answered(auth.twoFactor.disable({ password })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: trpc.me.get.pathKey() });
      toastDone("Two-factor sign-in is off.");
      onClose();
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} onExitTransitionEnd={disable.reset} title="Turn off two-factor sign-in">
      <PasswordStep
        note="Your password alone will be enough to sign in."
        action="Turn off"
        color="red"
        busy={disable.isPending}
        error={disable.error}
        onPassword={disable.mutate}
        onCancel={onClose}
      />
    </Modal>
  );
}
