import { Button, Center, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CopyBlock } from "../../components/ui/copy";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Qr } from "../../components/ui/qr";
import { toastDone } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { trpc } from "../../lib/trpc";
import { BackupCodes } from "./backup-codes";
import { PasswordStep } from "./password-step";

/** Password, then the app's secret and a first code from it, then the backup codes. */
export function EnableTwoFactorDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const [verified, setVerified] = useState(false);
  const begin = useMutation({
    mutationFn: (password: string) => answered(auth.twoFactor.enable({ password })),
    gcTime: 0,
  });
  const verify = useMutation({
    mutationFn: (code: string) => answered(auth.twoFactor.verifyTotp({ code: code.replace(/\s/g, "") })),
    onSuccess: async () => {
      setVerified(true);
      await queries.invalidateQueries({ queryKey: trpc.me.get.pathKey() });
    },
  });
  const reset = () => {
    setVerified(false);
    begin.reset();
    verify.reset();
  };
  const done = () => {
    toastDone("Two-factor sign-in is on.");
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={reset}
      title={verified ? "Store your backup codes" : "Turn on two-factor sign-in"}
      closeOnClickOutside={false}
      closeOnEscape={!verified}
      withCloseButton={!verified}
    >
      {!begin.data ? (
        <PasswordStep
          note="You need an authenticator app on your phone or in your password manager."
          action="Continue"
          busy={begin.isPending}
          error={begin.error}
          onPassword={begin.mutate}
          onCancel={onClose}
        />
      ) : verified && "backupCodes" in begin.data ? (
        <BackupCodes codes={begin.data.backupCodes} onStored={done} />
      ) : (
        <ScanStep
          uri={"totpURI" in begin.data ? begin.data.totpURI : ""}
          busy={verify.isPending}
          error={verify.error}
          onCode={verify.mutate}
        />
      )}
    </Modal>
  );
}

type ScanProps = { uri: string; busy: boolean; error: unknown; onCode: (code: string) => void };

function ScanStep({ uri, busy, error, onCode }: ScanProps) {
  const [code, setCode] = useState("");
  const secret = URL.canParse(uri) ? (new URL(uri).searchParams.get("secret") ?? "") : "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onCode(code);
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          Scan the QR code with the app or enter the secret, then enter the code that the app shows.
        </Text>
        <Center>
          <Qr value={uri} label="QR code for the authenticator app" />
        </Center>
        <CopyBlock value={secret} label="Copy secret" />
        {error ? <ProblemAlert error={error} title="This code was not accepted" /> : null}
        <TextInput
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          autoFocus
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={code.trim() === ""}>
            Turn on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
