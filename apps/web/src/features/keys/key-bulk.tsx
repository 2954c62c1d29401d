import {
  Alert,
  Button,
  Group,
  List,
  Modal,
  NumberInput,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Key } from "../../components/key/key";
import { saveText } from "../../components/table/csv";
import { CopyBlock } from "../../components/ui/copy";
import { plural } from "../../lib/numbers";
import { problemOf } from "../../lib/problem";
import { trpc } from "../../lib/trpc";
import { graceChoices, standardGrace } from "./grace";
import { RevokeReasons } from "./revoke-reasons";
import { useKeyRefresh } from "./use-key-refresh";

type Action = "revoke" | "rotate" | "extend";
type Props = { keys: readonly Key[]; onDone: () => void };

const words = {
  revoke: { button: "Revoke", title: "Revoke keys", done: "revoked", color: "red" },
  rotate: { button: "Rotate", title: "Rotate keys", done: "rotated", color: "tide" },
  extend: { button: "Extend", title: "Extend keys", done: "extended", color: "tide" },
} as const satisfies Record<Action, object>;

/** What an action takes: keys that it can do nothing with are left out, and the dialog says so. */
const takes = {
  revoke: (key: Key) => key.status !== "revoked",
  rotate: (key: Key) => key.status === "active" || key.status === "expiring",
  extend: (key: Key) => key.status !== "revoked",
} as const satisfies Record<Action, (key: Key) => boolean>;

/** What can be done with several keys: one after the other, each with its own entry in the audit log. */
export function KeyBulk({ keys, onDone }: Props) {
  const [action, setAction] = useState<Action | null>(null);
  const [target, setTarget] = useState<readonly Key[]>([]);
  return (
    <>
      {(["rotate", "extend", "revoke"] as const).map((each) => (
        <Button
          key={each}
          size="compact-sm"
          variant="light"
          color={words[each].color}
          onClick={() => {
            setTarget(keys);
            setAction(each);
          }}
        >
          {words[each].button}
        </Button>
      ))}
      {action && (
        <BulkDialog
          action={action}
          keys={target}
          onClose={(changed) => {
            setAction(null);
            if (changed) onDone();
          }}
        />
      )}
    </>
  );
}

type Outcome = { key: Key; secret: string | null; problem: string | null };
type Choice = { reason: string; grace: string; days: number };

/** Does the action with one key after the other; gives how far it is, and what came of each. */
function useBulk(action: Action, keys: readonly Key[]) {
  const refresh = useKeyRefresh();
  const revoke = useMutation(trpc.keys.revoke.mutationOptions());
  const rotate = useMutation(trpc.keys.rotate.mutationOptions({ gcTime: 0 }));
  const update = useMutation(trpc.keys.update.mutationOptions());
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const [running, setRunning] = useState(false);
  const one = async (keyId: string, { reason, grace, days }: Choice): Promise<string | null> => {
    if (action === "rotate") return (await rotate.mutateAsync({ keyId, grace_seconds: Number(grace) })).data.key;
    if (action === "extend") await update.mutateAsync({ keyId, expires_in_days: days });
    else await revoke.mutateAsync({ keyId, ...(reason ? { reason } : {}) });
    return null;
  };
  const run = async (choice: Choice) => {
    setRunning(true);
    for (const key of keys) {
      const outcome = await one(key.id, choice).then(
        (secret) => ({ key, secret, problem: null }),
        (error: unknown) => ({ key, secret: null, problem: problemOf(error).message }),
      );
      setOutcomes((before) => [...before, outcome]);
    }
    await refresh();
    setRunning(false);
  };
  return { outcomes, running, run };
}

type DialogProps = { action: Action; keys: readonly Key[]; onClose: (changed: boolean) => void };

