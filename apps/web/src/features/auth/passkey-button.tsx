import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { ProblemAlert } from "../../components/ui/problem-alert";

/** Signs in with a passkey in the place of e-mail address, password and code. */
export function PasskeyButton({ onDone }: { onDone: () => void }) {
  const signIn = useMutation({
    mutationFn: async () => (await import("../../lib/passkeys")).signInWithPasskey(),
    onSuccess: onDone,
  });
  if (!("PublicKeyCredential" in window)) return null;
  return (
    <>
      {signIn.isError && <ProblemAlert error={signIn.error} title="Sign-in failed" />}
      <Button
        variant="default"
        size="md"
        loading={signIn.isPending || signIn.isSuccess}
        onClick={() => signIn.mutate()}
      >
        Sign in with a passkey
      </Button>
    </>
  );
}
