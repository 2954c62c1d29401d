import { Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";

type Props = {
  note: ReactNode;
  action: string;
  color?: string;
  busy: boolean;
  error: unknown;
  onPassword: (password: string) => void;
  onCancel: () => void;
};

/** Asks for the password again, before something that a borrowed session should not be able to do. */
export function PasswordStep({ note, action, color, busy, error, onPassword, onCancel }: Props) {
  const [password, setPassword] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onPassword(password);
      }}
    >
      <Stack gap="md">
        <Text size="sm">{note}</Text>
        {error ? <ProblemAlert error={error} /> : null}
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          data-autofocus
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={password === ""} {...(color ? { color } : {})}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
