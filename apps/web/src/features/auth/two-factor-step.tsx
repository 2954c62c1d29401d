import { Anchor, Button, Checkbox, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { answered, auth } from "../../lib/auth";
import { AuthFrame } from "./auth-frame";

type Values = { code: string; trustDevice: boolean };

/** The second step of signing in: a code of the app, or one of the backup codes. */
export function TwoFactorStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const [kind, setKind] = useState<"app" | "backup">("app");
  const form = useForm<Values>({ initialValues: { code: "", trustDevice: false } });
  const verify = useMutation<unknown, unknown, Values>({
    mutationFn: ({ code, trustDevice }) => {
      const input = { code: code.replace(/\s/g, ""), trustDevice };
      return kind === "app"
        ? answered(auth.twoFactor.verifyTotp(input))
        : answered(auth.twoFactor.verifyBackupCode(input));
    },
    onSuccess: onDone,
  });
  const swap = () => {
    setKind(kind === "app" ? "backup" : "app");
    verify.reset();
    form.setFieldValue("code", "");
  };
  return (
    <AuthFrame
      title="Two-factor code"
      note={
        kind === "app"
          ? "Enter the six-digit code from your authenticator app."
          : "Enter one of your backup codes. Each code works once."
      }
      footer={
        <Anchor component="button" type="button" inherit onClick={onBack}>
          Use another account
        </Anchor>
      }
    >
      <form onSubmit={form.onSubmit((values) => verify.mutate(values))}>
        <Stack gap="md">
          {verify.isError && <ProblemAlert error={verify.error} title="This code was not accepted" />}
          <TextInput
            key={kind}
            label={kind === "app" ? "Code" : "Backup code"}
            inputMode={kind === "app" ? "numeric" : "text"}
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            autoFocus
            className="numbers"
            {...form.getInputProps("code")}
          />
          <Checkbox
            label="Trust this device for 30 days"
            {...form.getInputProps("trustDevice", { type: "checkbox" })}
          />
          <Button type="submit" size="md" loading={verify.isPending || verify.isSuccess}>
            Sign in
          </Button>
          <Anchor component="button" type="button" size="sm" onClick={swap}>
            {kind === "app" ? "Use a backup code" : "Use the authenticator app"}
          </Anchor>
        </Stack>
      </form>
    </AuthFrame>
  );
}
