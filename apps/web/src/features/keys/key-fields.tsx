import { Checkbox, Chip, Group, NumberInput, Select, SimpleGrid, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { keyFields } from "@tocsin/core/keys/key-fields";
import { Fragment } from "react";
import { AllowedIpsInput } from "../../components/key/allowed-ips-input";
import type { Scope } from "../../components/key/key";
import { kindIn, kindsOf, rowsOf } from "../../lib/tables";
import { type KeyFormValues, scopeNotes, type TextField } from "./key-form";
import { keyUses, namedUse, scopesOf } from "./key-uses";

type Props = {
  form: UseFormReturnType<KeyFormValues>;
  scopes: readonly Scope[];
  tier: string;
  expiryChoices: { value: string; label: string }[];
};

/** What a key is called and what it may do: the fields of a new key and of one that is changed. */
export function KeyFields(props: Props) {
  return kindsOf(keyFields).map((field) => <Fragment key={field}>{controlOf(field, props)}</Fragment>);
}

function controlOf(field: keyof typeof keyFields, props: Props) {
  const { control } = keyFields[field];
  switch (control) {
    case "text":
      return <TextControl field={field as TextField} {...props} />;
    case "end":
      return <EndControl {...props} />;
    case "scopes":
      return <ScopesControl {...props} />;
    case "networks":
      return <NetworksControl {...props} />;
  }
}

function TextControl({ form, field }: Props & { field: TextField }) {
  const { label, hint, placeholder, required } = keyFields[field];
  return (
    <TextInput
      label={label}
      description={hint}
      placeholder={placeholder}
      required={required}
      maxLength={200}
      data-autofocus={field === "name" || undefined}
      {...form.getInputProps(field)}
    />
  );
}

function EndControl({ form, expiryChoices }: Props) {
  const custom = form.values.expires === "custom";
  return (
    <SimpleGrid cols={{ base: 1, xs: custom ? 2 : 1 }}>
      <Select
        label={keyFields.expiresAt.label}
        data={expiryChoices}
        allowDeselect={false}
        checkIconPosition="right"
        {...form.getInputProps("expires")}
      />
      {custom && <NumberInput label="Days" min={1} max={365} allowDecimal={false} {...form.getInputProps("days")} />}
    </SimpleGrid>
  );
}

function ScopesControl({ form, scopes, tier }: Props) {
  return (
    <Checkbox.Group
      label={keyFields.scopes.label}
      description={`What the key may read. The tier ${tier} includes these scopes.`}
      {...form.getInputProps("scopes")}
    >
      <Chip.Group
        value={namedUse(form.values.scopes, scopes) ?? ""}
        onChange={(value) => {
          const use = kindIn(keyUses, value);
          if (use) form.setFieldValue("scopes", scopesOf(use, scopes));
        }}
      >
        <Group gap={6} mt="xs" role="group" aria-label="Scopes by use">
          {rowsOf(keyUses).map(([use, { label, note }]) => (
            <Chip key={use} value={use} size="xs" title={note}>
              {label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs" spacing="xs" verticalSpacing="xs">
        {scopes.map((scope) => (
          <Checkbox key={scope} value={scope} label={scope} description={scopeNotes[scope]} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}

function NetworksControl({ form }: Props) {
  return (
    <AllowedIpsInput
      credential="key"
      {...form.getInputProps("allowedIps")}
      value={form.values.allowedIps}
      onChange={(entries) => form.setFieldValue("allowedIps", entries)}
    />
  );
}
