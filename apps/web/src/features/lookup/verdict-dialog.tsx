import { Button, Checkbox, Group, Modal, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { useMe } from "../../lib/me";
import { kindIn, optionsOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";

const kinds = { harmless: "Harmless", malicious: "Malicious" } as const;

/** The workspace's verdict on a value, with the reason; operators say for everybody what others ask them to. */
export function VerdictDialog({ value, onClose }: { value: string; onClose: () => void }) {
  const [verdict, setVerdict] = useState<keyof typeof kinds>("harmless");
  const [reason, setReason] = useState("");
  const [forAll, setForAll] = useState(false);
  const { operator } = useMe();
  const client = useQueryClient();
  const give = useMutation(trpc.feedback.give.mutationOptions());
  const allow = useMutation(trpc.warninglists.allow.mutationOptions());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const why = reason.trim();
    if (why === "") return;
    const all = verdict === "harmless" && forAll;
    await give.mutateAsync({ value, verdict, reason: why, for_all: all && !operator });
    if (all && operator) await allow.mutateAsync({ value, note: why.slice(0, 200) });
    onClose();
    toastDone(doneWords(verdict, all, operator));
    await Promise.all(
      [trpc.lookup, trpc.warninglists, trpc.feedback, trpc.iocs].map((part) =>
        client.invalidateQueries({ queryKey: part.pathKey() }),
      ),
    );
  };
  const error = give.error ?? allow.error;
  return (
    <Modal opened onClose={onClose} title="Mark this value">
      <form onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <Stack gap="md">
          {error && <ProblemAlert error={error} title="The value was not marked" />}
          <Text size="sm" className="mono wrap-anywhere">
            {value}
          </Text>
          <SegmentedControl
            aria-label="Verdict"
            data={optionsOf(kinds)}
            value={verdict}
            onChange={(next) => setVerdict(kindIn(kinds, next) ?? "harmless")}
          />
          <Text size="sm" c="dimmed">
            {verdict === "harmless"
              ? "Your workspace's lists and exports leave the value out at once, and its lookups show a low score. Lookups include the subdomains of a domain and the addresses of a network."
              : "Your workspace's lookups show a higher score."}
          </Text>
          <TextInput
            label="Reason"
            placeholder={verdict === "harmless" ? "Our own mail server" : "Phishing against our staff"}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          {verdict === "harmless" && (
            <Checkbox
              label={operator ? "For everybody on this instance" : "Ask the operators to hide it for everybody"}
              description={operator ? undefined : "They read the value, the reason and your workspace's name."}
              checked={forAll}
              onChange={(event) => setForAll(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={give.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={give.isPending || allow.isPending} disabled={reason.trim() === ""}>
              Mark as {verdict}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function doneWords(verdict: keyof typeof kinds, all: boolean, operator: boolean): string {
  if (!all) return `Your workspace calls the value ${verdict}.`;
  return operator
    ? "The value is marked as harmless. Lists and exports leave it out within a minute."
    : "Your workspace calls the value harmless. The operators are asked to hide it for everybody.";
}
