import { Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answered, auth } from "../../lib/auth";
import { BackupCodes } from "./backup-codes";
import { PasswordStep } from "./password-step";

export function BackupCodesDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const renew = useMutation({
    mutationFn: (password: string) => answered(auth.twoFactor.generateBackupCodes({ password })),
    gcTime: 0,
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={renew.reset}
      title="New backup codes"
      closeOnClickOutside={false}
      closeOnEscape={!renew.data}
      withCloseButton={!renew.data}
    >
      {renew.data ? (
        <BackupCodes codes={renew.data.backupCodes} onStored={onClose} />
      ) : (
        <PasswordStep
          note="Your current backup codes will stop working."
          action="Create new codes"
          busy={renew.isPending}
          error={renew.error}
          onPassword={renew.mutate}
          onCancel={onClose}
        />
      )}
    </Modal>
  );
}
