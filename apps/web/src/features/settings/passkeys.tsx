import { Badge, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { Time } from "../../components/ui/time";
import { AddPasskeyDialog } from "./add-passkey-dialog";
import { RemovePasskeyDialog, RenamePasskeyDialog } from "./passkey-dialogs";
import { type Passkey, passkeysQuery } from "./passkeys-query";

type Task = { action: "rename" | "remove"; passkey: Passkey };

/** What one signs in with in the place of a password and a code. */
export function Passkeys() {
  const passkeys = useQuery(passkeysQuery);
  const [adding, setAdding] = useState(false);
  const [task, setTask] = useState<Task | null>(null);
  const taskOf = (action: Task["action"]) => (task?.action === action ? task.passkey : null);
  return (
    <Section
      title="Passkeys"
      note="Sign in by finger, face or PIN, in the place of your password and code."
      action={
        "PublicKeyCredential" in window && (
          <Button variant="default" onClick={() => setAdding(true)}>
            Add passkey
          </Button>
        )
      }
    >
      {passkeys.isError && <ProblemAlert error={passkeys.error} onRetry={() => void passkeys.refetch()} />}
      {passkeys.isPending && <Skeleton height={40} />}
      {passkeys.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          No passkeys yet.
        </Text>
      )}
      <Stack component="ul" gap={0} className="plain-list">
        {passkeys.data?.map((passkey) => (
          <Row key={passkey.id} passkey={passkey} onTask={(action) => setTask({ action, passkey })} />
        ))}
      </Stack>
      <AddPasskeyDialog opened={adding} onClose={() => setAdding(false)} />
      <RenamePasskeyDialog passkey={taskOf("rename")} onClose={() => setTask(null)} />
      <RemovePasskeyDialog passkey={taskOf("remove")} onClose={() => setTask(null)} />
    </Section>
  );
}

function Row({ passkey, onTask }: { passkey: Passkey; onTask: (action: Task["action"]) => void }) {
  const name = passkey.name || "Passkey";
  return (
    <Group component="li" justify="space-between" wrap="nowrap" py="xs" gap="sm">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text size="sm" fw={560} className="wrap-anywhere">
            {name}
          </Text>
          {passkey.backedUp && <Badge size="sm">Synced</Badge>}
        </Group>
        <Text size="xs" c="dimmed" component="div">
          Added {passkey.createdAt && <Time value={new Date(passkey.createdAt).toISOString()} />}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" variant="default" aria-label={`Rename ${name}`} onClick={() => onTask("rename")}>
          Rename
        </Button>
        <Button size="xs" variant="subtle" color="red" aria-label={`Remove ${name}`} onClick={() => onTask("remove")}>
          Remove
        </Button>
      </Group>
    </Group>
  );
}