function BulkDialog({ action, keys, onClose }: DialogProps) {
  const fit = keys.filter(takes[action]);
  const { outcomes, running, run } = useBulk(action, fit);
  const begun = running || outcomes.length > 0;
  const over = begun && !running;
  return (
    <Modal
      opened
      onClose={() => onClose(begun)}
      title={words[action].title}
      size="lg"
      closeOnClickOutside={!begun}
      closeOnEscape={!begun}
      withCloseButton={!begun}
    >
      {begun ? (
        <Stack gap="md">
          <Text size="sm" aria-live="polite">
            {outcomes.length} of {fit.length} done
          </Text>
          {over && <Outcomes action={action} outcomes={outcomes} />}
          <Group justify="flex-end">
            <Button disabled={!over} onClick={() => onClose(true)}>
              Done
            </Button>
          </Group>
        </Stack>
      ) : (
        <BulkForm
          action={action}
          keys={fit}
          left={keys.length - fit.length}
          onRun={run}
          onCancel={() => onClose(false)}
        />
      )}
    </Modal>
  );
}

type FormProps = {
  action: Action;
  keys: readonly Key[];
  left: number;
  onRun: (choice: Choice) => Promise<void>;
  onCancel: () => void;
};

function BulkForm({ action, keys, left, onRun, onCancel }: FormProps) {
  const [choice, setChoice] = useState<Choice>({ reason: "", grace: standardGrace, days: 90 });
  const [typed, setTyped] = useState("");
  const wanted = `revoke ${keys.length}`;
  const ready = keys.length > 0 && (action !== "revoke" || typed.trim() === wanted);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void onRun(choice);
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          {plural(keys.length, "key")} will be {words[action].done}.
          {left > 0 && ` ${plural(left, "other key")} of the selection cannot be, and stay as they are.`}
        </Text>
        <List size="sm">
          {keys.slice(0, 8).map((key) => (
            <List.Item key={key.id} className="wrap-anywhere">
              {key.name}
            </List.Item>
          ))}
          {keys.length > 8 && <List.Item>{plural(keys.length - 8, "more key")}</List.Item>}
        </List>
        <BulkFields action={action} choice={choice} onChange={setChoice} />
        {action === "revoke" && (
          <TextInput
            label={`Type “${wanted}” to confirm`}
            value={typed}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" color={words[action].color} disabled={!ready}>
            {words[action].title}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type FieldsProps = { action: Action; choice: Choice; onChange: (choice: Choice) => void };

function BulkFields({ action, choice, onChange }: FieldsProps) {
  if (action === "extend") {
    return (
      <NumberInput
        label="Days from now"
        min={1}
        max={365}
        allowDecimal={false}
        value={choice.days}
        onChange={(days) => onChange({ ...choice, days: Math.max(1, Math.min(365, Math.trunc(Number(days)) || 1)) })}
      />
    );
  }
  if (action === "rotate") {
    return (
      <Select
        label="How long the old secrets keep working"
        description="Counted from the first request with the new secret of each key."
        data={graceChoices.map(({ value, label }) => ({ value, label }))}
        value={choice.grace}
        allowDeselect={false}
        onChange={(grace) => onChange({ ...choice, grace: grace ?? standardGrace })}
      />
    );
  }
  return (
    <>
      <RevokeReasons value={choice.reason} onChange={(reason) => onChange({ ...choice, reason })} />
      <Textarea
        label="Reason"
        value={choice.reason}
        maxLength={500}
        rows={2}
        onChange={(event) => onChange({ ...choice, reason: event.currentTarget.value })}
      />
    </>
  );
}

/** What came of each key; new secrets are here this one time. */
function Outcomes({ action, outcomes }: { action: Action; outcomes: readonly Outcome[] }) {
  const failed = outcomes.filter(({ problem }) => problem !== null);
  const secrets = outcomes.flatMap(({ key, secret }) => (secret === null ? [] : [`${key.name}\t${secret}`])).join("\n");
  return (
    <>
      <Text size="sm" fw={560}>
        {plural(outcomes.length - failed.length, "key")} {words[action].done}.
      </Text>
      {failed.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={`${plural(failed.length, "key")} failed`}>
          <List size="sm">
            {failed.map(({ key, problem }) => (
              <List.Item key={key.id} className="wrap-anywhere">
                {key.name}: {problem}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {secrets !== "" && (
        <>
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title="They are shown only once">
            Store each in a secret manager.
          </Alert>
          <CopyBlock value={secrets} label="Copy all secrets" />
          <Group>
            <Button
              variant="default"
              size="xs"
              onClick={() => saveText(`${secrets}\n`, "tocsin-keys.tsv", "text/plain")}
            >
              Download
            </Button>
          </Group>
        </>
      )}
    </>
  );
}
