import { Button, Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { fieldErrors } from "../../lib/field-errors";
import type { Inputs } from "../../lib/trpc";
import {
  checkAllowedIps,
  checkDays,
  checkKeyName,
  expiryChoices,
  type KeyFormValues,
  type Scope,
  scopeNotes,
  splitAllowedIps,
  toCreateInput,
} from "./key-form";

type Props = {
  scopes: readonly Scope[];
  tier: string;
  busy: boolean;
  error: unknown;
  onSubmit: (input: Inputs["keys"]["create"]) => void;
  onCancel: () => void;
};

const names = { name: "name", expires_in_days: "expires", scopes: "scopes", allowed_ips: "allowedIps" } as const;

export function CreateKeyForm({ scopes, tier, busy, error, onSubmit, onCancel }: Props) {
  const form = useForm<KeyFormValues>({
    initialValues: { name: "", expires: "90", days: 14, scopes: [...scopes], allowedIps: [] },
    validate: {
      name: checkKeyName,
      days: checkDays,
      scopes: (value) => (value.length === 0 ? "Choose at least one" : null),
      allowedIps: checkAllowedIps,
    },
  });
  const { setErrors } = form;
  useEffect(() => {
    if (error) setErrors(fieldErrors(error, names));
  }, [error, setErrors]);
  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(toCreateInput(values, scopes)))} noValidate>
      <Stack gap="md">
        {error ? <ProblemAlert error={error} title="The key was not created" /> : null}
        <TextInput
          label="Name"
          description="What uses it and where, so that whoever revokes it knows what stops."
          placeholder="SIEM, Frankfurt"
          required
          maxLength={200}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <SimpleGrid cols={{ base: 1, xs: form.values.expires === "custom" ? 2 : 1 }}>
          <Select
            label="Expires"
            data={expiryChoices}
            allowDeselect={false}
            checkIconPosition="right"
            {...form.getInputProps("expires")}
          />
          {form.values.expires === "custom" && (
            <NumberInput label="Days" min={1} max={365} allowDecimal={false} {...form.getInputProps("days")} />
          )}
        </SimpleGrid>
        <Checkbox.Group
          label="Scopes"
          description={`What the key may read, of what the tier ${tier} has.`}
          {...form.getInputProps("scopes")}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs" spacing="xs" verticalSpacing="xs">
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} description={scopeNotes[scope]} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <TagsInput
          label="Allowed addresses"
          description="Addresses or networks from which the key works, IPv4 or IPv6. Empty: from anywhere."
          placeholder={form.values.allowedIps.length === 0 ? "198.51.100.0/24, 2001:db8::/32" : ""}
          splitChars={[",", " ", ";", "\n"]}
          clearable
          clearButtonProps={{ "aria-label": "Remove all addresses" }}
          {...form.getInputProps("allowedIps")}
          onChange={(entries) => form.setFieldValue("allowedIps", splitAllowedIps(entries))}
        />
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
