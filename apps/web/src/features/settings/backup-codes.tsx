import { Alert, Button, Checkbox, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { CopyBlock } from "../../components/ui/copy";

/** The codes that stand in for a lost device, shown once. */
export function BackupCodes({ codes, onStored }: { codes: readonly string[]; onStored: () => void }) {
  const [stored, setStored] = useState(false);
  return (
    <Stack gap="md">
      <Alert color="yellow" title="They are shown only once">
        Each code works once, for when you do not have your authenticator app. Keep the codes separate from it.
      </Alert>
      <CopyBlock value={codes.join("\n")} label="Copy backup codes" />
      <Checkbox
        label="I have stored them"
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button disabled={!stored} onClick={onStored}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
