import { Collapse, NativeSelect, PasswordInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { offeredOf } from "../../lib/tables";
import { ownFeedAuths, ownFeedFormats } from "./own-feed-words";
import type { OwnFeedFormApi } from "./use-own-feed";

/** Where the feed is, in which format, and what it is asked with. */
export function OwnFeedSource({ form, stored }: { form: OwnFeedFormApi; stored: boolean }) {
  const { authKind, format } = form.values;
  const { name, secret } = ownFeedAuths[authKind];
  return (
    <Stack gap="sm">
      <TextInput label="Name" required maxLength={100} data-autofocus {...form.getInputProps("name")} />
      <TextInput
        label="URL"
        description={ownFeedFormats[format].urlHint}
        required
        type="url"
        placeholder="https://"
        {...form.getInputProps("url")}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect label="Format" data={offeredOf(ownFeedFormats)} {...form.getInputProps("format")} />
        <NativeSelect
          label="Credentials"
          data={offeredOf(ownFeedAuths).filter(({ value }) => ownFeedAuths[value].notFor !== format)}
          {...form.getInputProps("authKind")}
        />
      </SimpleGrid>
      <Collapse expanded={secret !== null}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {name && (
            <TextInput
              label={name.label}
              placeholder={name.placeholder}
              required
              autoComplete="off"
              {...form.getInputProps("authName")}
            />
          )}
          <PasswordInput
            label={secret ?? "Secret"}
            placeholder={stored ? "Stored. Leave empty to keep it." : ""}
            required={!stored}
            autoComplete="new-password"
            {...form.getInputProps("secret")}
          />
        </SimpleGrid>
        <Text size="xs" c="dimmed" mt={6}>
          The secret is stored encrypted, is never shown again, and is sent to this host only.
        </Text>
      </Collapse>
    </Stack>
  );
}
