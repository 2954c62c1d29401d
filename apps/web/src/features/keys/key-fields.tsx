import { Checkbox, NumberInput, Select, SimpleGrid, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { AllowedIpsInput } from "../../components/key/allowed-ips-input";
import type { Scope } from "../../components/key/key";
import { type KeyFormValues, scopeNotes } from "./key-form";

type Props = {
  form: UseFormReturnType<KeyFormValues>;
  scopes: readonly Scope[];
  tier: string;
  expiryChoices: { value: string; label: string }[];
};

/** What a key is called and what it may do: the fields of a new key and of one that is changed. */
export function KeyFields({ form, scopes, tier, expiryChoices }: Props) {
  return (
    <>
      <TextInput
        label="Name"
        description="Which program uses the key, and where."
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
        description={`What the key may read. The tier ${tier} includes these scopes.`}
        {...form.getInputProps("scopes")}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs" spacing="xs" verticalSpacing="xs">
          {scopes.map((scope) => (
            <Checkbox key={scope} value={scope} label={scope} description={scopeNotes[scope]} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <AllowedIpsInput
        credential="key"
        {...form.getInputProps("allowedIps")}
        value={form.values.allowedIps}
        onChange={(entries) => form.setFieldValue("allowedIps", entries)}
      />
    </>
  );
}
