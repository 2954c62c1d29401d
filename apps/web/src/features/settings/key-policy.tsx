import { Checkbox, Group, NumberInput, Stack, Switch } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { GatedButton } from "../../components/ui/gated-button";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { toastDone } from "../../components/ui/toast";
import { may, useMe, whyNot } from "../../lib/me";
import { trpc } from "../../lib/trpc";
import { checks, type PolicyValues, toPolicy, valuesOf } from "./key-policy-form";
import { KeysOffPolicy } from "./keys-off-policy";

/** What the keys of the workspace must be like, and which of them are not. */
export function KeyPolicyForm() {
  const me = useMe();
  const { key_policy: policy } = me.workspace;
  const forbidden = whyNot(me, "workspace:write");
  const queries = useQueryClient();
  const form = useForm<PolicyValues>({ initialValues: valuesOf(policy), validate: checks });
  const save = useMutation(
    trpc.keyPolicy.set.mutationOptions({
      onSuccess: async () => {
        form.resetDirty();
        await queries.invalidateQueries({ queryKey: trpc.me.get.pathKey() });
        await queries.invalidateQueries({ queryKey: trpc.keyPolicy.pathKey() });
        toastDone("The key policy is saved.");
      },
    }),
  );
  const submit = form.onSubmit((values) => save.mutate(toPolicy(values)));
  return (
    <Section
      title="Key policy"
      note="What keys must be like when they are made, changed or rotated. Keys that exist go on working."
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {save.isError && <ProblemAlert error={save.error} title="The key policy was not saved" />}
          <Fields form={form} readOnly={forbidden !== null} scopes={me.workspace.plan.scopes} />
          <Group>
            <GatedButton
              forbidden={forbidden}
              loading={save.isPending}
              disabled={!form.isDirty() && forbidden === null}
              onClick={() => submit()}
            >
              Save
            </GatedButton>
          </Group>
          {policy && may(me, "keys:read") && <KeysOffPolicy />}
        </Stack>
      </form>
    </Section>
  );
}

type FieldsProps = { form: UseFormReturnType<PolicyValues>; readOnly: boolean; scopes: readonly string[] };

function Fields({ form, readOnly, scopes }: FieldsProps) {
  const box = (
    name: "expiry" | "addresses" | "limitScopes" | "approval" | "leavers",
    label: string,
    description: string,
  ) => (
    <Switch
      label={label}
      description={description}
      disabled={readOnly}
      {...form.getInputProps(name, { type: "checkbox" })}
    />
  );
  const days = (name: "longest" | "unused", label: string, description: string) => (
    <NumberInput
      label={label}
      description={description}
      min={1}
      max={365}
      allowDecimal={false}
      readOnly={readOnly}
      maw={420}
      {...form.getInputProps(name)}
    />
  );
  return (
    <>
      {days("longest", "Longest life in days", "From the making of a key to its end, at most 365. Empty: no limit.")}
      {box("expiry", "Keys must expire", "A longest life asks for it, too.")}
      {box("addresses", "Keys must have allowed addresses", "They work from nowhere else.")}
      {box("limitScopes", "Only some scopes are allowed", "A key can have no others.")}
      {form.values.limitScopes && (
        <Checkbox.Group label="Allowed scopes" {...form.getInputProps("scopes")}>
          <Group gap="sm" mt="xs">
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} disabled={readOnly} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      {box(
        "approval",
        "A second person approves new keys",
        "Whoever asks collects the key, and sees its secret alone.",
      )}
      {days(
        "unused",
        "Days after which unused keys are revoked",
        "14 to 365; a notice comes a week before. Empty: never.",
      )}
      {box(
        "leavers",
        "Revoke the keys of people who leave",
        "When the identity provider deactivates somebody by SCIM, the keys that they made here end.",
      )}
    </>
  );
}
