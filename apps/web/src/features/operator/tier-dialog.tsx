import { Alert, Button, Group, Modal, NumberInput, Radio, SimpleGrid, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Tier, type TierName, tierNames, tiers } from "@tocsin/core/access";
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
        toastDone(`${answer.name} now has the tier ${answer.tier} and these limits.`);
        onClose();
      },
    }),
  );
  return (
    <Modal
      opened={workspace !== null}
      onClose={onClose}
      onExitTransitionEnd={change.reset}
      title="Change tier and limits"
    >
      {shown && (
        <TierForm
          key={shown.id}
          workspace={shown}
          busy={change.isPending}
          error={change.error}
          onCancel={onClose}
          onChange={(tier, overrides) => change.mutate({ workspaceId: shown.id, tier, overrides })}
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
  /** `overrides` undefined leaves them as they are. */
  onChange: (name: TierName, overrides: Overrides | undefined) => void;
};

type Overrides = Workspace["overrides"];
/** Empty: no limit. */
type Shared = { perMinute: number | ""; perDay: number | "" };

function TierForm({ workspace, busy, error, onCancel, onChange }: FormProps) {
  const [name, setName] = useState<TierName>(workspace.tier);
  const [before] = useState<Shared>({
    perMinute: workspace.overrides?.workspaceRequestsPerMinute ?? "",
    perDay: workspace.overrides?.workspaceRequestsPerDay ?? "",
  });
  const [shared, setShared] = useState(before);
  const changed = name !== workspace.tier;
  const limited = shared.perMinute !== before.perMinute || shared.perDay !== before.perDay;
  const tier: Tier = tiers[name];
  const tooMany = workspace.keys.active > tier.keys;
  return (
    <Stack gap="md">
      {error ? <ProblemAlert error={error} title="The tier was not changed" /> : null}
      <Radio.Group
        label={`Tier of ${workspace.name}`}
        value={name}
        onChange={(value) => setName(tierNames.find((known) => known === value) ?? workspace.tier)}
      >
        <Stack gap="sm" mt="xs">
          {tierNames.map((each) => (
            <Radio key={each} value={each} label={each} description={summaryOf(tiers[each])} data-autofocus />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={2}>
        {sharedLimits.map(({ name, label }) => (
          <NumberInput
            key={name}
            label={label}
            description="All keys combined"
            placeholder="No limit"
            min={0}
            max={1_000_000_000}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator
            value={shared[name]}
            onChange={(value) => setShared({ ...shared, [name]: typeof value === "number" ? value : "" })}
          />
        ))}
      </SimpleGrid>
      {changed && (
        <Alert color="yellow" title="Takes effect with the next request">
          All keys of the workspace get the limits and scopes of {name}.
          {tooMany
            ? ` It has ${plural(workspace.keys.active, "active key")}: they keep working, but no new key can be created until fewer than ${tier.keys} are left.`
            : ""}
          {workspace.overrides ? " The limits set for this workspace stay in effect." : ""}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
        <Button
          disabled={!changed && !limited}
          loading={busy}
          onClick={() => onChange(name, limited ? withShared(workspace.overrides, shared) : undefined)}
        >
          Save
        </Button>
      </Group>
    </Stack>
  );
}

const sharedLimits = [
  { name: "perMinute", label: "Requests per minute" },
  { name: "perDay", label: "Requests per day" },
] as const;

/** The workspace's own figures with other limits for all its keys together; null where none are left. */
function withShared(overrides: Overrides, { perMinute, perDay }: Shared): Overrides {
  const { workspaceRequestsPerMinute: _minute, workspaceRequestsPerDay: _day, ...others } = overrides ?? {};
  const figures = {
    ...others,
    ...(perMinute === "" ? {} : { workspaceRequestsPerMinute: perMinute }),
    ...(perDay === "" ? {} : { workspaceRequestsPerDay: perDay }),
  };
  return Object.keys(figures).length > 0 ? figures : null;
}

function summaryOf(tier: Tier): string {
  return `${count(tier.requestsPerMinute)} requests per minute, ${count(tier.requestsPerDay)} per day, ${plural(tier.keys, "key")}, ${plural(tier.iocLookbackDays, "day")} of IOCs`;
}
