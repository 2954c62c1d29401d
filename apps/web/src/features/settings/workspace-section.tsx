import { Badge, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { checkName } from "../../components/account/account-fields";
import { TierBadge } from "../../components/key/tier-badge";
import { GatedButton } from "../../components/ui/gated-button";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { toastDone } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { roleName, useMe, whyNot } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { KeyPolicyForm } from "./key-policy";
import { LeakPolicyForm } from "./leak-policy";
import { WorkspaceEnd } from "./workspace-end";

export function WorkspaceSection() {
  return (
    <Stack gap="md">
      <NameForm />
      <KeyPolicyForm />
      <LeakPolicyForm />
      <TierSection />
      <WorkspaceEnd />
    </Stack>
  );
}

function NameForm() {
  const me = useMe();
  const { workspace } = me;
  const queries = useQueryClient();
  const forbidden = whyNot(me, "workspace:write");
  const form = useForm({ initialValues: { name: workspace.name }, validate: { name: checkName } });
  const save = useMutation({
    mutationFn: ({ name }: { name: string }) =>
      answered(auth.organization.update({ organizationId: workspace.id, data: { name: name.trim() } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: trpc.me.get.pathKey() });
      toastDone("The workspace's name is saved.");
    },
  });
  const submit = form.onSubmit((values) => save.mutate(values));
  return (
    <Section title="Workspace" note={`Your role here is ${roleName(me)}.`}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={420}>
          {save.isError && <ProblemAlert error={save.error} title="The name was not saved" />}
          <TextInput label="Name" required readOnly={forbidden !== null} {...form.getInputProps("name")} />
          <Group>
            <GatedButton
              forbidden={forbidden}
              loading={save.isPending}
              disabled={form.values.name === workspace.name && forbidden === null}
              onClick={() => submit()}
            >
              Save
            </GatedButton>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

/** The figures of the tier, with what the operator has changed for this workspace. */
function TierSection() {
  const { workspace } = useMe();
  const { plan } = workspace;
  return (
    <Section
      title="Tier"
      note="The operator of this instance sets the tier."
      action={<TierBadge tier={workspace.tier} size="lg" />}
    >
      <dl className="details">
        <Figure label="Requests">
          {count(plan.requests_per_minute)} per minute, {count(plan.requests_per_day)} per day, for each key
        </Figure>
        <Figure label="Keys">{plural(plan.keys, "active key")}</Figure>
        <Figure label="IOC lookback">{plural(plan.ioc_lookback_days, "day")}</Figure>
        <Figure label="Results">
          {plan.results_per_request === null ? "No maximum" : `${count(plan.results_per_request)} per request`}
        </Figure>
        <Figure label="Formats">
          <Group gap={6}>
            {plan.formats.map((format) => (
              <Badge key={format} color="gray">
                {format}
              </Badge>
            ))}
          </Group>
        </Figure>
        <Figure label="Scopes">
          <Group gap={6}>
            {plan.scopes.map((scope) => (
              <Badge key={scope} color="gray">
                {scope}
              </Badge>
            ))}
          </Group>
        </Figure>
      </dl>
    </Section>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Text component="div" size="sm">
          {children}
        </Text>
      </dd>
    </div>
  );
}
