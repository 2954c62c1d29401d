import { Button, Group, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect } from "react";
import type { Scope } from "../../components/key/key";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { fieldErrors } from "../../lib/field-errors";
import type { Inputs } from "../../lib/trpc";
import { KeyFields } from "./key-fields";
import { checks, expiryChoices, fieldNames, type KeyFormValues, toCreateInput } from "./key-form";
import { scopesOf } from "./key-uses";

type Props = {
  scopes: readonly Scope[];
  tier: string;
  busy: boolean;
  error: unknown;
  onSubmit: (input: Inputs["keys"]["create"]) => void;
  onCancel: () => void;
};

export function CreateKeyForm({ scopes, tier, busy, error, onSubmit, onCancel }: Props) {
  const form = useForm<KeyFormValues>({
    initialValues: { name: "", expires: "90", days: 14, scopes: scopesOf("script", scopes), allowedIps: [] },
    validate: checks,
  });
  const { setErrors } = form;
  useEffect(() => {
    if (error) setErrors(fieldErrors(error, fieldNames));
  }, [error, setErrors]);
  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(toCreateInput(values, scopes)))} noValidate>
      <Stack gap="md">
        {error ? <ProblemAlert error={error} title="The key was not created" /> : null}
        <KeyFields form={form} scopes={scopes} tier={tier} expiryChoices={expiryChoices} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
