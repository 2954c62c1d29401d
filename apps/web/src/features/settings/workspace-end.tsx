import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { GatedButton } from "../../components/ui/gated-button";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { toastProblem } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { enter } from "../../lib/enter";
import { useMe, whyNot } from "../../lib/me";
import { saveJson } from "../../lib/save-json";
import { trpc } from "../../lib/trpc";

/** To leave a workspace; for its owners a copy of what it has, and its end. */
export function WorkspaceEnd() {
  const me = useMe();
  const { workspace } = me;
  const forbidden = whyNot(me, "workspace:delete");
  const [removing, setRemoving] = useState(false);
  const copy = useMutation(
    trpc.workspaces.export.mutationOptions({
      onSuccess: (data) => saveJson(data, `tocsin-${workspace.slug}.json`),
      onError: (error) => toastProblem(error, "Nothing was exported"),
    }),
  );
  const leave = useMutation({
    mutationFn: () => answered(auth.organization.leave({ organizationId: workspace.id })),
    onSuccess: () => enter(),
    onError: (error) => toastProblem(error, "You are still a member"),
  });
  return (
    <Section title="Leave or remove" note="An owner leaves when somebody else owns the workspace, too.">
      <Group gap="xs">
        <GatedButton forbidden={forbidden} variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
          Export as JSON
        </GatedButton>
        <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
          Leave workspace
        </Button>
        <GatedButton forbidden={forbidden} variant="subtle" color="red" onClick={() => setRemoving(true)}>
          Remove workspace
        </GatedButton>
      </Group>
      <RemoveDialog slug={workspace.slug} opened={removing} onClose={() => setRemoving(false)} />
    </Section>
  );
}

function RemoveDialog({ slug, opened, onClose }: { slug: string; opened: boolean; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const remove = useMutation(trpc.workspaces.deleteOwn.mutationOptions({ onSuccess: () => enter() }));
  return (
    <Modal opened={opened} onClose={onClose} onExitTransitionEnd={remove.reset} title="Remove workspace">
      <Stack gap="md">
        <Text size="sm">
          Its keys are refused at once, then its watchlists, usage and settings are deleted. This cannot be undone. To
          go on, type <strong className="mono">{slug}</strong>.
        </Text>
        {remove.isError && <ProblemAlert error={remove.error} title="The workspace is still there" />}
        <TextInput
          label="Name in addresses"
          value={typed}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={remove.isPending}>
            Cancel
          </Button>
          <Button
            color="red"
            disabled={typed !== slug}
            loading={remove.isPending}
            onClick={() => remove.mutate({ slug: typed })}
          >
            Remove workspace
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
