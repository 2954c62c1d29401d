import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconLockOff } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Key } from "../../components/key/key";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { KeyFacts } from "./key-facts";
import { RevokeReasons } from "./revoke-reasons";
import { useKeyRefresh } from "./use-key-refresh";

type Target = Pick<Key, "id" | "name" | "key_prefix" | "last_used_at" | "total_requests">;

/** Ends a key. Nothing changes on the screen before the server has said that no node takes it any more. */
export function RevokeDialog({ target, onClose }: { target: Target | null; onClose: () => void }) {
  const refresh = useKeyRefresh();
  const queries = useQueryClient();
  // The last one stays while the dialog fades out.
  const [shown, setShown] = useState(target);
  if (target && target !== shown) setShown(target);
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions({
      onMutate: () => performance.now(),
      onSuccess: async (_answer, _input, begun) => {
        const ms = Math.round(performance.now() - begun);
        const [{ nodes, applied }] = await Promise.all([queries.fetchQuery(trpc.keys.nodes.queryOptions()), refresh()]);
        toastDone(
          `${shown?.name ?? "The key"} is revoked: refused on ${count(applied)} of ${plural(nodes, "node")}, confirmed after ${count(ms)} ms.`,
        );
        close();
      },
    }),
  );
  const close = () => {
    revoke.reset();
    onClose();
  };
  const busy = revoke.isPending;
  return (
    <Modal
      opened={target !== null}
      onClose={close}
      title="Revoke key"
      size="md"
      closeOnClickOutside={!busy}
      closeOnEscape={!busy}
      withCloseButton={!busy}
    >
      {shown && (
        <RevokeForm
          key={shown.id}
          target={shown}
          busy={busy}
          error={revoke.error}
          facts={<KeyFacts keyId={shown.id} />}
          onCancel={close}
          onRevoke={(reason) => revoke.mutate({ keyId: shown.id, ...(reason ? { reason } : {}) })}
        />
      )}
    </Modal>
  );
}

type FormProps = {
  target: Target;
  busy: boolean;
  error: unknown;
  /** Who would notice. */
  facts?: ReactNode;
  onCancel: () => void;
  onRevoke: (reason: string) => void;
};

/** Asks for the reason and for the key's name, typed, before it lets anyone revoke. */
export function RevokeForm({ target, busy, error, facts, onCancel, onRevoke }: FormProps) {
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const confirmed = sameName(typed, target.name);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (confirmed && !busy) onRevoke(reason.trim());
      }}
    >
      <Stack gap="md">
        <Alert color="red" icon={<IconLockOff size={18} />} title="This cannot be undone">
          Every program that uses <strong className="wrap-anywhere">{target.name}</strong> (
          <span className="mono">{target.key_prefix}…</span>) is refused immediately and permanently.{" "}
          {target.last_used_at
            ? `It has made ${count(target.total_requests)} requests so far.`
            : "It has never been used."}
          {facts}
        </Alert>
        {error ? <ProblemAlert error={error} title="The key was not revoked" /> : null}
        <RevokeReasons value={reason} onChange={setReason} />
        <Textarea
          label="Reason"
          description="Kept in the audit log and shown with the key. For example: leaked in a public repository."
          value={reason}
          maxLength={500}
          rows={3}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          label="Type the key's name to confirm"
          description={
            <Text span inherit fw={600} className="wrap-anywhere" c="var(--mantine-color-text)">
              {target.name}
            </Text>
          }
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={!confirmed}>
            Revoke key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whether the typed name is the key's; runs of spaces, which nobody sees, count as one. */
function sameName(typed: string, name: string): boolean {
  const flat = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ");
  return flat(typed) === flat(name);
}
