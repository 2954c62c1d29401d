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
          <strong className="wrap-anywhere">{target.name}</strong> gets a new secret, shown to you once. Its id, scopes,
          addresses and history stay.
        </Text>
        {target.previous_key_prefix && (
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title="An older secret ends now">
            <span className="mono">{target.previous_key_prefix}…</span>, from the rotation before, still works. A key
            has two secrets at most: rotate it now, and that one is refused at once.
          </Alert>
        )}
        {error ? <ProblemAlert error={error} title="The key was not rotated" /> : null}
        <Radio.Group
          label={
            <>
              How long <span className="mono">{target.key_prefix}…</span> goes on working
            </>
          }
          description="Counted from the first request with the new secret; until that comes, it works anyway."
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
