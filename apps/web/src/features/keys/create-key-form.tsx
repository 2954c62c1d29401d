import { Alert, Button, Group, Stack, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, useState } from "react";
import type { Scope } from "../../components/key/key";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { fieldErrors } from "../../lib/field-errors";
import type { Inputs } from "../../lib/trpc";
import { KeyFields } from "./key-fields";
import { checks, fieldNames, type KeyFormValues, toCreateInput } from "./key-form";
import { scopesOf } from "./key-uses";
import { expiryChoicesOf, firstChoice, type KeyPolicy, policyWords, scopesWithin } from "./policy-form";

type Props = {
  scopes: readonly Scope[];
  tier: string;
  policy?: KeyPolicy | null;
  busy: boolean;
  error: unknown;
  onSubmit: (input: Inputs["keyRequests"]["create"]) => void;
  onCancel: () => void;
};

export function CreateKeyForm({ scopes: all, tier, policy = null, busy, error, onSubmit, onCancel }: Props) {
  const scopes = scopesWithin(policy, all);
  const choices = expiryChoicesOf(policy);
  const asks = policy?.require_approval === true;
  const words = policyWords(policy);
  const [reason, setReason] = useState("");
  const form = useForm<KeyFormValues>({
    initialValues: {
      name: "",
      expires: firstChoice(choices),
      days: 14,
      scopes: scopesOf("script", scopes),
      allowedIps: [],
    },
    validate: checks,
  });
  const { setErrors } = form;
  useEffect(() => {
    if (error) setErrors(fieldErrors(error, fieldNames));
  }, [error, setErrors]);
  const submit = (values: KeyFormValues) =>
    onSubmit({ ...toCreateInput(values, scopes), ...(reason ? { reason } : {}) });
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        {error ? <ProblemAlert error={error} title={`The key was not ${asks ? "requested" : "created"}`} /> : null}
        {words.length > 0 && (
          <Alert color="blue" title="Key policy of this workspace">
            {words.join(" ")}
          </Alert>
        )}
        <KeyFields form={form} scopes={scopes} tier={tier} expiryChoices={choices} />
        {asks && (
          <Textarea
            label="Reason"
            description="What the key is for, for whoever approves it."
            value={reason}
            maxLength={500}
            rows={2}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            {asks ? "Request key" : "Create key"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
