import {
  Button,
  Group,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core";
import { CopyBlock } from "../../components/ui/copy";
import { GatedButton } from "../../components/ui/gated-button";
import { Section } from "../../components/ui/section";
import { grantableOptions, grantableRoles } from "./grantable";
import { ProviderActions } from "./provider-actions";
import { RoleRules } from "./role-rules";
import { inputOf, type Provider, type ProviderOf, useProviderForm } from "./use-provider";

const roleChoices = [...grantableOptions, { value: "none", label: "None: they are not let in" }];

type Props = { of: ProviderOf; provider: Provider | null; callbackUrl: string; forbidden: string | null };

/** The provider's settings; those who may not change them read them. */
export function ProviderForm({ of, provider, callbackUrl, forbidden }: Props) {
  const { form, save } = useProviderForm(of, provider);
  const submit = form.onSubmit((values) => save.mutate(inputOf(values, grantableRoles)));
  const readOnly = forbidden !== null;
  return (
    <Section title="Identity provider" note="Any provider that speaks OpenID Connect.">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Stack gap={4}>
            <Text size="sm" fw={500}>
              Redirect URI
            </Text>
            <CopyBlock value={callbackUrl} label="Copy the redirect URI" />
          </Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Name"
              required
              placeholder="Keycloak"
              readOnly={readOnly}
              {...form.getInputProps("name")}
            />
            <TextInput
              label="Issuer"
              required
              type="url"
              placeholder="https://"
              readOnly={readOnly}
              {...form.getInputProps("issuer")}
            />
            <TextInput label="Client ID" required readOnly={readOnly} {...form.getInputProps("clientId")} />
            <PasswordInput
              label="Client secret"
              required={provider === null}
              placeholder={provider ? "Stored; leave empty to keep it" : ""}
              autoComplete="off"
              readOnly={readOnly}
              {...form.getInputProps("clientSecret")}
            />
          </SimpleGrid>
          <TextInput label="Scopes" readOnly={readOnly} {...form.getInputProps("scopes")} />
          <TagsInput
            label="Email domains"
            description="People with these addresses sign in by it."
            placeholder="company.example"
            required
            readOnly={readOnly}
            {...form.getInputProps("domains")}
          />
          {of === "instance" && (
            <TextInput
              label="Workspace to join"
              description="The slug of the workspace whose members people become at their first sign-in. Empty: none."
              readOnly={readOnly}
              {...form.getInputProps("joinWorkspace")}
            />
          )}
          <TextInput
            label="Role claim"
            description="Each sign-in reads the role from it. Empty: roles are given in Tocsin."
            placeholder="groups"
            readOnly={readOnly}
            {...form.getInputProps("roleClaim")}
          />
          {form.values.roleClaim.trim() !== "" && <RoleRules form={form} readOnly={readOnly} />}
          <Select
            label={form.values.roleClaim.trim() === "" ? "Role of new members" : "Role where no value fits"}
            data={roleChoices}
            allowDeselect={false}
            readOnly={readOnly}
            {...form.getInputProps("defaultRole")}
          />
          <Switch label="Enabled" disabled={readOnly} {...form.getInputProps("enabled", { type: "checkbox" })} />
          <Switch
            label="Single sign-on only"
            description="Closes passwords to everyone but operators. Try a sign-in first."
            disabled={readOnly}
            {...form.getInputProps("required", { type: "checkbox" })}
          />
          <Group gap="xs">
            {forbidden === null ? (
              <Button type="submit" loading={save.isPending}>
                Save
              </Button>
            ) : (
              <GatedButton forbidden={forbidden} onClick={() => {}}>
                Save
              </GatedButton>
            )}
            {provider && <ProviderActions of={of} forbidden={forbidden} />}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
