import { Alert, Button, Group, Radio, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import type { Key } from "../../components/key/key";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { graceChoices, standardGrace } from "./grace";

export type RotateTarget = Pick<Key, "id" | "name" | "key_prefix" | "previous_key_prefix">;
type Props = {
  target: RotateTarget;
  busy: boolean;
  error: unknown;
  onCancel: () => void;
  onRotate: (graceSeconds: number) => void;
};

/** Asks for how long the secret of now goes on working beside the new one. */
export function RotateForm({ target, busy, error, onCancel, onRotate }: Props) {
  const [grace, setGrace] = useState(standardGrace);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onRotate(Number(grace));
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          <strong className="wrap-anywhere">{target.name}</strong> gets a new secret, which is shown once. Its ID,
          scopes, allowed addresses and history stay the same.
        </Text>
        {target.previous_key_prefix && (
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title="An older secret stops working">
            <span className="mono">{target.previous_key_prefix}…</span> from the previous rotation still works. A key
            has at most two secrets: after this rotation that one is refused immediately.
          </Alert>
        )}
        {error ? <ProblemAlert error={error} title="The key was not rotated" /> : null}
        <Radio.Group
          label={
            <>
              How long <span className="mono">{target.key_prefix}…</span> keeps working
            </>
          }
          description="Counted from the first request with the new secret. Until then the old secret keeps working."
          value={grace}
          onChange={setGrace}
        >
          <Stack gap="xs" mt="xs">
            {graceChoices.map(({ value, label, note }) => (
              <Radio key={value} value={value} label={label} description={note} />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} {...(grace === "0" ? { color: "red" } : {})}>
            Rotate key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
