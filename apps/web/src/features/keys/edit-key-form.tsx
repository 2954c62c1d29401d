import { Button, Group, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect } from "react";
import type { Scope } from "../../components/key/key";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { localDateTime } from "../../lib/dates";
import { fieldErrors } from "../../lib/field-errors";
import { KeyFields } from "./key-fields";
import { checks, type EditableKey, expiryChoices, fieldNames, type KeyFormValues, textsOf } from "./key-form";
import { type KeyChanges, toUpdateInput } from "./update-input";

type Props = {
  target: EditableKey;
  scopes: readonly Scope[];
  tier: string;
  busy: boolean;
  error: unknown;
  onSubmit: (changes: KeyChanges) => void;
  onCancel: () => void;
};

export function EditKeyForm({ target, scopes, tier, busy, error, onSubmit, onCancel }: Props) {
  const form = useForm<KeyFormValues>({
    initialValues: {
      ...textsOf(target),
      expires: "keep",
      days: 14,
      scopes: target.scopes,
      allowedIps: target.allowed_ips ?? [],
    },
    validate: checks,
  });
  const { setErrors } = form;
  useEffect(() => {
    if (error) setErrors(fieldErrors(error, fieldNames));
  }, [error, setErrors]);
  const changes = toUpdateInput(form.values, target);
  const end = target.expires_at === null ? "Unchanged (never)" : `Unchanged (${localDateTime(target.expires_at)})`;
  const choices = [
    { value: "keep", label: end },
    ...expiryChoices.filter(({ value }) => value !== "never" || target.expires_at !== null),
  ];
  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(toUpdateInput(values, target)))} noValidate>
      <Stack gap="md">
        {error ? <ProblemAlert error={error} title="The key was not changed" /> : null}
        <KeyFields form={form} scopes={scopes} tier={tier} expiryChoices={choices} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={Object.keys(changes).length === 0}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
