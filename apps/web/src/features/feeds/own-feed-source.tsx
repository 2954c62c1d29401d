import { Collapse, NativeSelect, PasswordInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { ownFeedAuths, ownFeedFormats } from "@tocsin/core/own-feeds/shape";
import type { OwnFeedFormApi } from "./own-feed-dialog";
import { formatLabels } from "./own-feed-form";

const authLabels: Readonly<Record<(typeof ownFeedAuths)[number], string>> = {
  none: "None",
  header: "A header",
  basic: "User and password",
  bearer: "Bearer token",
  url: "In the URL, in place of {key}",
};

/** Where the feed is, in which format, and what it is asked with. */
export function OwnFeedSource({ form, stored }: { form: OwnFeedFormApi; stored: boolean }) {
  const { authKind, format } = form.values;
  const kinds = ownFeedAuths.filter((kind) => kind !== "url" || format !== "taxii");
  return (
    <Stack gap="sm">
      <TextInput label="Name" required maxLength={100} data-autofocus {...form.getInputProps("name")} />
      <TextInput
        label="URL"
        description={urlHints[format]}
        required
        type="url"
        placeholder="https://"
        {...form.getInputProps("url")}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label="Format"
          data={ownFeedFormats.map((value) => ({ value, label: formatLabels[value] }))}
          {...form.getInputProps("format")}
        />
        <NativeSelect
          label="Credentials"
          data={kinds.map((value) => ({ value, label: authLabels[value] }))}
          {...form.getInputProps("authKind")}
        />
      </SimpleGrid>
      <Collapse expanded={authKind !== "none"}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {(authKind === "header" || authKind === "basic") && (
            <TextInput
              label={authKind === "header" ? "Header" : "User"}
              placeholder={authKind === "header" ? "X-Api-Key" : ""}
              required
              autoComplete="off"
              {...form.getInputProps("authName")}
            />
          )}
          <PasswordInput
            label={authKind === "basic" ? "Password" : "Secret"}
            placeholder={stored ? "Stored; empty keeps it" : ""}
            required={!stored}
            autoComplete="new-password"
            {...form.getInputProps("secret")}
          />
        </SimpleGrid>
        <Text size="xs" c="dimmed" mt={6}>
          It is stored encrypted and never shown again. It goes to this host alone.
        </Text>
      </Collapse>
    </Stack>
  );
}

const urlHints: Readonly<Record<(typeof ownFeedFormats)[number], string>> = {
  plain: "Addresses, networks, domains, URLs, hashes, e-mail addresses or CVE ids.",
  csv: "Packed with gzip or not.",
  json: "Packed with gzip or not.",
  ndjson: "Packed with gzip or not.",
  hosts: "Names that the file sends to 0.0.0.0 or 127.0.0.1.",
  rpz: "Names for which the zone answers nothing.",
  stix: "Its indicators with STIX patterns.",
  misp: "Of manifest.json, or the folder that holds it.",
  taxii: "Of the server (discovery), an API root, or the collection itself.",
};
