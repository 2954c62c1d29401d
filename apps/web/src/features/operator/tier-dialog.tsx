import { Alert, Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Plan, plans, type Tier, tiers } from "@tocsin/core/access";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import type { Workspace } from "./workspace-rows";

export function TierDialog({ workspace, onClose }: { workspace: Workspace | null; onClose: () => void }) {
  const queries = useQueryClient();
  const [shown, setShown] = useState(workspace);
  if (workspace && workspace !== shown) setShown(workspace);
  const change = useMutation(
    trpc.workspaces.setTier.mutationOptions({
      onSuccess: async (answer) => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: trpc.workspaces.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.me.get.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.keys.pathKey() }),
        ]);
        toastDone(`${answer.name} has the tier ${answer.tier} now.`);
        onClose();
      },
    }),
  );
  return (
    <Modal opened={workspace !== null} onClose={onClose} onExitTransitionEnd={change.reset} title="Change tier">
      {shown && (
        <TierForm
          key={shown.id}
          workspace={shown}
          busy={change.isPending}
          error={change.error}
          onCancel={onClose}
          onChange={(tier) => change.mutate({ workspaceId: shown.id, tier })}
        />
      )}
    </Modal>
  );
}

type FormProps = {
  workspace: Workspace;
  busy: boolean;
  error: unknown;
  onCancel: () => void;
  onChange: (tier: Tier) => void;
};

function TierForm({ workspace, busy, error, onCancel, onChange }: FormProps) {
  const [tier, setTier] = useState<Tier>(workspace.tier);
  const changed = tier !== workspace.tier;
  const plan: Plan = plans[tier];
  const tooMany = workspace.keys.active > plan.keys;
  return (
    <Stack gap="md">
      {error ? <ProblemAlert error={error} title="The tier is not changed" /> : null}
      <Radio.Group
        label={`Tier of ${workspace.name}`}
        value={tier}
        onChange={(value) => setTier(tiers.find((known) => known === value) ?? workspace.tier)}
      >
        <Stack gap="sm" mt="xs">
          {tiers.map((each) => (
            <Radio key={each} value={each} label={each} description={summaryOf(plans[each])} data-autofocus />
          ))}
        </Stack>
      </Radio.Group>
      {changed && (
        <Alert color="yellow" title="This takes effect with the next request">
          All keys of the workspace get the limits and scopes of {tier}.
          {tooMany
            ? ` It has ${plural(workspace.keys.active, "active key")}: they go on working, but no new one can be made until fewer than ${plan.keys} are left.`
            : ""}
          {workspace.overrides ? " Its own figures stay on top." : ""}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
        <Button disabled={!changed} loading={busy} onClick={() => onChange(tier)}>
          Change tier
        </Button>
      </Group>
    </Stack>
  );
}

function summaryOf(plan: Plan): string {
  return `${count(plan.requestsPerMinute)} requests a minute, ${count(plan.requestsPerDay)} a day, ${plural(plan.keys, "key")}, ${plural(plan.iocLookbackDays, "day")} of IOCs`;
}
